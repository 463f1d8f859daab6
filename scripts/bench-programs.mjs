// The programs of bench/: files that begin, after their imports, with a line "// name: what it measures".

import { readFile, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';

/** What a source says that it measures; undefined for a part of other programs. */
export function readDescription(name, source) {
  const line = new RegExp(`^// ${name}: (.+(?:\\n// .+)*)`, 'm').exec(source)?.[1];
  return line?.replaceAll('\n// ', ' ');
}

/** @returns {Promise<{ name: string, description: string }[]>} */
export async function listBenchPrograms(folder) {
  const names = (await readdir(folder))
    .filter((file) => /^[\w-]+\.ts$/.test(file))
    .map((file) => basename(file, '.ts'));
  const programs = await Promise.all(
    names.sort().map(async (name) => ({
      name,
      description: readDescription(name, await readFile(join(folder, `${name}.ts`), 'utf8')),
    })),
  );
  return programs.filter(({ description }) => description !== undefined);
}
