import type { Transfer } from '@enxame/shared/engine/transfer';
import type { ContentId } from '@enxame/shared/ids';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useDescribeError } from '@enxame/ui/i18n/i18n-context';
import { useApp } from '../shell/app-context.js';
import { findPathHere, type FileRow } from './file-row.js';

/** What is under way, or arrived, of each content: the receiving transfer that a row stands for. */
export function useReceiving(): ReadonlyMap<ContentId, Transfer> {
  const { transfers, leaving } = useStore(useApp().transfers);
  return useMemo(() => {
    const receiving = new Map<ContentId, Transfer>();
    for (const transfer of transfers.values()) {
      if (transfer.direction === 'receive' && !leaving.has(transfer.id)) receiving.set(transfer.contentId, transfer);
    }
    return receiving;
  }, [transfers, leaving]);
}

export interface FileActions {
  /** `onStarted`: it is under way; not told when there is something to be asked first. */
  download(row: FileRow, onStarted?: () => void): void;
  /** For what may have been moved away since: the engine looks, and says where it still is or fetches it again. */
  downloadAgain(row: FileRow): void;
  /** The system's file manager in a window; in a browser the path is told, to be copied. */
  reveal(row: FileRow): void;
  readonly revealPath: (path: string) => void;
  pathOf(row: FileRow): string | null;
}

export function useFileActions(): FileActions {
  const { t } = useTranslation();
  const describe = useDescribeError();
  const { link, downloader, bridge, toasts, shares, transfers } = useApp();
  return useMemo(() => {
    const tell = (error: unknown): void => {
      const { what, todo } = describe(error);
      toasts.getState().show({ kind: 'plain', title: what, text: todo });
    };
    const pathOf = (row: FileRow): string | null =>
      findPathHere(row.contentId, shares.getState().shares.values(), transfers.getState().transfers.values());
    const revealPath = (path: string): void => {
      if (bridge) {
        bridge.showInFolder(path).catch(tell);
        return;
      }
      const copy = (): void => void navigator.clipboard.writeText(path).catch(tell);
      toasts.getState().show({
        kind: 'plain',
        title: t('details.where'),
        text: path,
        action: { label: t('common.copyPath'), run: copy },
      });
    };
    return {
      download: (row, onStarted) => {
        const id = row.entryId ?? row.contentId;
        if (id === null) return;
        downloader.download(id).then((isStarted) => {
          if (isStarted) onStarted?.();
        }, tell);
      },
      downloadAgain: (row) => {
        const id = row.entryId ?? row.contentId;
        if (id === null) return;
        link.call('download:start', { id }).then(({ state, path }) => {
          if (state === 'verified' && path !== null) revealPath(path);
        }, tell);
      },
      reveal: (row) => {
        const path = pathOf(row);
        if (path !== null) revealPath(path);
      },
      revealPath,
      pathOf,
    };
  }, [t, describe, link, downloader, bridge, toasts, shares, transfers]);
}
