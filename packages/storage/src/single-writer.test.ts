import { describe, expect, it } from 'vitest';
import { createSingleWriter } from './single-writer.js';

interface Write {
  resolve(): void;
  reject(error: Error): void;
}

/** A writer whose writes end when the test says so. */
function createWriter() {
  const writes: Write[] = [];
  let active = 0;
  let mostActive = 0;
  const writer = createSingleWriter(() => {
    mostActive = Math.max(mostActive, ++active);
    return new Promise<void>((resolve, reject) => {
      writes.push({ resolve, reject });
    }).finally(() => {
      active--;
    });
  });
  return { writer, writes, mostActive: () => mostActive };
}

describe('createSingleWriter', () => {
  it('shares one write among all that came while another was under way', async () => {
    const { writer, writes } = createWriter();
    const first = writer.save();
    const later = [writer.save(), writer.save(), writer.save()];
    expect(writes).toHaveLength(1);
    writes[0]?.resolve();
    await first;
    await Promise.resolve();
    expect(writes).toHaveLength(2);
    writes[1]?.resolve();
    await Promise.all(later);
    expect(writes).toHaveLength(2);
  });

  it('never runs two writes at once, also for a save at the very end of one', async () => {
    const { writer, writes, mostActive } = createWriter();
    const saves = [writer.save(), writer.save()];
    writes[0]?.resolve();
    for (let turn = 0; turn < 10; turn++) {
      saves.push(writer.save());
      await Promise.resolve();
    }
    for (let index = 1; index < 20; index++) {
      writes[index]?.resolve();
      await new Promise((resolve) => setImmediate(resolve));
    }
    await Promise.all(saves);
    expect(mostActive()).toBe(1);
  });

  it('gives a failure to those who waited for that write, and tries afresh for the next', async () => {
    const { writer, writes } = createWriter();
    const first = writer.save();
    const second = writer.save();
    writes[0]?.reject(new Error('disk'));
    await expect(first).rejects.toThrow('disk');
    await new Promise((resolve) => setImmediate(resolve));
    writes[1]?.resolve();
    await expect(second).resolves.toBeUndefined();
  });

  it('is idle only when the last write has ended, and says nothing of failures', async () => {
    const { writer, writes } = createWriter();
    const failing = expect(writer.save()).rejects.toThrow('disk');
    const last = writer.save();
    let idle = false;
    const waiting = writer.idle().then(() => (idle = true));
    writes[0]?.reject(new Error('disk'));
    await failing;
    await new Promise((resolve) => setImmediate(resolve));
    expect(idle).toBe(false);
    writes[1]?.resolve();
    await last;
    await waiting;
    expect(idle).toBe(true);
  });
});
