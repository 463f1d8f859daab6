import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { deadline } from './deadline.js';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** In a function of its own, so that nothing else knows the signals. */
function whenOver(ms: number): Promise<void> {
  return new Promise((resolve) => {
    AbortSignal.any([new AbortController().signal, deadline(ms)]).addEventListener('abort', () => {
      resolve();
    });
  });
}

it('comes though nothing but a combined signal knows it, and memory is collected meanwhile', async () => {
  const over = whenOver(100);
  for (let round = 0; round < 5; round++) {
    await sleep(1);
    collectGarbage();
  }
  await over;
  expect(deadline(60_000).aborted).toBe(false);
});
