import { setTimeout as sleep } from 'node:timers/promises';
import { AttributeIds, type ClientSession } from 'node-opcua-client';
import { readNamespaces } from '../../base/opcuaNode.ts';
import type { PlcConfig } from '../../config/station.ts';
import { heartbeatTimeoutMs } from '../../contract/gate.ts';
import { examineTags } from './examine.ts';
import { judgePace } from './pace.ts';
import { keepPlcSession } from './session.ts';
import { type Manners, subscribe } from './subscription.ts';
import { type TagMap, tagMapOf } from './tags.ts';

/** One thing that was looked at; `fault` is `null` when it is well. */
export interface Finding {
  what: string;
  fault: string | null;
  found: string;
}

/** Long enough for three heartbeats of a slow program. */
const watchMs = 3 * heartbeatTimeoutMs;
const patienceMs = 10_000;
/** What an integrator looks at when nobody is there. */
const silentToDo =
  'Is it on and in RUN, is its OPC UA server started, are address and port those of the station file, is no firewall between?';

/**
 * Connects to a PLC as the line does and tells of every tag whether it is what the station file says. Nothing is written.
 * `pki` is the station's PKI folder. Never rejects: what goes wrong is a finding.
 */
export const checkPlc = async (config: PlcConfig, pki: string): Promise<Finding[]> => {
  const findings: Finding[] = [];
  const enough = new AbortController();
  const patience = setTimeout(() => enough.abort(), patienceMs);
  await keepPlcSession(
    config,
    pki,
    {
      async use(session) {
        findings.push({
          what: 'session',
          fault: null,
          found: `${config.endpoint}, ${config.securityPolicy}, signed and encrypted`,
        });
        const namespaces = await readNamespaces(session);
        const map = tagMapOf(config, namespaces);
        for (const { tag, where, found, fault } of await examineTags(session, map, namespaces))
          findings.push({ what: `${tag} (${where})`, fault, found });
        findings.push(await watchHeartbeat(session, map));
        if (findings.every(({ fault }) => fault === null)) findings.push(await listen(session, map, config));
        enough.abort();
      },
      onAway(message, refused) {
        findings.push({ what: 'session', fault: refused ? message : `${message} ${silentToDo}`, found: '' });
        enough.abort();
      },
    },
    enough.signal,
  );
  clearTimeout(patience);
  if (findings.length > 0) return findings;
  return [{ what: 'session', fault: `The PLC at ${config.endpoint} does not answer within ${patienceMs / 1000} s.`, found: '' }];
};

/** Subscribes as the line does, and listens to nothing. */
const listen = async (session: ClientSession, map: TagMap, manners: Manners): Promise<Finding> => {
  const ignore = (): void => undefined;
  const deaf = { onStanding: ignore, onTrigger: ignore, onChange: ignore, onEcho: ignore };
  const pace = await subscribe(session, map, manners, deaf);
  const found = `sampled every ${pace.samplingMs} ms, told every ${pace.publishingMs} ms`;
  return { what: 'subscription', fault: judgePace(pace), found };
};

const watchHeartbeat = async (session: ClientSession, map: TagMap): Promise<Finding> => {
  const place = map.get('Heartbeat');
  const read = async (): Promise<string> => {
    if (place === undefined) return '';
    const { value } = await session.read({ nodeId: place.nodeId, attributeId: AttributeIds.Value });
    return String(value.value);
  };
  const before = await read();
  await sleep(watchMs);
  const after = await read();
  const found = `from ${before} to ${after} in ${watchMs} ms`;
  if (before !== after) return { what: 'heartbeat of the PLC', fault: null, found };
  const fault = `It stands at ${before}: the program does not run, or counts in another variable. Without it nothing is written.`;
  return { what: 'heartbeat of the PLC', fault, found };
};
