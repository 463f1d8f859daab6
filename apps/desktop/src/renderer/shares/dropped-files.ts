/** What of a drop the walk needs; the browser's own types say the same. */
interface Entry {
  readonly name: string;
  readonly isFile: boolean;
  readonly isDirectory: boolean;
}
interface FileEntry extends Entry {
  file(done: (file: File) => void, failed: (error: unknown) => void): void;
}
interface FolderEntry extends Entry {
  createReader(): { readEntries(done: (entries: Entry[]) => void, failed: (error: unknown) => void): void };
}

/**
 * The files of a drop, those in folders one by one. The entries must be taken while the drop event is being handled;
 * reading them may take longer. Rejects when the browser refuses to read one.
 */
export async function readDroppedFiles(entries: readonly Entry[]): Promise<File[]> {
  const files: File[] = [];
  for (const entry of entries) {
    if (entry.isFile)
      files.push(
        await new Promise<File>((done, failed) => {
          (entry as FileEntry).file(done, failed);
        }),
      );
    else if (entry.isDirectory) files.push(...(await readDroppedFiles(await readFolder(entry as FolderEntry))));
  }
  return files;
}

/** A reader gives a hundred entries or so at a time, and none when it is through. */
async function readFolder(folder: FolderEntry): Promise<Entry[]> {
  const reader = folder.createReader();
  const all: Entry[] = [];
  for (;;) {
    const some = await new Promise<Entry[]>((done, failed) => {
      reader.readEntries(done, failed);
    });
    if (some.length === 0) return all;
    all.push(...some);
  }
}

/** The entries of a drop, taken at once: after the event they are gone. What has no entry is at least a file. */
export function takeEntries(items: DataTransferItemList): Entry[] {
  return [...items].flatMap((item) => item.webkitGetAsEntry() ?? toEntry(item.getAsFile()));
}

function toEntry(file: File | null): FileEntry | [] {
  if (!file) return [];
  return {
    name: file.name,
    isFile: true,
    isDirectory: false,
    file: (done) => {
      done(file);
    },
  };
}
