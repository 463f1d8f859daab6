import type { EngineStatus } from '@enxame/shared/engine/status';
import type { CommandContext, Outcome } from '../command-context.js';
import { withEngine } from '../engine/engine-link.js';
import { untilSettled } from '../engine/tracker-ready.js';
import { describeFailure } from '../output/failure.js';
import { toPrintable } from '../output/printable.js';

export function runStatus(context: CommandContext): Promise<Outcome> {
  return withEngine(context, async ({ client, temporary }) => {
    // An engine that just started has not had the time to connect: its first word would always be "not connected".
    const status = temporary ? await untilSettled(client, context.stop) : await client.call('status:get', {});
    const { user, tracker, settings, device, addresses, rates, version } = status;
    const document = {
      user,
      tracker,
      downloads: settings.downloadsFolder,
      running: !temporary,
      device,
      addresses,
      rates,
      version,
    };
    return { document, text: () => describe(context, status, !temporary) };
  });
}

function describe(
  { words, language }: CommandContext,
  { user, tracker, device, settings }: EngineStatus,
  running: boolean,
): string {
  const connection = tracker?.connected ? words.connected : words.notConnected;
  const failure = tracker && !tracker.connected ? tracker.error : null;
  const lines: readonly (readonly [string, string])[] = [
    [words.status.user, user ? user.name : words.nobody],
    [
      words.status.tracker,
      tracker ? `${tracker.name}  ${tracker.url}  ${tracker.words}  (${connection})` : words.noTracker,
    ],
    ...(failure ? [['', describeFailure(failure, language).message] as const] : []),
    [words.status.device, `${device.name}  ${device.id}`],
    [words.status.downloads, settings.downloadsFolder],
    [words.status.engine, running ? words.running : words.notRunning],
  ];
  const width = Math.max(...lines.map(([label]) => label.length));
  return lines.map(([label, text]) => `${label.padEnd(width)}  ${toPrintable(text)}`).join('\n');
}
