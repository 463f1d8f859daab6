import type { CodeSend } from '@enxame/shared/engine/code';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { describe, expect, it, vi } from 'vitest';
import type { EngineLink } from '../engine/engine-link.js';
import type { Upload } from '../shares/upload.js';
import { createCodeSender } from './code-sender.js';
import { createSendOptions } from './send-options.js';

const sent = { id: 'one' } as CodeSend;
const file = (name: string, size: number): File => ({ name, size }) as File;

function setUp(upload: Upload, answer: () => Promise<CodeSend> = () => Promise.resolve(sent)) {
  const call = vi.fn(answer);
  const onSent = vi.fn();
  const link = { call } as unknown as EngineLink;
  const sender = createCodeSender({ link, upload, options: createSendOptions(), onSent });
  return { call, onSent, sender };
}
const never: Upload = () => Promise.reject(new EnxameError('internal'));

describe('sending by code', () => {
  it('hands over paths with what the person chose', async () => {
    const { call, onSent, sender } = setUp(never);
    sender.options.setState({ life: 'oneDay', form: 'compact', people: 5 });
    await sender.sendPaths(['/a', '/b']);
    expect(call).toHaveBeenCalledWith('code:send', {
      paths: ['/a', '/b'],
      keep: true,
      receivers: 5,
      lifeMs: 86_400_000,
      words: 0,
    });
    expect(onSent).toHaveBeenCalledWith(sent);
    expect(sender.state.getState()).toEqual({ busy: false, upload: null, error: null });
  });

  it('copies the files of a browser first, one after the other, and tells how far it is', async () => {
    const told: unknown[] = [];
    const { call, sender } = setUp((one, onProgress) => {
      onProgress(one.size);
      return Promise.resolve(`/uploads/${one.name}`);
    });
    sender.state.subscribe(({ upload }) => told.push(upload?.bytesSent));
    await sender.sendFiles([file('a', 10), file('b', 5)]);
    expect(told).toEqual([undefined, 0, 10, 10, 15, undefined]);
    expect(call).toHaveBeenCalledWith('code:send', expect.objectContaining({ paths: ['/uploads/a', '/uploads/b'] }));
  });

  it('tells why there is no code', async () => {
    const { onSent, sender } = setUp(never, () => Promise.reject(new EnxameError('tracker-offline')));
    await sender.sendText('hello');
    expect(sender.state.getState().error?.code).toBe('tracker-offline');
    expect(onSent).not.toHaveBeenCalled();
    sender.dismiss();
    expect(sender.state.getState().error).toBeNull();
  });

  it('that was cancelled tells nothing and sends nothing', async () => {
    const { call, sender } = setUp(
      (_, __, signal) =>
        new Promise((_done, failed) => {
          signal.addEventListener('abort', () => {
            failed(new EnxameError('cancelled'));
          });
        }),
    );
    const running = sender.sendFiles([file('a', 10)]);
    sender.cancel();
    await running;
    expect(sender.state.getState()).toEqual({ busy: false, upload: null, error: null });
    expect(call).not.toHaveBeenCalled();
  });
});
