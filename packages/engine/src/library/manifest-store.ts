import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encodeManifest, parseManifest, pieceHashBytes, type Manifest } from '@enxame/shared/content/manifest';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { ContentId } from '@enxame/shared/ids';
import { removeFile } from '@enxame/storage/durable-file';
import { toDiskError } from '@enxame/storage/disk-error';
import { contentIdOf } from '../content/content-id.js';

/** Manifests of up to so many pieces ride in the record; a larger one would weigh on memory, and has its own file. */
export const maxInlinePieces = 8;

/** The piece hashes as a record carries them; null when they have a file of their own. */
export function toInlineHashes(manifest: Manifest): string | null {
  const inline = manifest.pieceHashes.length <= maxInlinePieces * pieceHashBytes;
  return inline ? Buffer.from(manifest.pieceHashes).toString('base64') : null;
}

export function fromInlineHashes(size: number, text: string): Manifest {
  return { size, pieceHashes: Buffer.from(text, 'base64') };
}

/** The larger manifests, a file each, named by contentId. */
export interface ManifestStore {
  write(contentId: ContentId, manifest: Manifest): Promise<void>;
  /** Throws `manifest-mismatch` when what is there is not the manifest, or nothing is. */
  read(contentId: ContentId): Promise<Manifest>;
  remove(contentId: ContentId): Promise<void>;
}

export async function openManifestStore(folder: string): Promise<ManifestStore> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const pathOf = (contentId: ContentId): string => join(folder, contentId);
  let writes = 0;
  return {
    // Not flushed, on purpose: three flushes a file would make a thousand photos take half a minute. A manifest that a
    // power cut spoils does not hash to its name, which `read` notices, and the file is hashed again.
    write: async (contentId, manifest) => {
      const beside = `${pathOf(contentId)}.new-${String(writes++)}`;
      try {
        await writeFile(beside, encodeManifest(manifest), { mode: 0o600 });
        await rename(beside, pathOf(contentId));
      } catch (error) {
        await removeFile(beside);
        throw toDiskError(error, folder);
      }
    },
    read: async (contentId) => {
      try {
        const manifest = parseManifest(await readFile(pathOf(contentId)));
        if (contentIdOf(manifest) === contentId) return manifest;
      } catch (error) {
        throw new EnxameError('manifest-mismatch', undefined, { cause: error });
      }
      throw new EnxameError('manifest-mismatch');
    },
    remove: (contentId) => removeFile(pathOf(contentId)),
  };
}
