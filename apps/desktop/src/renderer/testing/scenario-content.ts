import type { EngineCatalogueRow } from '@enxame/shared/engine/catalogue-row';
import type { Share } from '@enxame/shared/engine/share';
import type { KnownPerson } from '@enxame/shared/engine/person-calls';
import { contentId, entryId, sha256, userId } from './scenario-ids.js';

const minute = 60_000;

export function makePeople(now: number): KnownPerson[] {
  const person = (
    seed: number,
    name: string,
    online: boolean,
    entries: number,
    seenMinutesAgo: number | null,
  ): KnownPerson => ({
    id: userId(seed),
    name,
    online,
    entries,
    lastSeenAt: online || seenMinutesAgo === null ? null : now - seenMinutesAgo * minute,
    verifiedAt: null,
    keyChanged: false,
    blocked: false,
    note: '',
  });
  return [
    person(0, 'Ana Andrade', true, 2, null),
    person(3, 'Beatriz Nakamura', true, 2, null),
    person(4, 'Lab server', true, 1, null),
    person(1, 'Marina Souza', true, 2, null),
    person(2, 'Rafael Lima', true, 3, null),
    person(7, 'ليلى حسن', true, 1, null),
    person(5, 'João Vitor', false, 2, 3 * 24 * 60),
    person(6, 'Vó Célia', false, 0, 5 * 24 * 60),
    person(8, 'Maximiliana Aparecida Albuquerque Filha', false, 1, null),
  ];
}

export const longName = `${'Relatório-técnico-de-campo-campanha-Antártica-revisão-da-banca-comentada-'.repeat(3)}v12-final.docx`;

const written: readonly (readonly [string, number, number, number, number])[] = [
  // name, owner, bytes, sources, minutes since added
  ['thesis.pdf', 2, 18_400_000, 4, 12],
  ['sar-antarctic-2014-2025-level2-geocoded.tar.zst', 1, 214_000_000_000, 3, 130],
  ['wedding-raw-camera-B.mov', 3, 61_000_000_000, 1, 8 * 60],
  ['Wedding – Bia & João', 3, 38_200_000_000, 2, 8 * 60 + 5],
  ['ubuntu-24.04.3-desktop-amd64.iso', 4, 5_900_000_000, 6, 1440],
  ['lab-budget-2026.xlsx', 5, 212_000, 0, 1441],
  ['lecture-09-thermohaline-circulation.mp4', 2, 1_200_000_000, 3, 3 * 1440],
  ['bathymetry-grid-south-atlantic.nc', 1, 9_700_000_000, 2, 3 * 1440 + 9],
  ['hydrophone-buoy-4-september.flac', 5, 27_400_000_000, 0, 4 * 1440],
  [longName, 2, 2_200_000, 1, 6 * 1440],
  ['تقرير الرحلة البحرية ٢٠٢٥.pdf', 7, 4_100_000, 1, 8 * 1440],
  ['poster-sbpc-2026.ai', 0, 88_600_000, 1, 10 * 1440],
  ['qgis-project-ilha-grande.qgz', 0, 640_000_000, 2, 11 * 1440],
  ['seafloor-model-v3.glb', 8, 1_800_000_000, 0, 13 * 1440],
  ['empty.txt', 3, 0, 1, 400 * 1440],
];

/** The one folder among the written rows. */
const weddingSeed = 3;

export function makeRow(seed: number, now: number, people: readonly KnownPerson[]): EngineCatalogueRow {
  const known = written[seed];
  const generatedExt = ['jpg', 'pdf', 'mp4', 'zip', 'csv', 'flac'][seed % 6] ?? 'bin';
  const [name, owner, size, sources, minutesAgo] = known ?? [
    `field-notes-${String(seed).padStart(6, '0')}.${generatedExt}`,
    1 + (seed % 5),
    ((seed * 7919) % 100_000) * 1000,
    seed % 4,
    14 * 1440 + seed,
  ];
  const person = people.find(({ id }) => id === userId(owner));
  return {
    id: entryId(seed),
    contentId: contentId(seed),
    name,
    size,
    ...(seed === weddingSeed && { collection: { files: 2310, documentBytes: 240_000 } }),
    sha256: seed % 11 === 10 ? null : sha256(seed),
    addedAt: now - minutesAgo * minute,
    owner: { id: userId(owner), name: person?.name ?? '', online: person?.online ?? false },
    sources,
    mine: owner === 0,
    here: owner === 0 || seed === 0 || seed === 6,
  };
}

export function makeShares(rows: readonly EngineCatalogueRow[], now: number): Share[] {
  return rows
    .filter((row) => row.mine)
    .map((row) => ({
      id: row.id,
      path: `/home/ana/Documents/${row.name}`,
      name: row.name,
      size: row.size,
      files: row.collection?.files ?? null,
      state: 'shared',
      contentId: row.contentId,
      sha256: row.sha256,
      addedAt: Math.min(row.addedAt, now),
      bytesHashed: row.size,
      visibility: { kind: 'everyone' },
      announced: true,
      error: null,
    }));
}
