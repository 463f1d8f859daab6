import type { Transfer } from '@enxame/shared/engine/transfer';
import { CircleCheck, Clock, Download, FolderOpen, LoaderCircle, OctagonX, Pause } from 'lucide-react';
import { useFormat, useWords } from '@enxame/ui/i18n/i18n-context';
import { classNames } from '@enxame/ui/class-names';
import text from '@enxame/ui/parts/text.module.css';
import { goTo } from '../shell/route.js';
import type { FileRow } from './file-row.js';
import styles from './file-grid.module.css';
import type { FileActions } from './use-file-actions.js';

/** Made once: a row that shows another file in the same state changes nothing here. */
const drawn = {
  circleCheck: <CircleCheck size={16} strokeWidth={1.75} aria-hidden />,
  clock: <Clock size={16} strokeWidth={1.75} aria-hidden />,
  download: <Download size={16} strokeWidth={1.75} aria-hidden />,
  folderOpen: <FolderOpen size={16} strokeWidth={1.75} aria-hidden />,
  loaderCircle: <LoaderCircle size={16} strokeWidth={1.75} aria-hidden />,
  octagonX: <OctagonX size={16} strokeWidth={1.75} aria-hidden />,
  pause: <Pause size={16} strokeWidth={1.75} aria-hidden />,
};

/** What Enter and the button of a row do now, and how it looks. */
export function useRowAction(row: FileRow, transfer: Transfer | undefined, actions: FileActions) {
  const { t } = useWords();
  const format = useFormat();
  const { name } = row;
  const underWay = transfer && transfer.state !== 'verified' ? transfer : undefined;
  if (underWay) {
    const percent = format.percent(underWay.bytesDone, underWay.size);
    const run = (): void => {
      goTo('transfers');
    };
    switch (underWay.state) {
      case 'waiting':
        return {
          label: t('files.waitingName', { name }),
          content: drawn.clock,
          tint: 'honey',
          run,
        } as const;
      case 'checking':
        return {
          label: t('files.checkingName', { name }),
          content: drawn.loaderCircle,
          tint: 'honey',
          run,
        } as const;
      case 'paused':
        return {
          label: t('files.pausedName', { name, percent }),
          content: drawn.pause,
          tint: null,
          run,
        } as const;
      case 'failed':
        return {
          label: t('files.failedName', { name, percent }),
          content: drawn.octagonX,
          tint: 'danger',
          run,
        } as const;
      case 'moving':
      case 'sent':
      case 'received':
      case 'verified':
        return { label: t('files.downloadingName', { name, percent }), content: percent, tint: 'honey', run } as const;
    }
  }
  if (row.here) {
    const run = (): void => {
      actions.reveal(row);
    };
    return row.mine
      ? ({
          label: t('files.mineName', { name }),
          content: drawn.folderOpen,
          tint: null,
          run,
        } as const)
      : ({
          label: t('files.hereName', { name }),
          content: drawn.circleCheck,
          tint: 'ok',
          run,
        } as const);
  }
  const label = row.mine
    ? t('files.mineElsewhere', { name })
    : row.sources === 0
      ? t('files.downloadLater', { name })
      : t('files.downloadName', { name });
  const run = (): void => {
    actions.download(row);
  };
  return { label, content: drawn.download, tint: null, run } as const;
}

interface Props {
  readonly row: FileRow;
  readonly transfer: Transfer | undefined;
  readonly actions: FileActions;
}

export function RowAction({ row, transfer, actions }: Props) {
  const action = useRowAction(row, transfer, actions);
  return (
    <button
      type="button"
      tabIndex={-1}
      className={classNames(styles['action'], action.tint !== null && text[action.tint])}
      aria-label={action.label}
      title={action.label}
      onClick={(event) => {
        event.stopPropagation();
        action.run();
      }}
      onDoubleClick={(event) => {
        event.stopPropagation();
      }}
    >
      {action.content}
    </button>
  );
}
