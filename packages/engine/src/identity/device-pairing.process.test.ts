import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { appears, transfer, verified } from '../testing/folder-network.js';
import { openNetworkBench, type BenchPerson, type NetworkBench } from '../testing/network-bench.js';

let bench: NetworkBench;
beforeEach(async () => {
  bench = await openNetworkBench();
});
afterEach(async () => {
  await bench.close();
});

const codeOf = (error: unknown): unknown => (error as { code?: unknown }).code;

/** A computer that knows the network of another one, and nobody yet. */
async function openBeside(person: BenchPerson, name: string): Promise<BenchPerson> {
  const { tracker } = await person.client.call('status:get', {});
  const fresh = await bench.open(name);
  await fresh.client.call('tracker:use', { url: tracker?.url ?? '' });
  await fresh.client.call('settings:set', { deviceName: name });
  return fresh;
}

describe('one more computer of a person', () => {
  it('I13: becomes one by a code, once', async () => {
    const ana = await bench.join('Ana');
    const laptop = await openBeside(ana, 'laptop');
    const { code } = await ana.client.call('device:invite', {});
    expect(code.split('-')).toHaveLength(4);
    const joined = ana.client.call('device:joined', {});
    expect(await laptop.client.call('device:join', { code })).toEqual({ name: 'Ana' });
    expect(await joined).toEqual({ deviceName: 'laptop' });
    const [first, second] = await Promise.all([ana, laptop].map(({ client }) => client.call('status:get', {})));
    expect(second?.user).toEqual(first?.user);
    expect(second?.device.id).not.toBe(first?.device.id);
    const words = (person: BenchPerson) => person.client.call('identity:words', { language: 'en' });
    expect(await words(laptop)).toEqual(await words(ana));
    // It has a name now, and takes no other person's.
    expect(await laptop.client.call('device:join', { code }).catch(codeOf)).toBe('already-registered');
  });

  it('T143: fetches what its own person has for nobody else', async () => {
    const ana = await bench.join('Ana');
    const laptop = await openBeside(ana, 'laptop');
    const { code } = await ana.client.call('device:invite', {});
    await laptop.client.call('device:join', { code });
    const path = join(bench.folder, 'diary.txt');
    await writeFile(path, 'for myself');
    await ana.client.call('share:add', { paths: [path], visibility: { kind: 'link' } });
    const { id } = await appears(laptop, ({ name }) => name === 'diary.txt');
    const started = await laptop.client.call('download:start', { id });
    const done = await transfer(laptop, started.id, verified);
    expect(await readFile(done.path ?? '', 'utf8')).toBe('for myself');
  });

  it('I13: the first wrong guess ends the code, and so does taking it back', async () => {
    const ana = await bench.join('Ana');
    const thief = await openBeside(ana, 'thief');
    const { code } = await ana.client.call('device:invite', {});
    const over = ana.client.call('device:joined', {}).catch(codeOf);
    const wrong = `${code.split('-')[0] ?? ''}-abelha-abelha-abelha`;
    expect(await thief.client.call('device:join', { code: wrong }).catch(codeOf)).toBe('code-wrong');
    expect(await over).toBe('code-ended');
    expect((await thief.client.call('status:get', {})).user).toBeNull();

    await ana.client.call('device:invite', {});
    const taken = ana.client.call('device:joined', {}).catch(codeOf);
    await ana.client.call('device:uninvite', {});
    expect(await taken).toBe('cancelled');
    expect(await ana.client.call('device:joined', {}).catch(codeOf)).toBe('not-found');
  });
});
