import { open, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { contentIdOf } from '@enxame/engine/content/content-id';
import { parseManifest, pieceHashAt, type Manifest } from '@enxame/shared/content/manifest';
import { pieceBytesFor, pieceCountFor } from '@enxame/shared/content/piece-size';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { readJournal } from '@enxame/storage/read-journal';
import { blake3 } from '@napi-rs/blake-hash';
import { storedCopySchema } from '../domain/stored-copy.js';
import { endingsOf } from '../hosted/hosted-files.js';
import { checkHostedFolder } from './check-folder.js';

/** What is wrong with a manifest or with the bytes of a hosted copy; undefined when nothing is. */
export async function checkHostedCopy(path: string): Promise<string | undefined> {
  const [id = '', ending] = basename(path).split('.');
  if (ending === 'manifest') return (await readManifest(path, id)) ? undefined : 'is not the manifest of its content';
  if (ending === 'files') return checkHostedFolder(path);
  if (ending !== 'blob') return undefined;
  const manifest = await readManifest(path.replace(/\.blob$/, '.manifest'), id);
  if (!manifest) return 'has no manifest';
  if ((await stat(path)).size !== manifest.size) return 'has another size than its content';
  return checkPieces(path, manifest);
}

async function readManifest(path: string, id: string): Promise<Manifest | undefined> {
  try {
    const manifest = parseManifest(await readFile(path));
    return contentIdOf(manifest) === id ? manifest : undefined;
  } catch (error) {
    if (error instanceof EnxameError || (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

async function checkPieces(path: string, manifest: Manifest): Promise<string | undefined> {
  const pieceBytes = pieceBytesFor(manifest.size);
  const buffer = Buffer.allocUnsafe(Math.min(pieceBytes, Math.max(1, manifest.size)));
  const file = await open(path, 'r');
  try {
    for (let index = 0; index < pieceCountFor(manifest.size); index++) {
      const start = index * pieceBytes;
      const length = Math.min(pieceBytes, manifest.size - start);
      const { bytesRead } = await file.read(buffer, 0, length, start);
      const piece = buffer.subarray(0, bytesRead);
      if (!blake3(piece).equals(Buffer.from(pieceHashAt(manifest, index)))) {
        return `piece ${String(index)} is not what it was`;
      }
    }
  } finally {
    await file.close();
  }
  return undefined;
}

/** Of copies that the journal says are here, what is not: `hosted/<name>`. */
export async function missingCopies(dataFolder: string): Promise<string[]> {
  const namesHere = async (): Promise<string[]> => {
    const { records } = await readJournal(join(dataFolder, 'hosted', 'copies.jsonl'), storedCopySchema);
    return [...records.values()]
      .filter(({ state }) => state === 'here')
      .flatMap(({ contentId, collection }) => endingsOf(collection !== undefined).map((ending) => contentId + ending));
  };
  const missing = async (name: string): Promise<boolean> =>
    stat(join(dataFolder, 'hosted', name)).then(
      () => false,
      () => true, // whatever it is, it cannot be read
    );
  const found: string[] = [];
  for (const name of await namesHere()) if (await missing(name)) found.push(name);
  if (found.length === 0) return [];
  // A tracker that runs may have dropped some of them meanwhile.
  const still = new Set(await namesHere());
  return found.filter((name) => still.has(name)).map((name) => `hosted/${name}`);
}
