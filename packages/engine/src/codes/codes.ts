import { randomUUID } from 'node:crypto';
import { codeIdSchema, type CodeFile, type CodeId, type CodeReceive, type CodeSend } from '@enxame/shared/engine/code';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { compactCodeForm, completeCode, defaultCodeWords, type CodeForm } from '@enxame/wormhole/codes/code';
import { parseCodeOrLink } from '@enxame/wormhole/codes/code-link';
import type { Language } from '@enxame/shared/language';
import type { CodeDeps } from './code-deps.js';
import { preparePaths, prepareText } from './code-offer.js';
import { createCodeReceive, type RunningCodeReceive } from './code-receive.js';
import { createCodeSend, type RunningCodeSend } from './code-send.js';
import { toRendezvous } from './mailbox-url.js';

export interface NewCodeSend {
  readonly paths: readonly string[];
  readonly text: string | null;
  readonly keep: boolean;
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
  close(): Promise<void>;
}

/** What has ended stays listed for people to see; the oldest go first. */
const maxListed = 200;

export function createCodes(
  deps: CodeDeps & {
    /** The tracker in use, `https://host:port`; undefined: none was chosen. */
    readonly trackerUrl: () => string | undefined;
    readonly downloadsFolder: () => string;
    readonly language: () => Language;
    readonly onChange: () => void;
  },
): Codes {
  const sends = new Map<CodeId, RunningCodeSend>();
  const receives = new Map<CodeId, RunningCodeReceive>();

  function placeOf(address: string | undefined): string {
    const place = address ?? deps.trackerUrl();
    if (place === undefined) throw new EnxameError('tracker-not-chosen');
    return place;
  }

  function makeRoom(list: Map<CodeId, RunningCodeSend | RunningCodeReceive>): void {
    for (const [id, { view }] of list) {
      if (list.size < maxListed) return;
      if (['ended', 'received', 'refused', 'failed'].includes(view.state)) list.delete(id);
    }
    if (list.size >= maxListed) throw new EnxameError('too-large');
  }

  function find<T>(list: ReadonlyMap<CodeId, T>, id: CodeId): T {
    const found = list.get(id);
    if (!found) throw new EnxameError('not-found');
    return found;
  }

  const toForm = (words = defaultCodeWords): CodeForm =>
    words === 0 ? compactCodeForm : { words, language: deps.language() };

  return {
    list: () => ({
      sends: [...sends.values()].map(({ view }) => view),
      receives: [...receives.values()].map(({ view }) => view),
    }),
    send: async ({ paths, text, keep, words, lifeMs, rendezvous }) => {
      makeRoom(sends);
      const place = placeOf(rendezvous);
      const id = codeIdSchema.parse(randomUUID());
      const send = createCodeSend(
        {
          id,
          offer: text === null ? await preparePaths(paths) : prepareText(text),
          keep,
          form: toForm(words),
          ...(lifeMs !== undefined && { lifeMs }),
          rendezvous: toRendezvous(place),
          place: place.startsWith('https:') ? new URL(place).host : undefined,
          onChange: deps.onChange,
        },
        deps,
      );
      sends.set(id, send);
      try {
        await send.start();
      } catch (error) {
        sends.delete(id);
        await send.close();
        throw error;
      }
      return send.view;
    },
    stop: async (id) => {
      await find(sends, id).stop();
    },
    receive: async ({ code, rendezvous }) => {
      makeRoom(receives);
      const link = parseCodeOrLink(code);
      const at = link.at === undefined ? undefined : `https://${link.at}`;
      const id = codeIdSchema.parse(randomUUID());
      const receive = createCodeReceive(
        {
          id,
          code: link.code,
          rendezvous: toRendezvous(placeOf(rendezvous ?? at)),
          folder: deps.downloadsFolder(),
          onChange: deps.onChange,
        },
        deps,
      );
      receives.set(id, receive);
      await receive.start();
      return receive.view;
    },
    contents: (id) => {
      find(receives, id);
      return Promise.reject(new EnxameError('not-supported'));
    },
    accept: (id, { folder, only }) => {
      const receive = find(receives, id);
      if (only) return Promise.reject(new EnxameError('not-supported'));
      receive.accept(folder ?? deps.downloadsFolder());
      return Promise.resolve(receive.view);
    },
    refuse: (id) => find(receives, id).refuse(),
    complete: (typed) => completeCode(typed, deps.language()),
    remove: async (id) => {
      await sends.get(id)?.close();
      await receives.get(id)?.close();
      if (!sends.delete(id) && !receives.delete(id)) throw new EnxameError('not-found');
      deps.onChange();
    },
    close: async () => {
      await Promise.all([...sends.values(), ...receives.values()].map((running) => running.close()));
    },
  };
}
