import { resolve } from 'node:path';
import type { CodeReceive } from '@enxame/shared/engine/code';
import type { EngineClient } from '@enxame/shared/engine/engine-client';
import { EnxameError, fromErrorInfo } from '@enxame/shared/errors/enxame-error';
import type { CommandContext, Outcome } from '../command-context.js';
import { withEngine } from '../engine/engine-link.js';
import { follow } from '../engine/follow.js';
import { formatBytes } from '../output/format.js';
import { toPrintable } from '../output/printable.js';
import { createProgressBar } from '../output/progress-bar.js';
import { toFileFilter } from './file-filter.js';

/** Lines of a folder that a person is shown. */
const maxShown = 200;
/** Files that one acceptance names one by one; whoever wants more names their folder. */
const maxNamed = 1000;

export interface ReceiveFlags {
  /** Patterns of files of a folder, `*` and `**` in them; folders stand for all that is below. */
  readonly only?: readonly string[];
  /** Another folder than the managed one. */
  readonly to?: string;
  /** Accepts whatever comes. */
  readonly yes?: boolean;
  /** Shows what both sides can compare, before anything is accepted. */
  readonly verify?: boolean;
  readonly rendezvous?: string;
}

/** Receives what waits under a code: shows what it is, asks, and waits until it is here. */
export function runReceive(context: CommandContext, typed: string | undefined, flags: ReceiveFlags): Promise<Outcome> {
  const words = context.words.codes;
  const { terminal } = context;
  return withEngine(context, async ({ client }) => {
    const code = typed ?? (await askCode(context, client));
    const offered = await client.call('code:receive', {
      code,
      ...(flags.rendezvous !== undefined && { rendezvous: flags.rendezvous }),
    });
    try {
      if (offered.error) throw fromErrorInfo(offered.error);
      if (offered.text !== null) return toTextOutcome(offered.text);
      if (flags.verify === true && offered.verifier !== null) terminal.tell(words.verifier(offered.verifier));
      // It was accepted before, and interrupted.
      if (offered.state === 'moving') terminal.tell(words.goesOn);
      else await accept(context, client, offered, flags);
      return toOutcome(context, await untilHere(context, client, offered));
    } finally {
      await client.call('code:remove', { id: offered.id });
    }
  });
}

async function accept(
  context: CommandContext,
  client: EngineClient,
  offered: CodeReceive,
  flags: ReceiveFlags,
): Promise<void> {
  if (offered.way === 'plain') context.terminal.tell(context.words.codes.plain);
  let only = flags.only && (await matching(client, offered, flags.only));
  if (flags.yes !== true) {
    const answer = await askWanted(context, offered);
    if (answer === 'choose') only = await matching(client, offered, await askPatterns(context, client, offered));
    else if (answer === 'no') {
      await client.call('code:refuse', { id: offered.id });
      throw new EnxameError('cancelled');
    }
  }
  const folder = flags.to === undefined ? {} : { folder: resolve(context.workingFolder, flags.to) };
  await client.call('code:accept', { id: offered.id, ...folder, ...(only && { only }) });
}

/** The words are completed with the tabulator. */
async function askCode(context: CommandContext, client: EngineClient): Promise<string> {
  return ask(context, context.words.codes.ask, async (typed) => (await client.call('code:complete', { typed })).codes);
}

function ask(
  { terminal }: CommandContext,
  question: string,
  complete?: (typed: string) => Promise<string[]>,
): Promise<string> {
  // A program that reads the output cannot answer: it says --yes, and gives the code, beforehand.
  if (!terminal.ask) throw new EnxameError('flag-invalid', { flag: '--yes' });
  return terminal.ask(question, complete);
}

async function askWanted(
  context: CommandContext,
  { offer, freeBytes, personName, way }: CodeReceive,
): Promise<'yes' | 'no' | 'choose'> {
  const { language, terminal } = context;
  const words = context.words.codes;
  if (!offer) return 'no';
  if (personName !== null) terminal.tell(words.from(toPrintable(personName)));
  const free = freeBytes === null ? null : formatBytes(freeBytes, language);
  const name = toPrintable(offer.name);
  const canChoose = offer.kind === 'folder' && way === 'swarm';
  const size = formatBytes(offer.size, language);
  const answer = await ask(context, words.askAccept(name, size, offer.files, free, canChoose));
  if (canChoose && words.isChoose(answer)) return 'choose';
  return words.isYes(answer) ? 'yes' : 'no';
}

/** Shows what there is, and asks for patterns. */
async function askPatterns(context: CommandContext, client: EngineClient, { id }: CodeReceive): Promise<string[]> {
  const { total, files } = await client.call('code:contents', { id, limit: maxShown });
  for (const { path, size } of files)
    context.terminal.tell(`${formatBytes(size, context.language).padStart(10)}  ${toPrintable(path)}`);
  if (total > files.length) context.terminal.tell(context.words.codes.more(total - files.length));
  const typed = await ask(context, context.words.codes.askPatterns);
  const patterns = typed.split(',').map((pattern) => pattern.trim()).filter((pattern) => pattern !== ''); // prettier-ignore
  if (patterns.length === 0) throw new EnxameError('cancelled');
  return patterns;
}

/** The files that the patterns name. A program of another kind lists nothing before: there, paths are taken as they are. */
async function matching(
  client: EngineClient,
  { id, way }: CodeReceive,
  patterns: readonly string[],
): Promise<string[]> {
  if (way !== 'swarm') return [...patterns];
  const isNamed = toFileFilter(patterns);
  const named: string[] = [];
  for (let offset = 0; ;) {
    const { total, files } = await client.call('code:contents', { id, offset });
    named.push(...files.map(({ path }) => path).filter(isNamed));
    offset += files.length;
    if (offset >= total || files.length === 0) break;
  }
  if (named.length === 0) throw new EnxameError('path-not-found', { path: patterns.join(', ') });
  if (named.length > maxNamed) throw new EnxameError('too-large');
  return named;
}

async function untilHere(context: CommandContext, client: EngineClient, offered: CodeReceive): Promise<CodeReceive> {
  const bar = createProgressBar(context, offered.offer?.name ?? '');
  try {
    return await follow<CodeReceive | undefined, CodeReceive>({
      client,
      read: async () => (await client.call('codes:list', {})).receives.find(({ id }) => id === offered.id),
      subscribe: (listener) =>
        client.on('codes:changed', ({ receives }) => {
          listener(receives.find(({ id }) => id === offered.id));
        }),
      decide: (receive) => {
        if (!receive) throw new EnxameError('engine-stopped');
        // A sender that is away is waited for; what ends it is told apart.
        if (receive.error && receive.state === 'failed') throw fromErrorInfo(receive.error);
        const { bytesDone, bytesPerSecond, offer } = receive;
        bar.update({ label: context.words.states.moving, bytesDone, bytesPerSecond, bytesTotal: offer?.size ?? 0 });
        return receive.state === 'received' ? receive : undefined;
      },
      stop: context.stop,
    });
  } finally {
    bar.close();
  }
}

/** Lines stay lines; everything else that moves a cursor does not. */
const toTextOutcome = (text: string): Outcome => ({
  document: { text },
  text: () => text.split('\n').map(toPrintable).join('\n'),
});

function toOutcome({ words, language }: CommandContext, { savedAs, offer, sha256, path }: CodeReceive): Outcome {
  return {
    document: { path: savedAs, size: offer?.size, sha256, via: path },
    text: () => words.received(toPrintable(savedAs ?? ''), formatBytes(offer?.size ?? 0, language), sha256 ?? ''),
  };
}
