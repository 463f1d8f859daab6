import type { EngineClient } from '@enxame/shared/engine/engine-client';
import type { DoctorReport, SpeedProbe } from '@enxame/shared/engine/doctor';
import { toDoctorText } from '@enxame/shared/engine/doctor-text';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { toNameKey } from '@enxame/shared/identity/user-name';
import type { CommandContext, Outcome } from '../command-context.js';
import { withEngine } from '../engine/engine-link.js';
import { follow } from '../engine/follow.js';
import { untilConnected } from '../engine/tracker-ready.js';
import { formatRate } from '../output/format.js';
import { toPrintable } from '../output/printable.js';
import { toTable } from '../output/table.js';
import { untilListed } from './people.js';

export interface DoctorFlags {
  readonly measure?: string;
}

/** Looks at how this computer is connected and to whom by which path. Fails when something does not work. */
export function runDoctor(context: CommandContext, { measure }: DoctorFlags): Promise<Outcome> {
  return withEngine(context, async ({ client }) => {
    await untilConnected(client, context.stop);
    const { people } = await untilListed(context, client);
    if (measure !== undefined) {
      const person = people.find(({ name }) => toNameKey(name) === toNameKey(measure));
      if (!person) throw new EnxameError('person-not-found');
      const probe = await client.call('doctor:measure', { userId: person.id });
      return { document: { ...probe }, text: () => describeProbe(context, probe) };
    }
    const [{ version }, report] = [await client.call('status:get', {}), await untilChecked(context, client)];
    const isBroken =
      report.checks.some(({ state }) => state === 'fail') || report.paths.some(({ state }) => state === 'failed');
    return { document: { ...report }, text: () => describe(report, version), failed: isBroken };
  });
}

async function untilChecked(context: CommandContext, client: EngineClient): Promise<DoctorReport> {
  await client.call('doctor:check', {});
  return follow<DoctorReport, DoctorReport>({
    client,
    read: () => client.call('doctor:get', {}),
    subscribe: (listener) => client.on('doctor:changed', listener),
    decide: (report) => (report.running ? undefined : report),
    stop: context.stop,
  });
}

/** The words of the report, which are the same in all languages; here with the names of who is who. */
function describe(report: DoctorReport, version: string): string {
  const names = report.paths.map(({ userName }, index) => ({ number: String(index + 1), name: userName }));
  const who = toTable(
    [
      { title: '', cell: ({ number }) => `person ${number}` },
      { title: '', cell: ({ name }) => toPrintable(name) },
    ],
    names,
  );
  return names.length === 0 ? toDoctorText(report, version) : `${toDoctorText(report, version)}\n${who}`;
}

function describeProbe({ language }: CommandContext, probe: SpeedProbe): string {
  const { networkBytesPerSecond, diskBytesPerSecond, processorBytesPerSecond } = probe;
  return [
    `network   ${formatRate(networkBytesPerSecond, language)} (${probe.path})`,
    `disk      ${formatRate(diskBytesPerSecond, language)}`,
    `processor ${formatRate(processorBytesPerSecond, language)}`,
    `limit: ${probe.limit}`,
  ].join('\n');
}
