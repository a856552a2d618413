/**
 * Flags of Node for a process that a gate waits for, found by measurement.
 *
 * A young generation of 1 MB is collected often and shortly: encrypted OPC UA writes make much short-lived garbage, and p99 falls
 * from 13 to 0.5 ms. Without the memory reducer the old one is left alone: after some 100 s it had shrunk the limit of the heap so
 * much that the whole of it was collected six times a second, 30 ms each, and found nothing.
 */
export const shortPauses = ['--max-semi-space-size=1', '--no-memory-reducer'] as const;
