import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { UserId } from '@enxame/shared/ids';
import { maxExportedAtOnce } from '@enxame/shared/tracker/account';
import type { Clock } from '../domain/clock.js';
import type { PersonalData } from './personal-data.js';

/** A list is made once for all its pages, and kept for so long after the last of them was asked for. */
const keptMs = 60_000;

export interface ExportPage {
  readonly section: string;
  readonly records: Record<string, unknown>[];
  /** Null at the end. */
  readonly next: string | null;
}

/** All that is held of a person, a page at a time. A cursor is `<section number>:<offset>`. (T120) */
export function createDataExport(
  data: readonly PersonalData[],
  clock: Clock,
): (userId: UserId, after: string | null) => ExportPage {
  const kept = new Map<UserId, { readonly index: number; readonly items: readonly object[]; forget: () => void }>();

  function listOf(userId: UserId, index: number): readonly object[] {
    const known = kept.get(userId);
    known?.forget();
    const items = known?.index === index ? known.items : (data[index]?.list(userId) ?? []);
    const cancel = clock.after(keptMs, () => kept.delete(userId));
    kept.set(userId, { index, items, forget: cancel });
    return items;
  }

  return (userId, after) => {
    const [index = 0, offset = 0] = after === null ? [] : parseCursor(after);
    const section = data[index];
    if (!section) throw new EnxameError('bad-request', { where: 'after' });
    const items = listOf(userId, index);
    const end = offset + maxExportedAtOnce;
    const next = end < items.length ? `${String(index)}:${String(end)}` : index + 1 < data.length ? `${String(index + 1)}:0` : null; // prettier-ignore
    if (next === null) {
      kept.get(userId)?.forget();
      kept.delete(userId);
    }
    return { section: section.section, records: items.slice(offset, end).map((item) => ({ ...item })), next };
  };
}

function parseCursor(text: string): [number, number] {
  const [, index, offset] = /^(\d{1,3}):(\d{1,9})$/.exec(text) ?? [];
  if (index === undefined || offset === undefined) throw new EnxameError('bad-request', { where: 'after' });
  return [Number(index), Number(offset)];
}
