import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** The few small files that the shell itself keeps, outside of the engine's data. */
export interface ShellFiles {
  /** Undefined when there is none. */
  read(path: string): Promise<string | undefined>;
  /** Whole or not at all; makes the folder. */
  write(path: string, text: string): Promise<void>;
  /** Also when there is none. */
  remove(path: string): Promise<void>;
}

export const systemFiles: ShellFiles = {
  read: async (path) => {
    try {
      return await readFile(path, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  },
  write: async (path, text) => {
    await mkdir(dirname(path), { recursive: true });
    const beside = `${path}.new`;
    await writeFile(beside, text);
    await rename(beside, path);
  },
  remove: (path) => rm(path, { force: true }),
};
