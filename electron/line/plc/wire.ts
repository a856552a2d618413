import type { WireType } from '../../contract/gate.ts';

/** How a value lies on the PLC: its value times `scale`, plus `offset`, is ours. */
export interface Wire {
  type: WireType;
  scale: number;
  offset: number;
}

/** A value of a tag, ours or the PLC's. */
export type TagValue = number | boolean | string;

/** Bits of the whole numbers, negative where one of them is the sign. */
const bits: Partial<Record<WireType, number>> = { SByte: -8, Byte: 8, Int16: -16, UInt16: 16, Int32: -32, UInt32: 32 };

/** The whole number of this type that has the same bits: counters and encoders wrap there as they do on a PLC. */
const wrap = (value: number, size: number): number => {
  const range = 2 ** Math.abs(size);
  const positive = ((Math.round(value) % range) + range) % range;
  return size < 0 && positive >= range / 2 ? positive - range : positive;
};

/** Any value as one of `type`. */
const as = (type: WireType, value: number | string): TagValue => {
  if (type === 'String') return String(value);
  const number = Number(value);
  if (type === 'Boolean') return number !== 0;
  const size = bits[type];
  return size === undefined ? number : wrap(number, size);
};

const isPlain = (from: WireType, to: WireType, { scale, offset }: Wire): boolean => from === to && scale === 1 && offset === 0;

/** What the PLC holds, as a value of the contract's type. */
export const fromWire = (wire: Wire, type: WireType, value: TagValue): TagValue => {
  if (isPlain(wire.type, type, wire)) return value;
  if (wire.type === 'String') return as(type, String(value));
  return as(type, Number(value) * wire.scale + wire.offset);
};

/** Our value, of the contract's type, as the PLC holds it. */
export const toWire = (wire: Wire, type: WireType, value: TagValue): TagValue => {
  if (isPlain(type, wire.type, wire)) return value;
  if (type === 'String') return as(wire.type, String(value));
  return as(wire.type, (Number(value) - wire.offset) / wire.scale);
};

/** What is left of our value when it has lain on the PLC: a sequence number wraps at the type that carries it. */
export const carried = (wire: Wire, type: WireType, value: TagValue): TagValue => fromWire(wire, type, toWire(wire, type, value));
