import type { PartRecord } from '../../contract/record.ts';

/** The column `reject`: what the gate was told. */
export const gateActions = { pass: 0, reject: 1, mark: 2 } as const;

/** A record as a row of `records`. */
export interface RecordRow {
  sequence: number;
  part_id: number;
  encoder: number | null;
  verdict: PartRecord['verdict'];
  reason: string;
  label: string | null;
  confidence: number;
  scores: Uint8Array;
  frame_sequence: number | null;
  reject: number;
  gate: PartRecord['gate'];
  decided_at_ms: number;
  decided_mono_ms: number;
  verdict_ms: number | null;
  gate_ack_ms: number | null;
  challenge: PartRecord['challenge'];
}
/** The row with what it refers to: its lane and its set-up. */
export interface FullRow extends RecordRow {
  station: string;
  lane: string;
  model: string;
  model_version: string;
  model_sha8: string;
  provider: PartRecord['provider'];
  recipe: string;
  job_order: string | null;
  lot: string | null;
}

/** The columns of {@link FullRow}, for a SELECT that joins `records r`, `lanes l` and `setups s`. */
export const fullColumns = `
  l.station, l.lane, s.model, s.model_version, s.model_sha8, s.provider, s.recipe, s.job_order, s.lot,
  r.sequence, r.part_id, r.encoder, r.verdict, r.reason, r.label, r.confidence, r.scores, r.frame_sequence,
  r.reject, r.gate, r.decided_at_ms, r.decided_mono_ms, r.verdict_ms, r.gate_ack_ms, r.challenge`;

/** The columns of a record that are its own; lane and set-up are referred to. */
export const toRow = (record: PartRecord): RecordRow => ({
  sequence: record.sequence,
  part_id: record.partId,
  encoder: record.encoder,
  verdict: record.verdict,
  reason: record.reason,
  label: record.label,
  confidence: record.confidence,
  scores: new Uint8Array(Float32Array.from(record.scores).buffer),
  frame_sequence: record.frameSequence,
  reject: record.reject ? gateActions.reject : record.mark ? gateActions.mark : gateActions.pass,
  gate: record.gate,
  decided_at_ms: record.decidedAtMs,
  decided_mono_ms: record.decidedMonoMs,
  verdict_ms: record.verdictMs,
  gate_ack_ms: record.gateAckMs,
  challenge: record.challenge,
});

/** The record of a row. Scores are the model's float32, so none of them has changed on the way. */
export const fromRow = (row: FullRow): PartRecord => ({
  station: row.station,
  lane: row.lane,
  sequence: row.sequence,
  partId: row.part_id,
  encoder: row.encoder,
  verdict: row.verdict,
  reason: row.reason,
  label: row.label,
  confidence: row.confidence,
  // Copied: a Float32Array needs its bytes aligned, and SQLite's lie anywhere.
  scores: [...new Float32Array(Uint8Array.from(row.scores).buffer)],
  model: row.model,
  modelVersion: row.model_version,
  modelSha8: row.model_sha8,
  provider: row.provider,
  recipe: row.recipe,
  order: row.job_order,
  lot: row.lot,
  frameSequence: row.frame_sequence,
  reject: row.reject === gateActions.reject,
  mark: row.reject === gateActions.mark,
  gate: row.gate,
  decidedAtMs: row.decided_at_ms,
  decidedMonoMs: row.decided_mono_ms,
  verdictMs: row.verdict_ms,
  gateAckMs: row.gate_ack_ms,
  challenge: row.challenge,
});
