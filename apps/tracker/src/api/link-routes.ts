import type { Request } from 'express';
import type { ContentId } from '@enxame/shared/ids';
import type { LinkId } from '@enxame/shared/tracker/link';
import { toLink } from '../domain/stored-link.js';
import type { Links } from '../domain/links.js';
import type { LinkTakes, Taker, Taking } from '../domain/link-takes.js';
import type { Contents, LocatedContent } from '../hosted/contents.js';
import { listFiles } from '../hosted/folder-contents.js';
import type { LinkAccess } from '../hosted/link-access.js';
import { toAddressGroup } from '../http/address-group.js';
import type { RateLimit } from '../socket/rate-limits.js';
import { callerOf, type ApiCall, type ApiHandlers } from './api-handlers.js';
import type { SentContent } from './content-routes.js';
import { sendContent, type SendableContent, type Sent } from './send-content.js';

const maxFilesShown = 1000;

export interface LinkRouteDeps {
  readonly links: Links;
  readonly takes: LinkTakes;
  readonly access: LinkAccess;
  readonly contents: Contents;
  /** Where people reach the tracker, when it was said; otherwise where this request did. */
  readonly publicUrl: string | undefined;
  /** Tries of passwords, by link and address, and by link alone. */
  readonly tries: { readonly ofAddress: RateLimit; readonly ofLink: RateLimit };
  readonly onSent: (sent: SentContent) => void;
}

type LinkRoutes =
  | 'links'
  | 'createLink'
  | 'linkTakes'
  | 'revokeLink'
  | 'link'
  | 'openLink'
  | 'linkContent'
  | 'linkFiles'
  | 'linkFile'
  | 'linkZip';

/** Links, for who makes them and for who has one. (docs/spec/http-api.md, H30 to H38) */
export function createLinkRoutes(deps: LinkRouteDeps): ApiHandlers<LinkRoutes> {
  const { links, takes, access, contents } = deps;
  const baseOf = ({ protocol, host }: Request): string => deps.publicUrl ?? `${protocol}://${host}`;

  /**
   * Sends what is behind a link, counted as a download; cut when the link is revoked. What is shown is not counted,
   * unless downloads are limited: else looking would be the way around the limit.
   */
  async function send(
    id: LinkId,
    pass: string | undefined,
    inline: boolean,
    call: ApiCall,
    pick: (content: LocatedContent) => SendableContent | Promise<SendableContent>,
  ): Promise<void> {
    const { link, content } = access.enter(id, pass);
    const part = await pick(content);
    const isCounted = !inline || link.maxDownloads !== null;
    await follow(id, call, async () => {
      let taking: Taking | undefined;
      const sent = await sendContent(call, part, {
        inline,
        onStart: async ({ start, end }) => {
          if (isCounted) taking = await takes.begin(id, Math.max(link.size, part.size), end - start, takerOf(call));
        },
      }).catch(async (error: unknown) => {
        await taking?.cancel();
        throw error;
      });
      await note(sent, taking, { contentId: part.contentId, name: part.name }, call);
    });
  }

  async function note(
    sent: Sent | undefined,
    taking: Taking | undefined,
    { contentId, name }: { readonly contentId: ContentId; readonly name: string },
    call: ApiCall,
  ): Promise<void> {
    if (!sent) return;
    await taking?.sent(sent.bytes, sent.isComplete);
    const isDownload = taking !== undefined && sent.isComplete;
    deps.onSent({ contentId, name, bytes: sent.bytes, isDownload, userId: call.caller?.user.id });
  }

  async function follow(id: LinkId, { response }: ApiCall, work: () => Promise<void>): Promise<void> {
    const leave = links.follow(id, () => response.destroy());
    try {
      await work();
    } finally {
      leave();
    }
  }

  return {
    links: ({ query: { after } }, call) => {
      const { links: list, total } = links.list(callerOf(call).user.id, after);
      return { links: list.map((link) => toLink(link, baseOf(call.request))), total };
    },
    createLink: async ({ body: { target, ...options } }, call) => {
      const { user } = callerOf(call);
      const link = await links.create(user.id, access.targetOf(user.id, target), options);
      return toLink(link, baseOf(call.request));
    },
    linkTakes: ({ params: { id } }, call) => takes.list(links.own(callerOf(call).user.id, id).id),
    revokeLink: async ({ params: { id } }, call) => {
      await links.revoke(callerOf(call).user.id, id);
      return {};
    },
    link: ({ params: { id }, query: { pass } }) => access.page(id, pass),
    openLink: async ({ params: { id }, body: { password } }, { remoteHost }) => {
      await deps.tries.ofAddress.count(`${id} ${toAddressGroup(remoteHost)}`);
      await deps.tries.ofLink.count(id);
      return { pass: await access.unlock(id, password) };
    },
    linkContent: ({ params: { id }, query: { pass, inline } }, call) =>
      send(id, pass, inline === 'true', call, (content) => contents.open(content, call)),
    linkFiles: async ({ params: { id }, query: { pass, offset } }, call) => {
      const folder = await contents.openFolder(access.enter(id, pass).content, call.signal);
      try {
        const { collection } = folder;
        return { total: collection.fileCount, files: listFiles(collection, offset, maxFilesShown) };
      } finally {
        folder.close();
      }
    },
    linkFile: ({ params: { id, index }, query: { pass, inline } }, call) =>
      send(id, pass, inline === 'true', call, (content) => contents.openFile(content, index, call)),
    linkZip: ({ params: { id }, query: { pass } }, call) =>
      send(id, pass, false, call, (content) => contents.openZip(content, call)),
  };
}

const takerOf = ({ caller, remoteHost, request }: ApiCall): Taker => ({
  who: caller?.user.name ?? null,
  address: toAddressGroup(remoteHost),
  agent: request.get('user-agent') ?? '',
});
