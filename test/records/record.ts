import type { PartRecord } from '../../electron/contract/record.ts';

/** A record as `line` makes it, for tests; scores are float32 as a model gives them. */
export const aRecord = (changes: Partial<PartRecord> = {}): PartRecord => ({
  station: 'test',
  lane: 'lane-1',
  sequence: 1,
  partId: 1000 + (changes.sequence ?? 1),
  encoder: 4242,
  verdict: 'ok',
  reason: 'good',
  label: 'good',
  confidence: 0.9375,
  scores: [0.9375, 0.0625],
  model: 'parts',
  modelVersion: '1.0.0',
  modelSha8: '01234567',
  provider: 'cpu',
  recipe: 'resistor-0603',
  frameSequence: 77,
  reject: false,
  mark: false,
  gate: 'acknowledged',
  decidedAtMs: 1_790_000_000_000 + (changes.sequence ?? 1) * 16,
  decidedMonoMs: 5000.25,
  verdictMs: 2.5,
  gateAckMs: 0.25,
  ...changes,
});
