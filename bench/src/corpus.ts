import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { toBase32 } from '@enxame/shared/content/base32';
import { toSafeFileName } from '@enxame/shared/content/file-name';
import { contentIdSchema, entryIdSchema } from '@enxame/shared/ids';
import type { AnnouncedEntry } from '@enxame/shared/tracker/entry';
import { createRandom, type Random } from './random.js';

/** Names as people have them, and entries under those names. The same machine and seed give the same ones. */
export interface Corpus {
  readonly sources: { readonly files: number; readonly titles: number };
  entry(): AnnouncedEntry;
  /** What somebody would type to find one of the entries made so far. */
  search(): string;
}

/** Where Debian keeps the listings of what is installed. */
const listings = '/var/lib/dpkg/info';
const outputBytes = 512 * 1024 * 1024;
const extensions = [
  'pdf',
  'mp4',
  'mkv',
  'mp3',
  'flac',
  'jpg',
  'png',
  'zip',
  'tar.gz',
  'epub',
  'docx',
  'odt',
  'iso',
  'txt',
];
const newestMs = 1_790_000_000_000;
const spanMs = 3 * 365 * 86_400_000;
/** One in so many entries has the content of an earlier one. */
const sharedContent = 8;
const rememberedNames = 50_000;

/**
 * Names of files from the listings of this machine's packages (else of /usr/share), and titles from the descriptions of
 * all packages that its package manager knows, made into names: as they are, with their folder's name, with years and numbers.
 */
export function createCorpus(seed: number): Corpus {
  const random = createRandom(seed);
  const paths = readPaths();
  if (paths.length === 0) throw new Error('this machine has no file listings to take names from');
  const titles = readTitles();
  const contents: Pick<AnnouncedEntry, 'contentId' | 'size' | 'sha256'>[] = [];
  const names: string[] = [];

  function nextContent(): Pick<AnnouncedEntry, 'contentId' | 'size' | 'sha256'> {
    if (contents.length > 0 && random.below(sharedContent) === 0) return random.pick(contents);
    const content = {
      contentId: contentIdSchema.parse(toBase32(random.bytes(32))),
      // Many small, some huge: from some bytes to some gigabytes.
      size: Math.floor(2 ** (4 + random.next() * 28)),
      sha256: Buffer.from(random.bytes(32)).toString('hex'),
    };
    if (contents.length < rememberedNames) contents.push(content);
    return content;
  }

  return {
    sources: { files: paths.length, titles: titles.length },
    entry: () => {
      const name = toSafeFileName(createName(random, paths, titles));
      if (names.length < rememberedNames) names.push(name);
      else names[random.below(rememberedNames)] = name;
      return {
        id: entryIdSchema.parse(toBase32(random.bytes(16))),
        ...nextContent(),
        name,
        addedAt: newestMs - Math.floor(random.next() * spanMs),
      };
    },
    search: () => createSearch(random, random.pick(names)),
  };
}

function createName(random: Random, paths: readonly string[], titles: readonly string[]): string {
  const path = random.pick(paths);
  const kind = random.next();
  if (kind < 0.4 || titles.length === 0) return basename(path);
  if (kind < 0.55) return `${basename(dirname(path))} - ${basename(path)}`;
  const title = random.pick(titles);
  const extra = [
    String(1990 + random.below(36)),
    `(${String(1 + random.below(40))})`,
    `v${String(random.below(9))}.${String(random.below(20))}`,
  ];
  const name = random.below(2) === 0 ? title : `${title} ${random.pick(extra)}`;
  return `${name}.${random.pick(extensions)}`;
}

/** One word or some, whole or begun: from one letter, as when somebody starts to type, to the exact name. */
function createSearch(random: Random, name: string): string {
  const words = name.split(/[^\p{L}\p{N}]+/u).filter((word) => word.length > 0);
  if (words.length === 0) return name;
  const count = Math.min(words.length, 1 + random.below(3));
  const chosen = Array.from({ length: count }, () => random.pick(words));
  const last = chosen.at(-1) as string;
  if (random.below(2) === 0) chosen[count - 1] = last.slice(0, 1 + random.below(last.length));
  return chosen.join(' ');
}

function readPaths(): string[] {
  const lists = namesIn(listings).filter((file) => file.endsWith('.list'));
  const paths = lists.flatMap((file) => readFileSync(join(listings, file), 'utf8').split('\n'));
  const found = paths.length > 0 ? paths : namesIn('/usr/share', true);
  // Folders and what has no extension are told apart well enough by the dot.
  return found.filter((path) => basename(path).includes('.') && !basename(path).startsWith('.'));
}

function readTitles(): string[] {
  try {
    const text = execFileSync('apt-cache', ['dumpavail'], {
      maxBuffer: outputBytes,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return text.toString('utf8').split('\n').flatMap((line) => /^Description(?:-en)?: (.+)$/.exec(line)?.[1] ?? []); // prettier-ignore
  } catch {
    return []; // another package manager: the names of files must do, and the result says how many titles there were
  }
}

function namesIn(folder: string, recursive = false): string[] {
  try {
    return readdirSync(folder, { recursive, encoding: 'utf8' }).sort();
  } catch {
    return []; // not such a system: the caller tries elsewhere, and says when nothing is left
  }
}
