import { z } from 'zod';
import type { Clock } from '../clock.js';
import { createPacer } from '../pacer.js';
import type { ShellFiles } from '../shell-files.js';

/** No screen is that large; a larger number is a broken file. */
const maxPixels = 100_000;
const pixels = z.int().min(-maxPixels).max(maxPixels);

const memorySchema = z.object({
  /** Where the window was when it was not maximized. */
  bounds: z
    .object({ x: pixels, y: pixels, width: z.int().min(1).max(maxPixels), height: z.int().min(1).max(maxPixels) })
    .nullable(),
  maximized: z.boolean(),
  /** Whether the person was told that closing the window does not end the program. */
  toldOfTray: z.boolean(),
});
export type Memory = z.infer<typeof memorySchema>;

const nothing: Memory = { bounds: null, maximized: false, toldOfTray: false };
/** A window that is dragged moves sixty times a second. */
const saveMs = 1000;

export interface ShellMemory {
  readonly memory: Memory;
  /** Kept from now on; on disk within a second. */
  keep(change: Partial<Memory>): void;
  /** On disk when it resolves. */
  flush(): Promise<void>;
}

/** What the shell remembers of the window: nothing that would be missed, so a broken file counts as none. */
export async function openShellMemory(deps: {
  readonly path: string;
  readonly files: ShellFiles;
  readonly clock: Clock;
  readonly log: (error: unknown) => void;
}): Promise<ShellMemory> {
  const { path, files, log } = deps;
  let memory = await readMemory();
  let written = JSON.stringify(memory);
  let writing = Promise.resolve();
  const pacer = createPacer(deps.clock, saveMs, () => void save());

  async function readMemory(): Promise<Memory> {
    try {
      const text = await files.read(path);
      return text === undefined ? nothing : memorySchema.parse(JSON.parse(text));
    } catch (error) {
      log(error);
      return nothing;
    }
  }

  function save(): Promise<void> {
    writing = writing.then(async () => {
      const text = JSON.stringify(memory);
      if (text === written) return;
      try {
        await files.write(path, text);
        written = text;
      } catch (error) {
        log(error); // tried again with the next change
      }
    });
    return writing;
  }

  return {
    get memory() {
      return memory;
    },
    keep: (change) => {
      memory = { ...memory, ...change };
      pacer.nudge();
    },
    flush: save,
  };
}
