import type { EngineClient } from '@enxame/shared/engine/engine-client';
import type { VerifyStatus } from '@enxame/shared/engine/verify';
import { isErrorWithCode } from '@enxame/shared/errors/enxame-error';
import type { CommandContext, Outcome } from '../command-context.js';
import { withEngine } from '../engine/engine-link.js';
import { follow } from '../engine/follow.js';
import { describeFailure } from '../output/failure.js';
import { formatBytes } from '../output/format.js';
import { toPrintable } from '../output/printable.js';
import { createProgressBar } from '../output/progress-bar.js';
import { ledgerWords } from '../words/ledger-words.js';

/** Hashes all again that the engine has, and waits for the end. Fails when something is not what it was. */
export function runVerify(context: CommandContext): Promise<Outcome> {
  return withEngine(context, async ({ client }) => {
    try {
      const status = await untilChecked(context, client);
      return { document: { ...status }, text: () => describe(context, status), failed: status.brokenCount > 0 };
    } catch (error) {
      if (isErrorWithCode(error, 'cancelled')) await client.call('verify:stop', {});
      throw error;
    }
  });
}

async function untilChecked(context: CommandContext, client: EngineClient): Promise<VerifyStatus> {
  const words = ledgerWords[context.language];
  const bar = createProgressBar(context, words.verifying);
  const { startedAt } = await client.call('verify:start', {});
  try {
    return await follow<VerifyStatus, VerifyStatus>({
      client,
      read: () => client.call('verify:get', {}),
      subscribe: (listener) => client.on('verify:changed', listener),
      decide: (status) => {
        const { running, bytesDone, bytesTotal, filesDone, filesTotal } = status;
        bar.update({ label: `${String(filesDone)}/${String(filesTotal)}`, bytesDone, bytesTotal });
        // Not the end of one before, told late.
        return !running && status.startedAt === startedAt ? status : undefined;
      },
      stop: context.stop,
    });
  } finally {
    bar.close();
  }
}

function describe({ language }: CommandContext, status: VerifyStatus): string {
  const words = ledgerWords[language];
  const broken = status.broken.map(
    ({ path, error }) => `${toPrintable(path)}\n  ${describeFailure(error, language).message}`,
  );
  return [
    words.verified(status.filesDone, formatBytes(status.bytesDone, language)),
    ...broken,
    words.broken(status.brokenCount),
  ].join('\n');
}
