import { linkIdSchema, type Link } from '@enxame/shared/tracker/link';
import { describe, expect, it } from 'vitest';
import { contentId } from '../testing/fake-engine.js';
import { runningEngine, runWith } from '../testing/run-with.js';

const id = linkIdSchema.parse('AAAAAAAAAAAAAAAAAAAAAA');
const link: Link = {
  id,
  url: `https://tracker.example/f/${id}`,
  contentId,
  name: 'photo.png',
  size: 5,
  isFolder: false,
  createdAt: 0,
  expiresAt: null,
  maxDownloads: 3,
  downloads: 1,
  hasPassword: false,
};

describe('link', () => {
  it('create asks for what was said, and prints the address alone', async () => {
    const asked: unknown[] = [];
    const engines = runningEngine({
      'link:create': (payload) => {
        asked.push(payload);
        return link;
      },
    });
    const { out, exitCode } = await runWith(`link create ${contentId} --for 2d --downloads 3 --password x`, engines);
    expect([exitCode, out.trim()]).toEqual([0, link.url]);
    expect(asked).toEqual([{ target: contentId, lifeMs: 2 * 86_400_000, maxDownloads: 3, password: 'x' }]);
    expect((await runWith(`link create ${contentId} --json`, engines)).json()).toMatchObject({ id, url: link.url });
    expect((await runWith('link create nonsense --json', engines)).json()).toMatchObject({
      error: { code: 'entry-not-found' },
    });
  });

  it('list shows them, takes and revoke take the address or the id', async () => {
    const revoked: unknown[] = [];
    const engines = runningEngine({
      'links:list': () => ({ links: [link], total: 1 }),
      'link:takes': () => ({ takes: [{ at: 0, who: null, agent: 'curl/8', bytes: 5, isComplete: true }], total: 1 }),
      'link:revoke': (payload) => {
        revoked.push(payload);
        return {};
      },
    });
    expect((await runWith('link list', engines)).out).toContain('1 of 3');
    expect((await runWith(`link takes ${link.url}`, engines)).out).toContain('curl/8');
    await runWith(`link revoke ${link.url}`, engines);
    await runWith(`link revoke ${id}`, engines);
    expect(revoked).toEqual([{ id }, { id }]);
  });
});

describe('token', () => {
  it('create shows the secret this once', async () => {
    const token = { id: 'AAAAAAAAAAA', name: 'ci', scopes: ['read' as const], createdAt: 0, lastUsedAt: null };
    const asked: unknown[] = [];
    const engines = runningEngine({
      'token:create': (payload) => {
        asked.push(payload);
        return { token, secret: 'enx_x' };
      },
      'tokens:list': () => ({ tokens: [token] }),
    });
    expect((await runWith('token create ci --scope read', engines)).out).toContain('enx_x');
    expect(asked).toEqual([{ name: 'ci', scopes: ['read'] }]);
    expect((await runWith('token list', engines)).out).toContain('never');
    expect((await runWith('token create ci --scope everything', engines)).exitCode).not.toBe(0);
  });
});
