import { createHash } from 'node:crypto';
import { apiRoutes } from '@enxame/shared/tracker/api';
import { linkPageSchema, type LinkPage } from '@enxame/shared/tracker/link';
import type { Page, Route } from '@playwright/test';
import type { ErrorCode } from '@enxame/shared/errors/error-codes';
import { toHttpStatus } from '@enxame/shared/errors/http-status';

export const linkId = 'abcdefghijklmnopqrstuv';
const etag = '"one"';

export interface FakeLinkOptions {
  readonly content?: Partial<NonNullable<LinkPage['content']>>;
  readonly page?: Partial<Pick<LinkPage, 'expiresAt' | 'downloadsLeft'>>;
  readonly bytes?: Buffer;
  readonly password?: string;
  readonly files?: readonly { readonly path: string; readonly size: number }[];
  /** What every question is refused with. */
  readonly refusal?: ErrorCode;
  /** The content breaks off after so many bytes, so often. */
  readonly breaks?: { readonly afterBytes: number; times: number; readonly then?: ErrorCode };
}

export interface FakeLink {
  readonly url: string;
  /** What was asked for, in order: the ranges of the content. */
  readonly ranges: readonly (string | null)[];
  change(options: FakeLinkOptions): void;
}

/** The answers of the HTTP API for one link, each through the schema of its route: states that are hard to come by. */
export async function fakeLink(page: Page, origin: string, first: FakeLinkOptions): Promise<FakeLink> {
  let options = first;
  const ranges: (string | null)[] = [];
  const bytesOf = (): Buffer => options.bytes ?? Buffer.from('hello, swarm\n');

  function linkPage(pass: string | null): LinkPage {
    const isLocked = options.password !== undefined && pass !== options.password;
    const bytes = bytesOf();
    return linkPageSchema.parse({
      id: linkId,
      needsPassword: isLocked,
      expiresAt: null,
      downloadsLeft: null,
      ...options.page,
      content: isLocked
        ? null
        : {
            name: 'notes.bin',
            size: bytes.length,
            contentId: `${'b'.repeat(51)}q`,
            sha256: createHash('sha256').update(bytes).digest('hex'),
            type: 'other',
            files: options.files?.length ?? null,
            owner: { name: 'Rafael Lima', online: true, lastSeenAt: null },
            from: 'online',
            ...options.content,
          },
    });
  }

  async function answerContent(route: Route): Promise<void> {
    const bytes = bytesOf();
    const range = (await route.request().headerValue('range')) ?? null;
    if (!route.request().url().includes('inline')) ranges.push(range);
    const start = Number(/^bytes=(\d+)-/.exec(range ?? '')?.[1] ?? 0);
    const body = bytes.subarray(start);
    if (options.breaks && options.breaks.times > 0) {
      options.breaks.times--;
      // A whole answer that is too short: to the page the same as a connection that ends early.
      await route.fulfill({
        status: start > 0 ? 206 : 200,
        headers: { etag },
        body: body.subarray(0, options.breaks.afterBytes),
      });
      return;
    }
    if (options.breaks?.then) {
      await refuse(route, options.breaks.then);
      return;
    }
    await route.fulfill({
      status: range === null ? 200 : 206,
      headers: { etag, 'content-type': 'application/octet-stream' },
      body,
    });
  }

  const refuse = (route: Route, code: ErrorCode): Promise<void> =>
    route.fulfill({ status: toHttpStatus(code), json: { error: { code } } });

  await page.route(
    `${origin}/links/${linkId}**`,
    refuseOr(async (route, url) => {
      await route.fulfill({ json: linkPage(url.searchParams.get('pass')) });
    }),
  );
  await page.route(
    `${origin}/links/${linkId}/open`,
    refuseOr(async (route) => {
      const { password } = apiRoutes.openLink.body.parse(route.request().postDataJSON());
      if (password === options.password) await route.fulfill({ json: { pass: password } });
      else await refuse(route, 'link-password-wrong');
    }),
  );
  await page.route(`${origin}/links/${linkId}/content**`, refuseOr(answerContent));
  await page.route(
    `${origin}/links/${linkId}/files?**`,
    refuseOr(async (route, url) => {
      const offset = Number(url.searchParams.get('offset'));
      const all = (options.files ?? []).map((file, index) => ({ index, ...file }));
      await route.fulfill({
        json: apiRoutes.linkFiles.reply.parse({ total: all.length, files: all.slice(offset, offset + 1000) }),
      });
    }),
  );

  function refuseOr(answer: (route: Route, url: URL) => Promise<void>) {
    return (route: Route): Promise<void> =>
      options.refusal ? refuse(route, options.refusal) : answer(route, new URL(route.request().url()));
  }

  return {
    url: `${origin}/f/${linkId}`,
    ranges,
    change: (next) => {
      options = next;
    },
  };
}
