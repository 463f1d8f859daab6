import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Blake3Hasher } from '@napi-rs/blake-hash';
import { toBase32 } from '@enxame/shared/content/base32';
import { encodeManifest, parseManifest, type Manifest } from '@enxame/shared/content/manifest';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { ContentId } from '@enxame/shared/ids';
import { toDiskError } from '@enxame/storage/disk-error';
import { removeFile, writeDurably } from '@enxame/storage/durable-file';

/** The manifests of downloads under way, so that a part file can be checked before any source is back. */
export interface ManifestCache {
  /** Undefined when there is none, or the one on disk is not the content's. */
  load(contentId: ContentId): Promise<Manifest | undefined>;
  save(contentId: ContentId, manifest: Manifest): Promise<void>;
  remove(contentId: ContentId): Promise<void>;
}

export function createManifestCache(folder: string): ManifestCache {
  const pathOf = (contentId: ContentId): string => join(folder, `${contentId}.manifest`);
  return {
    load: async (contentId) => {
      try {
        return parseContentManifest(contentId, await readFile(pathOf(contentId)));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        if (error instanceof EnxameError && error.code === 'manifest-mismatch') return undefined; // fetched again
        throw toDiskError(error, folder);
      }
    },
    save: async (contentId, manifest) => {
      try {
        await mkdir(folder, { recursive: true });
      } catch (error) {
        throw toDiskError(error, folder);
      }
      await writeDurably(pathOf(contentId), encodeManifest(manifest));
    },
    remove: (contentId) => removeFile(pathOf(contentId)),
  };
}

/** Reads a manifest from anywhere: its hash must be the contentId. Throws `manifest-mismatch`. */
export function parseContentManifest(contentId: ContentId, bytes: Uint8Array): Manifest {
  const hasher = new Blake3Hasher();
  hasher.update(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  if (toBase32(hasher.digestBuffer()) !== contentId) throw new EnxameError('manifest-mismatch');
  return parseManifest(bytes);
}
