/**
 * Flags of Node for a process that a gate waits for, found by measurement.
 *
 * A young generation of 1 MB is collected often and shortly: encrypted OPC UA writes make much short-lived garbage, and p99 falls
 * from 13 to 0.5 ms. The old one may grow to three times of what lives in it: left to itself, V8 allows next to no growth to a
 * process that allocates so little, and after some 100 s collected 31 MB six times a second, 25 ms each, to find nothing.
 */
export const shortPauses = ['--max-semi-space-size=1', '--heap-growing-percent=200'] as const;
