/** Percentiles of one measured run, milliseconds. */
export interface Histogram {
  count: number;
  p50: number;
  p99: number;
  p999: number;
  max: number;
}
