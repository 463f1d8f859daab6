import type { Transfer } from '@enxame/shared/engine/transfer';
import { Clock } from 'lucide-react';
import { useFormat, useWords } from '@enxame/ui/i18n/i18n-context';
import { classNames } from '@enxame/ui/class-names';
import { FileName } from '@enxame/ui/parts/file-name';
import text from '@enxame/ui/parts/text.module.css';
import styles from './line-item.module.css';
import { TransferButtons } from './transfer-buttons.js';
import { TransferIcon } from './transfer-icon.js';
import { useQueueWords } from './transfer-words.js';
import { useQueueDrag } from './use-queue-drag.js';
import type { TransferActions } from './use-transfer-actions.js';

interface Props {
  readonly transfer: Transfer;
  readonly actions: TransferActions;
  readonly now: number;
}

/** What only waits for its turn, on one line: its place, and when it is predicted to start. */
export function QueuedItem({ transfer, actions, now }: Props) {
  const { t } = useWords();
  const format = useFormat();
  const queueWords = useQueueWords();
  const { edge, drag } = useQueueDrag(transfer, actions);
  const { name, queue, folder, priority } = transfer;
  if (!queue) return null;
  const place = t('transfers.queuePlace', { position: queue.position });
  const starts = queueWords(queue, now);
  return (
    <article
      className={classNames(styles['item'], styles['queued'], edge !== null && styles[edge])}
      aria-label={`${name}. ${place}, ${starts}`}
      data-transfer={transfer.id}
      {...drag}
    >
      <div className={styles['quick']}>
        <span className={classNames(styles['sign'], text['num'], text['meta'])} title={place}>
          {format.number(queue.position)}
        </span>
        <span className={styles['kind']}>
          <TransferIcon transfer={transfer} />
        </span>
        <div className={styles['name']}>
          <FileName name={name} />
        </div>
        <span className={classNames(styles['size'], styles['fixed'], text['meta'], text['num'])}>
          {format.bytes(transfer.size)}
        </span>
        <span className={classNames(styles['person'], text['meta'], text['cut'])} dir="auto">
          {transfer.direction === 'receive'
            ? t('transfers.from', { name: transfer.personName })
            : t('transfers.to', { name: transfer.personName })}
          {folder && `, ${t('transfers.folderCount', { count: folder.files })}`}
        </span>
        {priority !== 'normal' && (
          <span className={classNames(styles['priority'], text['meta'])}>
            {priority === 'high' ? t('transfers.priorityIsHigh') : t('transfers.priorityIsLow')}
          </span>
        )}
        <span className={classNames(styles['starts'], text['meta'], text['num'])}>
          <Clock size={14} strokeWidth={1.75} aria-hidden />
          {starts}
        </span>
        <TransferButtons transfer={transfer} actions={actions} />
      </div>
    </article>
  );
}
