import type { Alarm, AlarmSays, Priority } from '../../contract/alarms.ts';

/** An alarm before it is known since when it stands. */
export type Raised = AlarmSays & Pick<Alarm, 'id' | 'priority' | 'detail' | 'resets' | 'startsAgain'>;

/** Raises an alarm; `detail` is what the device or disk has said, `of` tells it from others that are of no lane. */
export const raise = (priority: Priority, says: AlarmSays, detail = '', of = ''): Raised => {
  const { lane = of } = says.facts as { lane?: string };
  return { ...says, priority, detail, id: lane === '' ? says.code : `${says.code}:${lane}` };
};
