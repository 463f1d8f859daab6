import { randomInt } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import { removeFile, renameDurably } from './durable-file.js';

/** As much text as is made before the rest of the program gets its turn. */
const chunkChars = 128 * 1024;
/** Flushed after so much: one flush of everything at the end would hold up the flushes of everybody on the disk. */
const flushChars = 2 * 1024 * 1024;

export const toJournalLine = (key: string, value: unknown): string => `${JSON.stringify({ k: key, v: value })}\n`;

/**
 * A journal written anew beside the old one, which goes on taking changes meanwhile. Owns the file beside until it takes
 * the journal's place. Order: `written`, then `replace` or `abandon`.
 */
export interface JournalRewrite {
  /** All records are beside. Rejects with the system's error; nothing is beside then. */
  readonly written: Promise<void>;
  /** Adds the lines of the changes that came since it was started, and takes the place. What it answers appends. */
  replace(lines: string): Promise<FileHandle>;
  /** Takes away what is beside. Twice without harm. */
  abandon(): Promise<void>;
}

/** The records may change while they are written: the lines given to `replace` then say how they are. */
export function startJournalRewrite(path: string, records: ReadonlyMap<string, unknown>): JournalRewrite {
  const beside = `${path}.${String(randomInt(2 ** 47))}`;
  let file: FileHandle | undefined;
  let abandoned = false;

  async function remove(): Promise<void> {
    await file?.close();
    file = undefined;
    await removeFile(beside);
  }

  async function write(): Promise<void> {
    try {
      // Appending, for as the journal it goes on through this handle.
      file = await open(beside, 'ax', 0o600);
      let text = '';
      let unflushed = 0;
      for (const [key, value] of records) {
        text += toJournalLine(key, value);
        if (text.length < chunkChars) continue;
        await file.appendFile(text);
        unflushed += text.length;
        text = '';
        if (abandoned) break;
        if (unflushed < flushChars) continue;
        await file.datasync();
        unflushed = 0;
      }
      await file.appendFile(text);
      await file.datasync();
    } catch (error) {
      await remove().catch(() => undefined); // what went wrong first is what counts
      throw error;
    }
  }

  const written = write();
  return {
    written,
    replace: async (lines) => {
      const mine = file;
      if (!mine) throw new Error('a rewrite that is not there takes no place');
      try {
        await mine.appendFile(lines);
        await mine.datasync();
        await renameDurably(beside, path);
        file = undefined;
        return mine;
      } catch (error) {
        await remove().catch(() => undefined); // what went wrong first is what counts
        throw error;
      }
    },
    abandon: async () => {
      abandoned = true;
      await written.catch(() => undefined); // told to whoever waits for it
      await remove();
    },
  };
}
