import { join } from 'node:path';
import { maxBlocked, maxPersonNoteChars, type BlockedPerson } from '@enxame/shared/engine/person-calls';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { toNameKey } from '@enxame/shared/identity/user-name';
import { userIdSchema, type UserId } from '@enxame/shared/ids';
import { openJournal } from '@enxame/storage/journal';
import type { OnBroken } from '@enxame/storage/json-document';
import { z } from 'zod';

const recordSchema = z.object({
  userId: userIdSchema,
  /** As it was last seen. */
  name: z.string(),
  verifiedAt: z.int().nullable().default(null),
  blockedAt: z.int().nullable().default(null),
  note: z.string().max(maxPersonNoteChars).default(''),
});
export type PersonNotes = z.infer<typeof recordSchema>;

/** Whom this person trusts, has blocked, and what is noted about whom: by key, so for every network. Owns `person-notes.jsonl`. */
export interface PersonBook {
  get(userId: UserId): PersonNotes | undefined;
  /** Durable when it resolves. */
  verify(person: NamedUser, isVerified: boolean): Promise<void>;
  /** Throws `too-large` past `maxBlocked`. */
  block(person: NamedUser, isBlocked: boolean): Promise<void>;
  note(person: NamedUser, note: string): Promise<void>;
  /** By the key where it is known; a tracker of earlier days told only the name. */
  readonly isBlocked: (person: { readonly id: UserId | undefined; readonly name: string | undefined }) => boolean;
  /** The latest first. */
  blocked(): BlockedPerson[];
  /** Others are blocked now than before. */
  onBlocked(listener: () => void): () => void;
  close(): Promise<void>;
}

export interface NamedUser {
  readonly id: UserId;
  readonly name: string;
}

export async function openPersonBook(
  dataFolder: string,
  deps: { readonly onBroken: OnBroken; readonly now: () => number },
): Promise<PersonBook> {
  const journal = await openJournal(join(dataFolder, 'person-notes.jsonl'), recordSchema, deps.onBroken, deps.now);

  const listeners = new Set<() => void>();

  async function change({ id, name }: NamedUser, part: Partial<PersonNotes>): Promise<void> {
    const known = journal.get(id) ?? { userId: id, name, verifiedAt: null, blockedAt: null, note: '' };
    const next = { ...known, ...part, name };
    const isEmpty = next.verifiedAt === null && next.blockedAt === null && next.note === '';
    await (isEmpty ? journal.delete(id) : journal.set(id, next));
  }

  function blocked(): BlockedPerson[] {
    const found: BlockedPerson[] = [];
    for (const { userId, name, blockedAt } of journal.values()) {
      if (blockedAt !== null) found.push({ id: userId, name, blockedAt });
    }
    return found.sort((left, right) => right.blockedAt - left.blockedAt);
  }

  return {
    get: (userId) => journal.get(userId),
    verify: (person, isVerified) => change(person, { verifiedAt: isVerified ? deps.now() : null }),
    block: async (person, isBlocked) => {
      if (isBlocked && !journal.get(person.id)?.blockedAt && blocked().length >= maxBlocked) {
        throw new EnxameError('too-large', { max: maxBlocked });
      }
      await change(person, { blockedAt: isBlocked ? deps.now() : null });
      for (const listener of listeners) listener();
    },
    note: (person, note) => change(person, { note }),
    isBlocked: ({ id, name }) => {
      if (id !== undefined) return (journal.get(id)?.blockedAt ?? null) !== null;
      if (name === undefined) return false;
      const key = toNameKey(name);
      return blocked().some((person) => toNameKey(person.name) === key);
    },
    blocked,
    onBlocked: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => journal.close(),
  };
}
