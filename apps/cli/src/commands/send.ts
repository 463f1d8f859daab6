import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { renderUnicodeCompact } from 'uqr';
import type { CodeSend } from '@enxame/shared/engine/code';
import type { EngineClient } from '@enxame/shared/engine/engine-client';
import { EnxameError, fromErrorInfo } from '@enxame/shared/errors/enxame-error';
import type { CommandContext, Outcome } from '../command-context.js';
import { withEngine } from '../engine/engine-link.js';
import { follow } from '../engine/follow.js';
import { describeFailure } from '../output/failure.js';
import { createProgressBar } from '../output/progress-bar.js';

export interface SendFlags {
  readonly text?: string;
  /** Good for many, until it is stopped or expires. */
  readonly keep?: boolean;
  /** Good for so many. */
  readonly receivers?: number;
  /** Shows what each receiver can compare. */
  readonly verify?: boolean;
  /** Words of the code; 0: the compact form. */
  readonly codeLength?: number;
  readonly expires?: number;
  readonly rendezvous?: string;
}

/** Sends to whoever says the code, and waits until they have it; with `--keep`, until it is stopped or expires. */
export function runSend(context: CommandContext, paths: readonly string[], flags: SendFlags): Promise<Outcome> {
  return withEngine(context, async ({ client }) => {
    const input = paths.includes('-') ? await readInput() : undefined;
    try {
      const started = await client.call('code:send', {
        paths: paths.map((path) => (path === '-' && input ? input.path : resolve(context.workingFolder, path))),
        text: flags.text ?? null,
        keep: flags.keep ?? (flags.receivers ?? 1) > 1,
        ...(flags.receivers !== undefined && { receivers: flags.receivers }),
        ...(flags.codeLength !== undefined && { words: flags.codeLength }),
        ...(flags.expires !== undefined && { lifeMs: flags.expires }),
        ...(flags.rendezvous !== undefined && { rendezvous: flags.rendezvous }),
      });
      try {
        announce(context, started);
        return toOutcome(context, await untilTaken(context, client, started, flags.verify === true));
      } finally {
        await client.call('code:remove', { id: started.id });
      }
    } finally {
      await input?.remove();
    }
  });
}

/** The code is what somebody waits for: it is told at once, also to a program that reads the output. */
function announce(context: CommandContext, { code, link, receivers }: CodeSend): void {
  if (code === null || receivers.length > 0) return;
  if (context.json) {
    context.terminal.print(JSON.stringify({ code, link }));
    return;
  }
  context.terminal.print(context.words.codes.is(code));
  if (link === null) return;
  // Where nobody looks at a screen a picture is noise.
  if (context.terminal.progress) context.terminal.tell(renderUnicodeCompact(link, { border: 1 }));
  context.terminal.tell(link);
}

async function untilTaken(
  context: CommandContext,
  client: EngineClient,
  started: CodeSend,
  isVerifying: boolean,
): Promise<CodeSend> {
  const words = context.words.codes;
  const bar = createProgressBar(context, started.offer.name);
  const told = new Map<number, string>();

  function tellReceivers({ receivers }: CodeSend): void {
    for (const { number, state, error, way, verifier } of receivers) {
      if (told.get(number) === state) continue;
      if (!told.has(number) && isVerifying) context.terminal.tell(words.verifier(verifier));
      if (!told.has(number) && way === 'plain' && !context.json) context.terminal.tell(words.plain);
      told.set(number, state);
      const failure = error && describeFailure(error, context.language).message;
      if (started.keep && !context.json)
        context.terminal.tell(words.receiver(number, words.receiverStates[state], failure));
    }
  }

  /** The one receiver of a code for one, or the end of a code for many. */
  function decide(send: CodeSend | undefined): CodeSend | undefined {
    if (!send) throw new EnxameError('engine-stopped');
    tellReceivers(send);
    const [receiver] = send.receivers;
    if (receiver && !send.keep) {
      bar.update({ ...receiver, label: words.receiverStates[receiver.state], bytesTotal: send.offer.size });
      if (receiver.state === 'received') return send;
      if (receiver.error) throw fromErrorInfo(receiver.error);
    }
    if (send.state !== 'ended' || send.coming > 0) return undefined;
    if (send.error) throw fromErrorInfo(send.error);
    const isDone = send.receivers.every(({ state }) => state === 'received' || state === 'failed');
    if (!send.keep && !receiver) throw new EnxameError('code-ended'); // it expired
    return send.keep && isDone ? send : undefined;
  }

  try {
    return await follow<CodeSend | undefined, CodeSend>({
      client,
      read: async () => (await client.call('codes:list', {})).sends.find(({ id }) => id === started.id),
      subscribe: (listener) =>
        client.on('codes:changed', ({ sends }) => {
          listener(sends.find(({ id }) => id === started.id));
        }),
      decide,
      stop: context.stop,
    });
  } finally {
    bar.close();
  }
}

function toOutcome({ words }: CommandContext, { code, offer, receivers }: CodeSend): Outcome {
  const received = receivers.filter(({ state }) => state === 'received').length;
  return {
    document: { code, name: offer.name, size: offer.size, received, receivers },
    text: () => words.codes.sent(received),
  };
}

/** Standard input is read to its end first: the other side is told a size. */
async function readInput(): Promise<{ path: string; remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'enxame-input-'));
  const path = join(folder, 'stdin');
  await writeFile(path, process.stdin, { mode: 0o600 });
  return { path, remove: () => rm(folder, { recursive: true, force: true }) };
}
