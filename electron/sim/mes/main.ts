import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { OPCUAServer } from 'node-opcua';
import { wallMs } from '../../base/clock.ts';
import { forPerson, PersonError } from '../../base/errors.ts';
import type { OpcuaServerOptions } from '../../base/opcuaServer.ts';
import type { JobNews } from '../../contract/job.ts';
import { numberOf, obey, onOff } from '../control.ts';
import { type Issuer, nextCommands } from './issuer.ts';
import { emptyCounts, emptyLedger, isFatal, takeIn } from './ledger.ts';
import { type AnswerForm, answerForms, startMesServer } from './server.ts';

/** PROCESS simulated MES: takes reports by method call. Its options are in the README beside it. */
const optionsOf = (args: string[]): OpcuaServerOptions & { orders: number } => {
  const { values } = parseArgs({
    args,
    options: {
      port: { type: 'string', default: '4851' },
      pki: { type: 'string' },
      user: { type: 'string', default: 'linegate' },
      'password-file': { type: 'string' },
      orders: { type: 'string', default: '0' },
    },
  });
  if (values.pki === undefined || values['password-file'] === undefined)
    throw new PersonError('The simulated MES needs --pki and --password-file.', 'The README beside its main.ts explains them.');
  const password = readFileSync(values['password-file'], 'utf8').trim();
  const orders = numberOf(values.orders);
  return { orders, name: 'Simulated MES', port: Number(values.port), pki: values.pki, userName: values.user, password };
};

const formOf = (value: string): AnswerForm => {
  const form = answerForms.find((each) => each === value);
  if (form === undefined) throw new Error(`one of ${answerForms.join(', ')}, not "${value}"`);
  return form;
};

const main = async (): Promise<void> => {
  const options = optionsOf(process.argv.slice(2));
  const ledger = emptyLedger();
  const issuer: Issuer = { quantity: options.orders, number: wallMs(), pending: [] };
  let answerDelayMs = 0;
  let answerForm: AnswerForm = 'good';
  const open = (): Promise<OPCUAServer> =>
    startMesServer(options, {
      async onReports(reports) {
        if (isFatal(ledger, reports)) return null;
        const answer = takeIn(ledger, reports);
        if (answerDelayMs > 0) await sleep(answerDelayMs);
        return answer;
      },
      answerForm: () => answerForm,
      async onJobs(text) {
        const news = JSON.parse(text) as JobNews;
        for (const response of news.responses) ledger.counts.responses[response.order] = response;
        return nextCommands(issuer, news).map((command) => JSON.stringify(command));
      },
    });
  let server: OPCUAServer | null = await open();
  // One after the other, however quickly the knob is turned.
  let turning = Promise.resolve();
  const away = (isAway: boolean): void => {
    turning = turning.then(async () => {
      if (isAway) await server?.shutdown(0);
      server = isAway ? null : (server ?? (await open()));
    });
  };
  obey({
    knobs: {
      away: { help: 'on|off   whether the server is gone', turn: (value) => away(onOff(value)) },
      'answer-delay': {
        help: 'MS   how long an answer is held back',
        turn: (value) => {
          answerDelayMs = numberOf(value);
        },
      },
      'answer-form': {
        help: `${answerForms.join('|')}   how acknowledged ids are answered`,
        turn: (value) => {
          answerForm = formOf(value);
        },
      },
      'refuse-all': {
        help: 'on|off   whether every report is refused',
        turn: (value) => {
          ledger.isRefusingAll = onOff(value);
        },
      },
      fail: {
        help: 'STATION/LANE/SEQUENCE   a report that ends every call with a Bad status',
        turn: (id) => void ledger.fatal.add(id),
      },
      orders: {
        help: 'PARTS   good parts a job order, 0 for no more orders',
        turn: (value) => {
          issuer.quantity = numberOf(value);
        },
      },
      accept: {
        help: 'STATION/LANE/SEQUENCE   a report that was refused is taken from now on',
        turn: (id) => {
          ledger.poison.delete(id);
          ledger.fatal.delete(id);
        },
      },
      refuse: { help: 'STATION/LANE/SEQUENCE   a report that is refused for ever', turn: (id) => void ledger.poison.add(id) },
    },
    figures: () => ledger.counts,
    reset: () => {
      ledger.counts = emptyCounts();
    },
    stop: async () => {
      away(true);
      await turning;
    },
  });
};

main().catch((error: unknown) => {
  process.stderr.write(`${forPerson(error)}\n`);
  process.exit(1);
});
