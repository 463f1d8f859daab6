import { createPublicKey } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encodePublicKey, toUserId } from '@enxame/identity/public-key';
import type { AnnouncedEntry } from '@enxame/shared/tracker/entry';
import type { Corpus } from './corpus.js';
import type { LoadUser } from './load-device.js';

/**
 * Users with so many entries each, written as the tracker writes them (docs/spec/tracker-protocol.md, T30), while it does
 * not run: announcing a million one after the other would take longer than all that is measured. `all`: everybody, those
 * that are there already among them; `added`: those without a catalogue.
 */
export async function writeCatalogues(
  dataFolder: string,
  all: readonly LoadUser[],
  added: readonly LoadUser[],
  perUser: number,
  corpus: Corpus,
  onEntry: (user: LoadUser, entry: AnnouncedEntry) => void = () => undefined,
): Promise<void> {
  const folder = join(dataFolder, 'catalogues');
  await mkdir(folder, { recursive: true });
  for (const user of added) {
    const devices = [user.deviceId];
    const lines = [JSON.stringify({ version: 2, userId: idOf(user) })];
    for (let index = 0; index < perUser; index++) {
      const entry = corpus.entry();
      onEntry(user, entry);
      lines.push(JSON.stringify({ put: { ...entry, devices } }));
    }
    await writeFile(join(folder, `${idOf(user)}.jsonl`), `${lines.join('\n')}\n`);
  }
  const users = all.map((user) => ({
    id: idOf(user),
    name: user.name,
    userKey: encodePublicKey(createPublicKey(user.userKey)),
    registeredAt: 1_700_000_000_000,
    lastSeenAt: null,
  }));
  await writeFile(join(dataFolder, 'users.json'), JSON.stringify({ version: 1, users }));
}

const idOf = (user: LoadUser): string => toUserId(createPublicKey(user.userKey));
