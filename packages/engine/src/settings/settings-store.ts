import { constants } from 'node:fs';
import { access, mkdir } from 'node:fs/promises';
import { homedir, hostname } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import { settingsSchema, type Settings } from '@enxame/shared/engine/status';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { toDiskError } from '@enxame/storage/disk-error';
import { readJsonDocument, writeJsonDocument, type OnBroken } from '@enxame/storage/json-document';
import { createSingleWriter } from '@enxame/storage/single-writer';
import { z } from 'zod';

const documentSchema = settingsSchema.extend({ peerPort: z.int().min(0).max(65_535) });
type Document = z.infer<typeof documentSchema>;

export interface SettingsStore {
  readonly settings: Settings;
  /** The port of the peer server the last time; 0 at first. */
  readonly peerPort: number;
  /** Durable when it resolves. Throws `folder-not-writable`, `folder-missing`, ... for a folder that cannot be made. */
  update(change: Partial<Settings>): Promise<Settings>;
  setPeerPort(port: number): Promise<void>;
}

/** Opens the settings of a data folder; `downloadsFolder` counts on the first start only. */
export async function openSettings(
  dataFolder: string,
  downloadsFolder: string | undefined,
  onBroken: OnBroken,
): Promise<SettingsStore> {
  const path = join(dataFolder, 'settings.json');
  let document: Document = (await readJsonDocument(path, documentSchema, onBroken)) ?? {
    downloadsFolder: resolve(downloadsFolder ?? join(homedir(), 'Enxame')),
    deviceName: hostname().slice(0, 80) || 'computer',
    language: 'system',
    theme: 'system',
    peerPort: 0,
  };
  const writer = createSingleWriter(() => writeJsonDocument(path, document));
  const save = async (next: Document): Promise<void> => {
    const before = document;
    document = next;
    try {
      await writer.save();
    } catch (error) {
      if (document === next) document = before;
      throw error;
    }
  };
  return {
    get settings() {
      return settingsSchema.parse(document);
    },
    get peerPort() {
      return document.peerPort;
    },
    update: async (change) => {
      if (change.downloadsFolder !== undefined) await makeFolder(change.downloadsFolder);
      await save({ ...document, ...change });
      return settingsSchema.parse(document);
    },
    setPeerPort: (peerPort) => save({ ...document, peerPort }),
  };
}

async function makeFolder(folder: string): Promise<void> {
  if (!isAbsolute(folder)) throw new EnxameError('path-not-found', { path: folder });
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw toDiskError(error, folder);
  }
}
