import { join } from 'node:path';
import { maxNotesShown, type ShareNotes } from '@enxame/shared/engine/share-notes';
import { toErrorInfo, type EnxameError } from '@enxame/shared/errors/enxame-error';

/** Takes down what the person should know of a folder that is looked through; lists are cut, counts are of all. */
export interface ScanNotes {
  refuse(path: string, error: EnxameError): void;
  take(
    root: string,
    found: { readonly path: string; readonly realPath: string; readonly isHidden: boolean; readonly kind: string },
  ): void;
  end(): ShareNotes;
}

export function createScanNotes(): ScanNotes {
  const refused: ShareNotes['refused'] = [];
  const renamed: ShareNotes['renamed'] = [];
  let refusedCount = 0;
  let renamedCount = 0;
  let hiddenCount = 0;
  return {
    refuse: (path, error) => {
      if (refusedCount++ < maxNotesShown) refused.push({ path, error: toErrorInfo(error) });
    },
    take: (root, { path, realPath, isHidden, kind }) => {
      if (isHidden && kind === 'file') hiddenCount++;
      // Everything below a renamed folder has another path, too; told once would be enough, and the list is cut.
      if (realPath !== join(path) && renamedCount++ < maxNotesShown)
        renamed.push({ path: join(root, realPath), as: path });
    },
    end: () => ({ refused, refusedCount, renamed, renamedCount, hiddenCount }),
  };
}
