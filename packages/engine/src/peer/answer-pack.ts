import type { ServerResponse } from 'node:http';
import type { ContentId } from '@enxame/shared/ids';
import { parsePackRanges } from '@enxame/shared/peer/pack';
import type { OpenPack, PeerClaims } from './content-access.js';
import type { Uploads } from '../queue/uploads.js';
import { sendBytes } from './body-writer.js';

/**
 * Many small files of a collection in one answer. They are read before the head is written, for the length of the answer
 * follows from which of them are still what they were. (docs/spec/peer-protocol.md, P50 to P53)
 */
export async function answerPack(
  deps: { readonly uploads: Uploads },
  response: ServerResponse,
  pack: OpenPack,
  wanted: { readonly collectionId: ContentId; readonly ranges: string; readonly claims: PeerClaims },
): Promise<void> {
  const { collectionId, claims } = wanted;
  const indexes = parsePackRanges(wanted.ranges);
  const target = {
    deviceId: claims.sub,
    userName: claims.name,
    contentId: collectionId,
    name: pack.name,
    size: pack.size,
    files: pack.files,
  };
  const upload = deps.uploads.begin(target, indexes.at(-1) === pack.last ? pack.size : 0);
  let isWhole = false;
  try {
    const frame = await pack.read(indexes);
    response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': frame.length });
    await sendBytes(frame, response, upload);
    isWhole = true;
  } finally {
    upload.end(isWhole);
  }
}
