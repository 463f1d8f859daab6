import { setTimeout as wait } from 'node:timers/promises';
import { EnxameError } from '@enxame/shared/errors/enxame-error';

/** Throws `cancelled` when the program is asked to stop meanwhile. */
export async function pause(ms: number, stop: AbortSignal): Promise<void> {
  try {
    await wait(ms, undefined, { signal: stop });
  } catch (error) {
    throw new EnxameError('cancelled', undefined, { cause: error });
  }
}
