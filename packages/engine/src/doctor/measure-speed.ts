import type { SpeedProbe } from '@enxame/shared/engine/doctor';
import { EnxameError, isErrorWithCode } from '@enxame/shared/errors/enxame-error';
import { probeBytes, probePath } from '@enxame/shared/peer/probe';
import type { DiskProbe } from './disk-probe.js';
import type { ProcessorProbe } from './processor-probe.js';
import type { Reached } from './reach-person.js';

/** Lines have found their speed by then; a slow one has said enough. */
const probeMs = 4000;

/** How fast bytes come over a connection, which is closed by it. Throws what the other side says against it. */
export async function measureNetwork(
  { connection, authority, contentId }: Reached,
  now: () => number,
): Promise<number> {
  let bytes = 0;
  let firstAt: number | undefined;
  let lastAt = 0;
  try {
    await connection.getRange(probePath(contentId), authority, { start: 0, end: probeBytes }, (chunk) => {
      lastAt = now();
      // The first is there before the clock is: only what follows was waited for.
      if (firstAt === undefined) firstAt = lastAt;
      else bytes += chunk.length;
      if (lastAt - firstAt >= probeMs) connection.close();
      return true;
    });
  } catch (error) {
    if (isErrorWithCode(error, 'not-found')) throw new EnxameError('not-supported', undefined, { cause: error });
    if (firstAt === undefined || lastAt - firstAt < probeMs) throw error;
  }
  return bytes / (Math.max(1, lastAt - (firstAt ?? lastAt)) / 1000);
}

/** Which of the three holds a transfer up. */
export function toSpeedProbe(
  path: SpeedProbe['path'],
  networkBytesPerSecond: number,
  disk: DiskProbe,
  { hashBytesPerSecond, cipherBytesPerSecond }: ProcessorProbe,
): SpeedProbe {
  const diskBytesPerSecond = disk.writeBytesPerSecond;
  const processorBytesPerSecond = 1 / (1 / hashBytesPerSecond + 1 / cipherBytesPerSecond);
  const rates = [
    ['network', networkBytesPerSecond],
    ['disk', diskBytesPerSecond],
    ['processor', processorBytesPerSecond],
  ] as const;
  const [[limit]] = [...rates].sort(([, one], [, other]) => one - other) as [(typeof rates)[number]];
  return { path, networkBytesPerSecond, diskBytesPerSecond, processorBytesPerSecond, limit };
}
