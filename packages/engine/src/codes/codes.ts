import { randomUUID } from 'node:crypto';
import {
  codeIdSchema,
  maxCodeReceivers,
  type CodeFile,
  type CodeId,
  type CodeReceive,
  type CodeSend,
} from '@enxame/shared/engine/code';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { compactCodeForm, completeCode, defaultCodeWords, type CodeForm } from '@enxame/wormhole/codes/code';
import { parseCodeOrLink } from '@enxame/wormhole/codes/code-link';
import type { Language } from '@enxame/shared/language';
import { createCodeReceive, type RunningCodeReceive } from './code-receive.js';
import type { CodeSends } from './code-sends.js';
import { toRendezvous } from './mailbox-url.js';
import type { PeerReceiveDeps } from './receive/peer-receive-deps.js';

export interface NewCodeSend {
  readonly paths: readonly string[];
  readonly text: string | null;
  readonly keep: boolean;
  /** Of a code for many: so many may come in all. */
  readonly receivers?: number;
  /** 0: the compact form. */
  readonly words?: number;
  readonly lifeMs?: number;
  readonly rendezvous?: string;
}

/** What waits under codes, and what comes under them. Lives as long as the engine. */
export interface Codes {
  list(): { sends: CodeSend[]; receives: CodeReceive[] };
  send(wanted: NewCodeSend): Promise<CodeSend>;
  /** Throws `not-found`. */
  stop(id: CodeId): Promise<void>;
  /** Resolves when there is an offer, or when it failed. Throws `code-invalid`, `tracker-not-chosen`. */
  receive(wanted: { readonly code: string; readonly rendezvous?: string }): Promise<CodeReceive>;
  /** Throws `not-supported` when the other side lists nothing before it is accepted. */
  contents(
    id: CodeId,
    page: { readonly offset: number; readonly limit: number },
  ): Promise<{ total: number; files: CodeFile[] }>;
  accept(id: CodeId, chosen: { readonly folder?: string; readonly only?: readonly string[] }): Promise<CodeReceive>;
  refuse(id: CodeId): Promise<void>;
  complete(typed: string): string[];
  /** Takes what has ended off the list, and stops what has not. */
  remove(id: CodeId): Promise<void>;
  /** Some transfer is not what it was. */
  readonly transferChanged: () => void;
  close(): Promise<void>;
}

/** What has ended stays listed for people to see; the oldest go first. */
const maxListed = 200;

export function createCodes(
  deps: PeerReceiveDeps & {
    readonly sends: CodeSends;
    /** The tracker in use, `https://host:port`; undefined: none was chosen. */
    readonly trackerUrl: () => string | undefined;
    readonly downloadsFolder: () => string;
    readonly language: () => Language;
    readonly onChange: () => void;
  },
): Codes {
  const { sends } = deps;
  const receives = new Map<CodeId, RunningCodeReceive>();

  function placeOf(address: string | undefined): string {
    const place = address ?? deps.trackerUrl();
    if (place === undefined) throw new EnxameError('tracker-not-chosen');
    return place;
  }

  async function makeRoomForSend(): Promise<void> {
    const listed = sends.list();
    const ended = listed.filter(({ state, receivers, coming }) => {
      const isAwaited = receivers.some((receiver) => receiver.state === 'deciding' || receiver.state === 'moving');
      return state === 'ended' && coming === 0 && !isAwaited;
    });
    for (const { id } of ended.slice(0, Math.max(0, listed.length + 1 - maxListed))) await sends.remove(id);
    if (sends.list().length >= maxListed) throw new EnxameError('too-large');
  }

  function makeRoomForReceive(): void {
    for (const [id, { view }] of receives) {
      if (receives.size < maxListed) return;
      if (['received', 'refused', 'failed'].includes(view.state)) receives.delete(id);
    }
    if (receives.size >= maxListed) throw new EnxameError('too-large');
  }

  function find(id: CodeId): RunningCodeReceive {
    const found = receives.get(id);
    if (!found) throw new EnxameError('not-found');
    return found;
  }

  const toForm = (words = defaultCodeWords): CodeForm =>
    words === 0 ? compactCodeForm : { words, language: deps.language() };

  return {
    list: () => ({ sends: sends.list(), receives: [...receives.values()].map(({ view }) => view) }),
    send: async ({ words, rendezvous, keep, receivers = keep ? maxCodeReceivers : 1, ...wanted }) => {
      await makeRoomForSend();
      const place = placeOf(rendezvous);
      return sends.send(codeIdSchema.parse(randomUUID()), {
        ...wanted,
        keep: receivers > 1,
        maxReceivers: receivers,
        form: toForm(words),
        place,
      });
    },
    stop: async (id) => {
      const send = sends.get(id);
      if (!send) throw new EnxameError('not-found');
      await send.stop();
    },
    receive: async ({ code, rendezvous }) => {
      makeRoomForReceive();
      const link = parseCodeOrLink(code);
      const at = link.at === undefined ? undefined : `https://${link.at}`;
      const id = codeIdSchema.parse(randomUUID());
      const receive = createCodeReceive(
        {
          id,
          code: link.code,
          rendezvous: toRendezvous(placeOf(rendezvous ?? at), deps.trackerUrl()),
          folder: deps.downloadsFolder(),
          onChange: deps.onChange,
        },
        deps,
      );
      receives.set(id, receive);
      await receive.start();
      return receive.view;
    },
    contents: (id, page) => find(id).contents(page),
    accept: async (id, { folder, only }) => {
      const receive = find(id);
      await receive.accept(folder ?? deps.downloadsFolder(), only);
      return receive.view;
    },
    refuse: (id) => find(id).refuse(),
    complete: (typed) => completeCode(typed, deps.language()),
    remove: async (id) => {
      const receive = receives.get(id);
      if (!receive && !sends.get(id)) throw new EnxameError('not-found');
      await receive?.stop();
      receives.delete(id);
      await sends.remove(id);
      deps.onChange();
    },
    transferChanged: () => {
      const running = [...receives.values()].filter(({ view }) => view.state === 'moving');
      for (const receive of running) receive.transferChanged();
      if (running.length > 0 || sends.list().some(({ receivers }) => receivers.some(({ state }) => state === 'moving')))
        deps.onChange();
    },
    close: async () => {
      const running = [...receives.values()];
      receives.clear();
      await Promise.all(running.map((receive) => receive.close()));
      await sends.close();
    },
  };
}
