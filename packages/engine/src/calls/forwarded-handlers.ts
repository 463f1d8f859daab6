import type { EngineHandlers } from '@enxame/shared/engine/engine-host';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { PayloadOf, ReplyOf } from '@enxame/shared/messages/request-table';
import type { hostedRequests } from '@enxame/shared/tracker/hosted';
import type { Link, linkRequests } from '@enxame/shared/tracker/link';
import type { TrackerRequests } from '@enxame/shared/tracker/requests';
import type { tokenRequests } from '@enxame/shared/tracker/token';
import type { TrackerBook } from '../tracker/tracker-book.js';
import type { TrackerLink } from '../tracker/tracker-session.js';

type Forwarded = keyof typeof hostedRequests | keyof typeof linkRequests | keyof typeof tokenRequests;

/** Calls that the tracker in use answers, as it is asked: hosted copies, links and tokens. */
export function createForwardedHandlers(deps: {
  readonly link: Pick<TrackerLink, 'session'>;
  readonly book: Pick<TrackerBook, 'current'>;
  readonly onHostedWatched: () => void;
}): Pick<EngineHandlers, Forwarded> {
  const { link, book } = deps;

  async function forward<N extends Forwarded>(
    name: N,
    payload: PayloadOf<TrackerRequests, N>,
  ): Promise<ReplyOf<TrackerRequests, N>> {
    const { session } = link;
    if (!session) throw new EnxameError(book.current?.user ? 'tracker-offline' : 'not-registered');
    return session.request(name, payload as never);
  }

  /** A tracker that was not told its public address leaves to us where we reach it. */
  const complete = (made: Link): Link =>
    made.url.startsWith('/') ? { ...made, url: `${book.current?.url ?? ''}${made.url}` } : made;

  return {
    'hosted:keep': (payload) => forward('hosted:keep', payload),
    'hosted:watch': (payload) => {
      deps.onHostedWatched();
      return forward('hosted:watch', payload);
    },
    'hosted:drop': (payload) => forward('hosted:drop', payload),
    'link:create': async (payload) => complete(await forward('link:create', payload)),
    'links:list': async (payload) => {
      const { links, total } = await forward('links:list', payload);
      return { links: links.map(complete), total };
    },
    'link:takes': (payload) => forward('link:takes', payload),
    'link:revoke': (payload) => forward('link:revoke', payload),
    'token:create': (payload) => forward('token:create', payload),
    'tokens:list': (payload) => forward('tokens:list', payload),
    'token:revoke': (payload) => forward('token:revoke', payload),
  };
}
