import { fileURLToPath } from 'node:url';
import { parseSync } from 'oxc-parser';
import { build } from 'vite';
import { beforeAll, describe, expect, it } from 'vitest';

type Node = { type: string } & Record<string, unknown>;

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'type' in value;

/** Every node of the tree below `node`, itself among them. */
const nodesIn = function* (node: unknown): Generator<Node> {
  if (Array.isArray(node)) for (const each of node) yield* nodesIn(each);
  if (!isNode(node)) return;
  yield node;
  for (const child of Object.values(node)) yield* nodesIn(child);
};

let code = '';
let nodes: Node[] = [];

const textOf = (node: unknown): string => (isNode(node) ? code.slice(Number(node['start']), Number(node['end'])) : '');
const entriesOf = (object: Node): Record<string, string> =>
  Object.fromEntries(
    (object['properties'] as Node[]).map((property) =>
      property.type === 'SpreadElement' ? ['...', textOf(property)] : [textOf(property['key']), textOf(property['value'])],
    ),
  );

beforeAll(async () => {
  const configFile = fileURLToPath(new URL('vite.shell.config.ts', import.meta.url));
  const built = await build({ configFile, logLevel: 'error', build: { write: false } });
  const chunks = 'output' in built ? built.output : [];
  code = chunks.map((chunk) => (chunk.type === 'chunk' ? chunk.code : '')).join('');
  nodes = [...nodesIn(parseSync('main.cjs', code).program)];
});

/** What the built shell may do, read from what is shipped and not from what was meant (faults #72). */
describe('the built shell', () => {
  it('has one place that makes windows', () => {
    const windows = nodes.filter(
      (node) =>
        node.type === 'NewExpression' && /BrowserWindow$|BrowserView$|WebContentsView$|BaseWindow$/.test(textOf(node['callee'])),
    );
    expect(windows.map((node) => textOf(node['callee']))).toEqual(['electron.BrowserWindow']);
    const [argument] = windows[0]!['arguments'] as Node[];
    expect(entriesOf(argument!)['webPreferences']).toBe('webPreferences(isProduction)');
    expect(textOf(argument!)).not.toMatch(/\.\.\./);
  });

  it('gives its pages exactly these preferences', () => {
    const made = nodes.filter((node) => node.type === 'VariableDeclarator' && textOf(node['id']) === 'webPreferences');
    expect(made).toHaveLength(1);
    const [returned] = [...nodesIn(made[0])].filter((node) => node.type === 'ObjectExpression');
    expect(entriesOf(returned!)).toEqual({
      nodeIntegration: 'false',
      nodeIntegrationInWorker: 'false',
      nodeIntegrationInSubFrames: 'false',
      contextIsolation: 'true',
      sandbox: 'true',
      webSecurity: 'true',
      allowRunningInsecureContent: 'false',
      experimentalFeatures: 'false',
      webviewTag: 'false',
      navigateOnDragDrop: 'false',
      devTools: '!isProduction',
      plugins: 'false',
      spellcheck: 'false',
      disableDialogs: 'true',
      zoomFactor: '1',
    });
  });

  it('takes nothing else from Electron', () => {
    const used = new Set(
      nodes
        .filter((node) => node.type === 'MemberExpression' && textOf(node['object']) === 'electron')
        .map((node) => textOf(node['property'])),
    );
    expect([...used].sort()).toEqual(['BrowserWindow', 'app', 'dialog', 'session']);
  });

  it('has every guard on', () => {
    const events = nodes
      .filter((node) => node.type === 'CallExpression' && textOf(node['callee']).endsWith('.on'))
      .map((node) => textOf((node['arguments'] as Node[])[0]).replaceAll('"', ''));
    const guards = [
      'web-contents-created',
      'will-navigate',
      'will-frame-navigate',
      'will-redirect',
      'will-attach-webview',
      'before-input-event',
      'will-download',
    ];
    expect(events).toEqual(expect.arrayContaining(guards));
    const calls = nodes.filter((node) => node.type === 'MemberExpression').map((node) => textOf(node['property']));
    const made = [
      ...['enableSandbox', 'setWindowOpenHandler', 'onBeforeRequest'],
      ...['setPermissionRequestHandler', 'setPermissionCheckHandler', 'setDevicePermissionHandler'],
    ];
    expect(made.map((guard) => [guard, calls.filter((call) => call === guard).length])).toEqual(made.map((guard) => [guard, 1]));
  });

  it('never runs code in a page, opens the system browser or lowers a guard', () => {
    expect(code).not.toMatch(
      /executeJavaScript|openExternal|openDevTools|appendSwitch|loadFile|insertCSS|preload:|setCertificateVerifyProc|certificate-error/,
    );
  });
});
