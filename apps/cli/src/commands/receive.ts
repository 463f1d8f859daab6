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

export interface ReceiveFlags {
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
    const code = typed ?? (await ask(context, words.ask));
    const offered = await client.call('code:receive', {
      code,
      ...(flags.rendezvous !== undefined && { rendezvous: flags.rendezvous }),
    });
    try {
      if (offered.error) throw fromErrorInfo(offered.error);
      if (offered.text !== null) return toTextOutcome(offered.text);
      if (flags.verify === true && offered.verifier !== null) terminal.tell(words.verifier(offered.verifier));
      if (flags.yes !== true && !(await isWanted(context, offered))) {
        await client.call('code:refuse', { id: offered.id });
        throw new EnxameError('cancelled');
      }
      const folder = flags.to === undefined ? {} : { folder: resolve(context.workingFolder, flags.to) };
      await client.call('code:accept', { id: offered.id, ...folder });
      return toOutcome(context, await untilHere(context, client, offered));
    } finally {
      await client.call('code:remove', { id: offered.id });
    }
  });
}

function ask({ terminal }: CommandContext, question: string): Promise<string> {
  // A program that reads the output cannot answer: it says --yes, and gives the code, beforehand.
  if (!terminal.ask) throw new EnxameError('flag-invalid', { flag: '--yes' });
  return terminal.ask(question);
}

async function isWanted(context: CommandContext, { offer, freeBytes }: CodeReceive): Promise<boolean> {
  const { language } = context;
  const words = context.words.codes;
  if (!offer) return false;
  const free = freeBytes === null ? null : formatBytes(freeBytes, language);
  const name = toPrintable(offer.name);
  const answer = await ask(context, words.askAccept(name, formatBytes(offer.size, language), offer.files, free));
  return words.isYes(answer);
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
        if (receive.error) throw fromErrorInfo(receive.error);
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
