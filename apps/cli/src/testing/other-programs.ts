import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf, enxameLine, type CodeBench, type Run } from './code-bench.js';

const wormhole = '/usr/bin/wormhole';
const william = '/usr/bin/wormhole-william';
/** The one relay that it knows is its author's, whose name its processes are given another address for. */
const relayName = 'transit.magic-wormhole.io';
export const relayPort = 4001;

export type OtherName = 'wormhole' | 'wormhole-william';

/** Why codes cannot be tried with a program here; undefined when they can. */
export function whyNot(name: OtherName): string | undefined {
  if (!existsSync(name === 'wormhole' ? wormhole : william)) return `${name} is not installed`;
  const canMount = process.getuid?.() === 0 && existsSync('/usr/bin/unshare');
  return canMount ? undefined : 'other programs get an /etc/hosts of their own, which takes root and unshare';
}

/** What goes, and how it is looked at when it has come. */
export const kinds = ['file', 'folder', 'text'] as const;
export type Kind = (typeof kinds)[number];

/** Where programs meet, and what goes before their command lines. */
export interface Meeting {
  readonly bench: CodeBench;
  /** ws:, with its path. */
  readonly mailboxUrl: string;
  /** `tcp:host:port`; empty: the one that the other side tells. */
  readonly helper: string;
  /** Where the one name leads that wormhole-william knows. */
  readonly relayHost: string;
  /** How Enxame is told of the place. */
  readonly enxameFlags: readonly string[];
  readonly inEnxame: readonly string[];
  readonly inOther: readonly string[];
}

let exchanges = 0;

interface Thing {
  readonly name: string;
  readonly path: string;
  readonly text: string;
}

/** One thing from Enxame to the other program, or back. Throws, with what both said, unless it came whole. */
export async function exchange(meeting: Meeting, way: 'to' | 'from', other: OtherName, kind: Kind): Promise<Exchanged> {
  const { bench } = meeting;
  const name = `${kind}-${String(exchanges++)}`;
  const cwd = await bench.newFolder(`got-${name}`);
  const thing = await makeThing(bench, kind, name);
  const hosts = join(cwd, '..', `hosts-${name}`);
  await writeFile(hosts, `127.0.0.1 localhost\n${meeting.relayHost} ${relayName}\n`);
  const start = (before: readonly string[], line: readonly string[], home?: string): Run => {
    const script = 'mount --bind "$1" /etc/hosts && shift && exec "$@"';
    const [command = '', ...args] = [...before, 'unshare', '--mount', 'sh', '-c', script, 'sh', hosts, ...line];
    return bench.run(command, args, { cwd, input: 'y\n', ...(home !== undefined && { home }) });
  };
  const enxame = (...args: string[]): Run =>
    start(meeting.inEnxame, enxameLine(...args), join(bench.folder, `home-${name}`));
  const program = (...args: string[]): Run => start(meeting.inOther, args);

  const [sender, receiver] = await (async () => {
    if (way === 'to') {
      const from = enxame('send', ...meeting.enxameFlags, ...(kind === 'text' ? ['--text', thing.text] : [thing.path]));
      return [from, program(...receiveLine(meeting, other, await codeOf(from)))] as const;
    }
    const from = program(...sendLine(meeting, other, kind, thing));
    const code = await codeOf(from);
    return [from, enxame('--json', 'receive', ...meeting.enxameFlags, code, '--yes', '--to', cwd)] as const;
  })();
  const [sent, received] = [await sender.end, await receiver.end];
  if (sent.code !== 0 || received.code !== 0) throw new Error(`${sent.output}\n--\n${received.output}`);
  await checkThing(kind, thing, cwd, received.output);
  if (kind !== 'text')
    checkHistory(thing, way === 'from' ? cwd : undefined, (await enxame('--json', 'history').end).output);
  return { senderSaid: sent.output, receiverSaid: received.output };
}

export interface Exchanged {
  readonly senderSaid: string;
  readonly receiverSaid: string;
}

function sendLine({ mailboxUrl, helper }: Meeting, other: OtherName, kind: Kind, { path, text }: Thing): string[] {
  const what = kind === 'text' ? ['--text', text] : [path];
  if (other === 'wormhole') return [wormhole, '--relay-url', mailboxUrl, '--transit-helper', helper, 'send', ...what];
  return [william, 'send', '--relay-url', mailboxUrl, ...(kind === 'text' ? [] : ['--hide-progress']), ...what];
}

function receiveLine({ mailboxUrl, helper }: Meeting, other: OtherName, code: string): string[] {
  if (other === 'wormhole')
    return [wormhole, '--relay-url', mailboxUrl, '--transit-helper', helper, 'receive', '--accept-file', code];
  return [william, 'receive', '--relay-url', mailboxUrl, '--hide-progress', code];
}

async function makeThing(bench: CodeBench, kind: Kind, name: string): Promise<Thing> {
  const text = `olá, ${name}`;
  if (kind === 'text') return { name, path: '', text };
  const { path } = kind === 'file' ? await bench.makeFile(name) : { path: await bench.makeFolder(name) };
  return { name, path, text };
}

/** What came `into` a folder from a program without pieces is remembered, and not as verified; what went to one, as sent. */
function checkHistory({ name }: Thing, into: string | undefined, output: string): void {
  const { records } = JSON.parse(output.trim().split('\n').at(-1) ?? '') as { records: Record<string, unknown>[] };
  const [first] = records;
  const isRight =
    records.length === 1 &&
    first?.['result'] === (into === undefined ? 'sent' : 'arrived') &&
    first['path'] === (into === undefined ? null : join(into, name)) &&
    first['name'] === name &&
    first['contentId'] === null &&
    typeof first['sha256'] === 'string';
  if (!isRight) throw new Error(`${name} is not in the history: ${output}`);
}

async function checkThing(kind: Kind, { name, path, text }: Thing, into: string, output: string): Promise<void> {
  await mkdir(into, { recursive: true });
  const isSame = async (...parts: string[]): Promise<boolean> =>
    (await readFile(join(path, ...parts))).equals(await readFile(join(into, name, ...parts)));
  const isWhole =
    kind === 'text'
      ? output.includes(text)
      : kind === 'file'
        ? await isSame()
        : (await isSame('top.bin')) && (await isSame('sub', 'relação.txt'));
  if (!isWhole) throw new Error(`${name} did not come whole: ${output}`);
}
