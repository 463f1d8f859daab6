/**
 * The thread that reads catalogues when the tracker starts: from the file to columns, one after the other, while the
 * tracker's own thread puts those before into its index. Changes nothing on disk: what is not as it should be goes back.
 */
import { readFileSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import { buffersOf, toEntryColumns } from '../domain/entry-columns.js';
import { splitByAudience } from '../domain/stored-entry.js';
import { unhurried } from '../domain/turns.js';
import { readCatalogueLines } from './catalogue-lines.js';
import type { CatalogueJob, CatalogueReply } from './catalogue-thread.js';

if (!parentPort) throw new Error('catalogue-worker runs as a worker thread');
const port = parentPort;
let before = Promise.resolve();

port.on('message', (job: CatalogueJob) => {
  before = before.then(async () => {
    const reply = await read(job);
    port.postMessage(reply, reply.sound ? buffersOf(reply.columns) : []);
  });
});

async function read({ path, userId }: CatalogueJob): Promise<CatalogueReply> {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch {
    return { sound: false }; // the tracker's own thread looks, and tells what it finds
  }
  const found = await readCatalogueLines(bytes, userId, unhurried.begin());
  if (!found || found.broken.length > 0) return { sound: false };
  const { entries, lines, end } = found;
  const { open, restricted } = splitByAudience(entries.values());
  return { sound: true, columns: toEntryColumns(open), restricted, lines, end };
}
