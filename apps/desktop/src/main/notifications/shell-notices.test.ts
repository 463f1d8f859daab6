import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { settled, startTestShell, type TestShell } from '../testing/start-test-shell.js';
import { codeReceiveOf, codeReceiverOf, codeSendOf, transferOf } from '../testing/transfers.js';

/** What was told by now: what comes together is gathered first. */
async function notices(shell: TestShell): Promise<unknown[][]> {
  await settled();
  shell.clock.pass(1500);
  return shell.notifications.map(({ options: { title, body, actions } }) => [
    title,
    body,
    ...(actions ?? []).map(({ text }) => text),
  ]);
}

describe('the shell: notifications', () => {
  it('tell what arrived, one for each person', async () => {
    const shell = await startTestShell();
    const [thesis, one, two] = [
      transferOf({ size: 18_400_000, path: '/home/ana/Enxame/tese.pdf' }),
      transferOf({ personName: 'João', size: 1_000_000 }),
      transferOf({ personName: 'João', size: 2_000_000 }),
    ];
    const engine = await shell.runEngine({ transfers: [thesis, one] });
    engine.transfer({ ...thesis, state: 'verified' }, { ...one, state: 'verified' });
    await settled();
    engine.transfer({ ...two, state: 'verified' }); // so fast that it was never seen on its way
    expect(await notices(shell)).toEqual([
      ['tese.pdf received and verified', '18.4 MB from Rafael', 'Show in folder'],
      ['2 files from João received and verified', '3 MB'],
    ]);
    expect(shell.notifications.every(({ shown }) => shown)).toBe(true);
    shell.notifications[0]?.press(0);
    shell.notifications[0]?.press(1); // there is no such button
    expect(shell.shown).toEqual(['/home/ana/Enxame/tese.pdf']);
    shell.contents().finishLoad();
    shell.notifications[0]?.emit('click');
    shell.notifications[0]?.emit('close');
    expect(shell.told()).toEqual([{ kind: 'go', page: 'transfers' }]);
  });

  it('tell who received and verified, in the words of the language', async () => {
    const shell = await startTestShell();
    const engine = await shell.runEngine();
    engine.set({ language: 'pt-BR' });
    const send = { direction: 'send', state: 'received', personName: 'Marina' } as const;
    engine.transfer(transferOf(send));
    expect(await notices(shell)).toEqual([['Marina recebeu e conferiu tese.pdf', '']]);
    engine.transfer(transferOf(send), transferOf(send));
    expect((await notices(shell)).at(-1)).toEqual(['Marina recebeu e conferiu 2 arquivos', '']);
  });

  it('tell what stopped, why, and try again when asked', async () => {
    const shell = await startTestShell();
    const failed = transferOf({
      state: 'failed',
      error: { code: 'folder-missing', params: { folder: '/media/fotos' } },
    });
    const engine = await shell.runEngine();
    engine.transfer(failed, transferOf({ state: 'failed', direction: 'send' }));
    const [told] = await notices(shell);
    expect(told?.[0]).toBe('tese.pdf stopped');
    expect(told?.[1]).toContain('/media/fotos');
    shell.notifications[0]?.press(0);
    await settled();
    expect(engine.calls).toEqual([{ call: 'transfer:resume', payload: { id: failed.id } }]);
    engine.transfer(transferOf({ state: 'failed' }), transferOf({ state: 'failed' }));
    expect((await notices(shell)).at(-1)?.[0]).toBe('2 transfers stopped');
  });

  it('tell of an offer under a code, and take it or not', async () => {
    const shell = await startTestShell();
    const receive = codeReceiveOf();
    const engine = await shell.runEngine({ codes: { sends: [], receives: [receive] } });
    engine.emit('codes:changed', { sends: [], receives: [{ ...receive, state: 'offered' }] });
    expect(await notices(shell)).toEqual([['Beatriz wants to send you 38.2 GB', 'Fotos', 'Receive', 'Not now']]);
    shell.notifications[0]?.press(0);
    shell.notifications[0]?.press(1);
    await settled();
    expect(engine.calls).toEqual([
      { call: 'code:accept', payload: { id: receive.id } },
      { call: 'code:refuse', payload: { id: receive.id } },
    ]);
    engine.emit('codes:changed', { sends: [], receives: [{ ...receive, state: 'moving' }] });
    engine.emit('codes:changed', {
      sends: [],
      receives: [{ ...receive, state: 'received', savedAs: '/home/ana/Enxame/Fotos' }],
    });
    expect((await notices(shell)).slice(1)).toEqual([
      ['Fotos received and verified', '38.2 GB from Beatriz', 'Show in folder'],
    ]);
  });

  it('tell of a text, and leave to the transfer what a transfer brings', async () => {
    const shell = await startTestShell();
    const engine = await shell.runEngine();
    const text = codeReceiveOf({ personName: null, text: null, offer: null });
    engine.emit('codes:changed', { sends: [], receives: [text] });
    engine.emit('codes:changed', { sends: [], receives: [{ ...text, state: 'received', way: null, text: 'olá' }] });
    const swarm = codeReceiveOf({ way: 'swarm', state: 'received' });
    engine.emit('codes:changed', { sends: [], receives: [swarm] });
    expect(await notices(shell)).toEqual([['Somebody sent you a text', '']]);
  });

  it('tell who came with a code, the words to compare, and that it was received', async () => {
    const shell = await startTestShell();
    const engine = await shell.runEngine({ codes: { sends: [codeSendOf()], receives: [] } });
    const told = (receiver: Parameters<typeof codeReceiverOf>[0]): void => {
      engine.emit('codes:changed', { sends: [codeSendOf({ receivers: [codeReceiverOf(receiver)] })], receives: [] });
    };
    told({ personName: null });
    told({ personName: null, state: 'moving' });
    told({ personName: null, state: 'received' });
    told({ personName: null, state: 'received' });
    told({ number: 2, state: 'moving', way: 'swarm' });
    told({ number: 2, state: 'received', way: 'swarm' });
    expect(await notices(shell)).toEqual([
      ['Somebody came with the code 7-abelha-vinho', 'Compare these words: mel trigo'],
      ['somebody received and verified tese.pdf', ''],
      ['Marina came with the code 7-abelha-vinho', 'Compare these words: mel trigo'],
    ]);
  });

  it('are only of what happens while nobody looks, and of what the person wants to hear', async () => {
    const shell = await startTestShell();
    const done = transferOf({ state: 'verified' });
    const engine = await shell.runEngine({ transfers: [done] });
    engine.transfer({ ...done, sha256: null }); // was there already
    shell.window().visible = shell.window().focused = true;
    engine.transfer(transferOf({ state: 'verified' }));
    await settled();
    shell.window().focused = false;
    engine.set({ notifications: ['failed'] });
    engine.transfer(transferOf({ state: 'verified' }), transferOf({ direction: 'send', state: 'received' }));
    engine.emit('codes:changed', { sends: [], receives: [codeReceiveOf({ state: 'offered' })] });
    expect(await notices(shell)).toEqual([]);
    engine.transfer(transferOf({ state: 'failed' }));
    expect(await notices(shell)).toHaveLength(1);
  });

  it('are not of what an engine that was started again has had for long', async () => {
    const shell = await startTestShell();
    await shell.runEngine();
    shell.engine().exit(1);
    shell.clock.pass(250);
    await shell.runEngine({ transfers: [transferOf({ state: 'failed' })] });
    expect(await notices(shell)).toEqual([]);
  });

  it('are those of a program that Windows knows', async () => {
    const yml = await readFile(new URL('../../../../../electron-builder.yml', import.meta.url), 'utf8');
    const { app } = await startTestShell({ platform: 'win32' });
    expect(app.userModelId).toBe(/^appId: (.+)$/m.exec(yml)?.[1]);
    expect((await startTestShell()).app.userModelId).toBe('');
  });

  it('tell their failures to the log', async () => {
    const shell = await startTestShell();
    const engine = await shell.runEngine();
    engine.transfer(transferOf({ state: 'failed' }));
    await notices(shell);
    shell.engine().exit(1);
    shell.notifications[0]?.press(0);
    await settled();
    expect(shell.logged).toMatchObject([{ code: 'engine-stopped' }]);
  });

  it('are one for each person, however many', async () => {
    const shell = await startTestShell();
    const engine = await shell.runEngine();
    engine.transfer(
      ...Array.from({ length: 60 }, (_, index) => transferOf({ state: 'verified', personName: `Rui ${index}` })),
    );
    expect(await notices(shell)).toHaveLength(60);
  });
});

describe('the shell: the task bar', () => {
  it('shows how far it is, what is wrong, and how many things were not seen', async () => {
    const shell = await startTestShell();
    const transfer = transferOf();
    const engine = await shell.runEngine();
    const last = (): unknown => shell.window().progress.at(-1);
    engine.transfer(transfer);
    await settled();
    expect(last()).toEqual([0.25, { mode: 'normal' }]);
    engine.transfer({ ...transfer, bytesDone: 251 });
    await settled();
    expect(shell.window().progress).toHaveLength(2);
    engine.transfer({ ...transfer, state: 'paused' });
    await settled();
    expect(last()).toEqual([-1, { mode: 'none' }]);
    engine.transfer({ ...transfer, state: 'verified' }, transferOf({ state: 'failed' }), transferOf());
    await settled();
    expect(last()).toEqual([0.25, { mode: 'error' }]);
    expect(shell.app.badge).toBe(2);
    shell.window().focus();
    expect(shell.app.badge).toBe(0);
  });

  it('shows it on a window that was made anew', async () => {
    const shell = await startTestShell({ platform: 'darwin' });
    const transfer = transferOf();
    const engine = await shell.runEngine({ transfers: [transfer] });
    shell.window().emit('closed');
    engine.transfer({ ...transfer, bytesDone: 500 });
    await settled();
    engine.transfer(transfer);
    shell.app.emit('activate');
    await settled();
    expect(shell.window().progress).toEqual([[0.25, { mode: 'normal' }]]);
  });
});
