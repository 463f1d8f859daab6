import { randomBytes } from 'node:crypto';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { ContentId, DeviceId, UserId } from '@enxame/shared/ids';
import { pathLifeMs } from '@enxame/shared/tracker/path';
import type { TrackerPushes } from '@enxame/shared/tracker/pushes';
import { describe, expect, it } from 'vitest';
import { createFakeClock } from '../test-kit/fake-clock.js';
import { createTestUser } from '../test-kit/test-user.js';
import { createPaths } from './paths.js';
import type { Session } from './session.js';

const contentId = 'c'.repeat(51) + 'a' as ContentId; // prettier-ignore

function setUp() {
  const sessions = new Map<DeviceId, Session>();
  const sources = new Set<DeviceId>();
  const clock = createFakeClock();
  function enter(name: string, remoteHost: string) {
    const { deviceId, grant } = createTestUser();
    const pushed: { name: string; payload: unknown }[] = [];
    const session: Session = {
      deviceId,
      user: { id: deviceId as string as UserId, name } as Session['user'],
      grant,
      remoteHost,
      addresses: [{ host: remoteHost, port: 40001 }],
      push: (pushName, payload) => pushed.push({ name: pushName, payload }),
      end: () => undefined,
    };
    sessions.set(deviceId, session);
    const take = <N extends 'path:asked' | 'path:met'>(pushName: N): TrackerPushes[N] | undefined =>
      pushed.find((push) => push.name === pushName)?.payload as TrackerPushes[N] | undefined;
    return { session, take, pushed };
  }
  const paths = createPaths({
    index: { sourcesOf: (_session, id) => (id === contentId ? sources : []) },
    presence: { session: (id) => sessions.get(id) },
    clock,
    randomBytes,
  });
  const ana = enter('Ana', '198.51.100.7');
  const rui = enter('Rui', '203.0.113.9');
  sources.add(ana.session.deviceId);
  const wanted = { contentId, deviceId: ana.session.deviceId, hasRelay: false };
  return { paths, ana, rui, wanted, sources, clock, enter };
}

describe('paths', () => {
  it('T50: tells the source who wants what, with a token of its own and addresses that it may dial', () => {
    const { paths, ana, rui, wanted } = setUp();
    const { pathId, token } = paths.ask(rui.session, wanted);
    const asked = ana.take('path:asked');
    expect(asked).toMatchObject({ pathId, contentId, hasRelay: false, addresses: rui.session.addresses });
    expect(asked?.requester).toEqual({
      deviceId: rui.session.deviceId,
      userName: 'Rui',
      grant: rui.session.grant,
    });
    expect(asked?.token).not.toBe(token);
  });

  it.each([
    ['a device that does not have the content', (deps: ReturnType<typeof setUp>) => deps.sources.clear()],
    [
      'a content that nobody has',
      (deps: ReturnType<typeof setUp>) => (deps.wanted.contentId = 'd'.repeat(52) as ContentId),
    ],
    ['a device that is not here', (deps: ReturnType<typeof setUp>) => (deps.wanted.deviceId = 'x' as DeviceId)],
    ['itself', (deps: ReturnType<typeof setUp>) => (deps.wanted.deviceId = deps.rui.session.deviceId)],
  ])('T51: asks nobody for %s', (_, change) => {
    const deps = setUp();
    change(deps);
    expect(() => deps.paths.ask(deps.rui.session, deps.wanted)).toThrow('source-gone');
    expect(deps.ana.pushed).toEqual([]);
  });

  it('T51: a device that asks for many paths at once, or is asked by many, is left alone for a while', () => {
    const { paths, rui, wanted, clock } = setUp();
    for (let index = 0; index < 64; index++) paths.ask(rui.session, wanted);
    expect(() => paths.ask(rui.session, wanted)).toThrow('rate-limited');
    clock.advance(pathLifeMs);
    paths.ask(rui.session, wanted);
  });

  it('T53: tells each side where the other came out, when both have shown themselves', () => {
    const { paths, ana, rui, wanted } = setUp();
    const { pathId, token } = paths.ask(rui.session, wanted);
    paths.seen(token, { host: '203.0.113.9', port: 1111 });
    expect(rui.pushed).toEqual([]);
    paths.seen(ana.take('path:asked')?.token ?? '', { host: '198.51.100.7', port: 2222 });
    expect(rui.take('path:met')).toEqual({ pathId, address: { host: '198.51.100.7', port: 2222 } });
    expect(ana.take('path:met')).toEqual({ pathId, address: { host: '203.0.113.9', port: 1111 } });
  });

  it('T53: sides of two kinds of address cannot meet', () => {
    const { paths, ana, rui, wanted } = setUp();
    const { token } = paths.ask(rui.session, wanted);
    paths.seen(token, { host: '2001:db8::1', port: 1111 });
    paths.seen(ana.take('path:asked')?.token ?? '', { host: '198.51.100.7', port: 2222 });
    expect(rui.take('path:met')).toBeUndefined();
  });

  it('T54: a token is good once for each thing, and for a short time', () => {
    const { paths, rui, wanted, clock } = setUp();
    const { pathId, token } = paths.ask(rui.session, wanted);
    paths.seen(token, { host: '203.0.113.9', port: 1111 });
    expect(() => { paths.seen(token, { host: '192.0.2.66', port: 1 }); }).toThrow('unauthorized'); // prettier-ignore
    expect(paths.relaySide(token)).toMatchObject({ pathId, session: rui.session });
    paths.closeRelaySide(token);
    expect(() => paths.relaySide(token)).toThrow('unauthorized');
    const late = paths.ask(rui.session, wanted);
    clock.advance(pathLifeMs);
    expect(() => paths.relaySide(late.token)).toThrow('unauthorized');
    expect(() => paths.relaySide('guessed')).toThrow('unauthorized');
  });

  it('T59: a side that was refused hears why, by whichever way it comes again', () => {
    const { paths, rui, wanted } = setUp();
    const { token } = paths.ask(rui.session, wanted);
    paths.closeRelaySide(token, new EnxameError('relay-refused', { reason: 'full' }));
    paths.closeRelaySide(token);
    expect(() => paths.relaySide(token)).toThrow('relay-refused');
  });
});
