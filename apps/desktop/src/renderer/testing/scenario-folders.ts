import type { FolderListing } from '@enxame/shared/engine/folder-listing';
import { EnxameError } from '@enxame/shared/errors/enxame-error';

const tree: Readonly<Record<string, readonly (readonly [string, number | null])[]>> = {
  '/': [
    ['home', null],
    ['media', null],
    ['srv', null],
  ],
  '/home': [['ana', null]],
  '/home/ana': [
    ['Documents', null],
    ['Enxame', null],
    ['Empty folder', null],
    ['notes.txt', 2100],
    ['thesis-chapter-3.pdf', 6_200_000],
  ],
  '/home/ana/Documents': [
    ['maps', null],
    ['poster-sbpc-2026.ai', 88_600_000],
    ['qgis-project-ilha-grande.qgz', 640_000_000],
  ],
  '/home/ana/Enxame': [['thesis.pdf', 18_400_000]],
  '/home/ana/Empty folder': [],
};

/** A small file system to look through. */
export function listScenarioFolder(path = '/home/ana'): FolderListing {
  const names = tree[path];
  if (!names) throw new EnxameError('path-not-found', { path });
  return {
    path,
    parent: path === '/' ? null : path.slice(0, path.lastIndexOf('/')) || '/',
    places: [
      { kind: 'home', path: '/home/ana' },
      { kind: 'downloads', path: '/home/ana/Enxame' },
      { kind: 'root', path: '/' },
    ],
    names: names.map(([name, size]) => ({
      name,
      path: `${path === '/' ? '' : path}/${name}`,
      kind: size === null ? 'folder' : 'file',
      size: size ?? 0,
    })),
    truncated: false,
  };
}
