import { splitExtension } from '@enxame/shared/content/file-name';

/** "name.ext", "name (2).ext", "name (3).ext", ...: where a file can go without touching what is there. */
export function* candidateNames(name: string): Generator<string> {
  yield name;
  const { stem, extension } = splitExtension(name);
  for (let number = 2; ; number++) yield `${stem} (${String(number)})${extension}`;
}
