/** One source of a folder's small files: asks for packs, one after the other, while the one before is written. */
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { TransferSource } from '@enxame/shared/engine/transfer';
import type { ContentId, DeviceId } from '@enxame/shared/ids';
import { packPath } from '@enxame/shared/peer/pack';
import type { Source } from '@enxame/shared/tracker/person';
import type { FileStamp } from '../hashing/regular-file.js';
import type { Authority } from '../peer/authority.js';
import { createRateMeter } from '../peer/rate-meter.js';
import { toSourceError } from '../transfers/source-faults.js';
import { startSourceLife, type LifeHost } from '../transfers/source-life.js';
import type { PackBoard } from './pack-board.js';
import type { PackLacks } from './pack-lacks.js';
import type { PackWriter } from './pack-writer.js';

export interface PackLinkHost extends LifeHost {
  readonly collectionId: ContentId;
  readonly board: PackBoard;
  readonly writer: PackWriter;
  authority(): Authority;
  /** It sent a wrong file. True: it has sent enough of them. */
  strike(deviceId: DeviceId): boolean;
  sizeOf(index: number): number;
  /** A file is verified and written. */
  onFile(index: number, stamp: FileStamp): void;
  /** A pack is done. */
  onWritten(bytes: number): void;
  onFailed(link: PackLink, failure: EnxameError): void;
}

export interface PackLink {
  readonly source: Source;
  readonly view: TransferSource;
  update(source: Source): void;
  wake(): void;
  redial(): void;
  /** Resolves when nothing of it is under way. Twice without harm. */
  close(): Promise<void>;
}

/** `lacks` is common to all connections to the source. */
export function createPackLink(first: Source, lacks: PackLacks, host: PackLinkHost): PackLink {
  const rate = createRateMeter(host.timers.now);
  /** One pack is verified and written while the next one comes. */
  let writing: Promise<void> = Promise.resolve();
  let bytesDone = 0;
  const life = startSourceLife(first, host, {
    step,
    letGo: () => undefined, // a pack that is being written is kept
    onFailed: (failure) => {
      host.onFailed(link, failure);
    },
  });

  async function step(): Promise<void> {
    const indexes = host.board.take(lacks.files);
    if (indexes.length === 0) {
      await writing;
      const { userName } = life.source;
      await life.idle(undefined, lacks.files.size > 0 ? toSourceError({ code: 'file-changed' }, userName) : null);
      lacks.forgetOld();
      return;
    }
    let frame: Uint8Array;
    try {
      const connection = await life.connect();
      life.setMoving();
      frame = await connection.get(
        packPath(host.collectionId, indexes),
        host.authority(),
        host.writer.maxBytes(indexes),
      );
    } catch (failure) {
      host.board.giveBack(indexes);
      host.onFreed();
      throw failure;
    }
    life.cameThrough();
    rate.add(frame.length);
    await writing;
    writing = write(indexes, frame);
    writing.catch(() => undefined); // awaited by the next step
  }

  async function write(indexes: readonly number[], frame: Uint8Array): Promise<void> {
    const open = new Set(indexes);
    let bytes = 0;
    let isStruckOut = false;
    try {
      const results = await host.writer.write(indexes, frame);
      for (const [at, index] of indexes.entries()) {
        const result = results[at];
        // Asked for again at once: three of them, and it is no source any more.
        if (result === 'wrong' || result === undefined) {
          isStruckOut = host.strike(life.source.deviceId) || isStruckOut;
          continue;
        }
        if (result === 'missing') {
          lacks.add(index);
          continue;
        }
        open.delete(index);
        host.onFile(index, result);
        host.board.settle(index);
        bytes += host.sizeOf(index);
      }
    } finally {
      host.board.giveBack(open);
    }
    bytesDone += bytes;
    host.onWritten(bytes);
    if (open.size > 0) host.onFreed();
    if (isStruckOut) throw new EnxameError('source-lied');
  }

  const link: PackLink = {
    get source() {
      return life.source;
    },
    get view() {
      return life.view({ bytesPerSecond: rate.bytesPerSecond(), bytesDone, piecesHeld: null });
    },
    update: life.update,
    wake: life.wake,
    redial: life.redial,
    close: async () => {
      await life.close();
      await writing.catch(() => undefined); // the step that began it has told why, or nobody asks any more
    },
  };
  return link;
}
