import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeOf, enxameLine, openCodeBench, type CodeBench, type Run } from './testing/code-bench.js';
import { exchange, kinds, relayPort, whyNot, type Meeting, type OtherName } from './testing/other-programs.js';
import { forwardPort, hasOtherServers, startOtherServers } from './testing/other-servers.js';

const others: readonly OtherName[] = ['wormhole', 'wormhole-william'];
for (const name of others) {
  const reason = whyNot(name);
  if (reason !== undefined) process.stdout.write(`Codes were not tried with ${name}: ${reason}.\n`);
}
if (!hasOtherServers) process.stdout.write('Codes were not tried with the servers of Magic Wormhole: they are not installed.\n'); // prettier-ignore

let bench: CodeBench;
let ours: Meeting;
let theirs: Meeting;
const closers: (() => unknown)[] = [];

beforeAll(async () => {
  bench = await openCodeBench();
  const { port } = new URL(bench.url);
  const here = { bench, relayHost: '127.0.0.1', inEnxame: [], inOther: [] };
  const mailboxUrl = `ws://127.0.0.1:${port}/v1`;
  ours = { ...here, mailboxUrl, helper: `tcp:127.0.0.1:${port}`, enxameFlags: ['--tracker', bench.url] };
  if (whyNot('wormhole-william') === undefined) {
    const forward = await forwardPort(relayPort, Number(port));
    closers.push(() => forward.close());
  }
  if (!hasOtherServers) return;
  const servers = await startOtherServers(bench);
  theirs = {
    ...here,
    mailboxUrl: servers.mailboxUrl,
    helper: `tcp:127.0.0.1:${String(servers.relayPort)}`,
    enxameFlags: ['--rendezvous', servers.mailboxUrl],
  };
});
afterAll(async () => {
  for (const close of closers) close();
  await bench.close();
});

describe.skipIf(!hasOtherServers)('codes between two Enxame', () => {
  it('W30 are good for several receivers at the mailbox server of Magic Wormhole, one after the other', async () => {
    const { path, content } = await bench.makeFile('turns.bin');
    const enxame = (home: string, ...args: string[]): Run => {
      const [command = '', ...line] = enxameLine(...args, ...theirs.enxameFlags);
      return bench.run(command, line, { home: join(bench.folder, home) });
    };
    const sender = enxame(`turns-${String(Date.now())}`, 'send', '--receivers', '2', path);
    const code = await codeOf(sender);
    for (const name of ['turn-1', 'turn-2']) {
      const to = join(bench.folder, `${name}-got`);
      const received = await enxame(name, 'receive', code, '--yes', '--to', to).end;
      expect(received.code, received.output).toBe(0);
      expect((await readFile(join(to, 'turns.bin'))).equals(content)).toBe(true);
    }
    // The last of two: the sender ends by itself.
    expect((await sender.end).code).toBe(0);
  }, 180_000);
});

// Side by side: most of the time goes by while programs start.
describe.each(others)('codes between Enxame and the command %s', (other) => {
  describe.skipIf(whyNot(other) !== undefined)('at a tracker', () => {
    it.concurrent.each(kinds)('W40 carry a %s to it', async (kind) => {
      await exchange(ours, 'to', other, kind);
    });
    it.concurrent.each(kinds)('W41 carry a %s from it', async (kind) => {
      await exchange(ours, 'from', other, kind);
    });
  });
  describe.skipIf(whyNot(other) !== undefined || !hasOtherServers)('at the mailbox server of Magic Wormhole', () => {
    // A folder takes no other way than a file.
    const some = ['file', 'text'] as const;
    it.concurrent.each(some)('W40 carry a %s to it', async (kind) => {
      await exchange(theirs, 'to', other, kind);
    });
    it.concurrent.each(some)('W41 carry a %s from it', async (kind) => {
      await exchange(theirs, 'from', other, kind);
    });
  });
});
