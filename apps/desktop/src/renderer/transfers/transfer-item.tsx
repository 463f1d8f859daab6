import type { Transfer } from '@enxame/shared/engine/transfer';
import { ArrowDown, ArrowUp, ChevronDown, ChevronRight } from 'lucide-react';
import { useId, useState } from 'react';
import { fraction } from '@enxame/ui/i18n/format';
import { useDescribeError, useFormat, useWords } from '@enxame/ui/i18n/i18n-context';
import { classNames } from '@enxame/ui/class-names';
import { FileName } from '@enxame/ui/parts/file-name';
import { Progress } from '@enxame/ui/parts/progress';
import text from '@enxame/ui/parts/text.module.css';
import { TransferButtons } from './transfer-buttons.js';
import { TransferDetails } from './transfer-details.js';
import { TransferFailure } from './transfer-failure.js';
import { TransferIcon } from './transfer-icon.js';
import styles from './transfer-item.module.css';
import { useQueueWords, useStateWord, useTimeLeft } from './transfer-words.js';
import type { TransferActions } from './use-transfer-actions.js';

interface Props {
  readonly transfer: Transfer;
  readonly actions: TransferActions;
  readonly now: number;
}

/** A transfer that is not finished: its bar, its numbers, and what can be done. */
export function TransferItem({ transfer, actions, now }: Props) {
  const { t } = useWords();
  const format = useFormat();
  const stateWord = useStateWord()(transfer);
  const timeLeft = useTimeLeft()(transfer, now);
  const [open, setOpen] = useState(false);
  const id = useId();
  const { name, state, folder } = transfer;
  const Chevron = open ? ChevronDown : ChevronRight;
  return (
    <article
      className={classNames(styles['item'], open && styles['open'])}
      aria-label={name}
      data-transfer={transfer.id}
    >
      <div className={styles['head']}>
        <button
          type="button"
          className={styles['expand']}
          aria-expanded={open}
          aria-controls={open ? id : undefined}
          aria-label={open ? t('transfers.hideDetails', { name }) : t('transfers.showDetails', { name })}
          onClick={() => {
            setOpen(!open);
          }}
        >
          <Chevron size={16} strokeWidth={1.75} aria-hidden />
        </button>
        <span className={styles['kind']}>
          <TransferIcon transfer={transfer} size={20} />
        </span>
        <div className={styles['grow']}>
          <div className={styles['line']}>
            <h3>
              <FileName name={name} />
            </h3>
            <span className={classNames(styles['who'], text['meta'], text['cut'])} dir="auto">
              {transfer.direction === 'receive'
                ? t('transfers.from', { name: transfer.personName })
                : t('transfers.to', { name: transfer.personName })}
            </span>
            {state === 'failed' && (
              <span className={classNames(text['meta'], text['num'])}>
                {t('transfers.amount', format.amount(transfer.bytesDone, transfer.size))}
                {folder && `, ${t('transfers.folderFiles', toFiles(folder))}`}
              </span>
            )}
            <span className={classNames(styles['state'], state === 'failed' && text['danger'])}>{stateWord}</span>
          </div>
          <Progress
            state={state === 'sent' ? 'checking' : state === 'received' ? 'verified' : state}
            part={transfer.size === 0 ? 0 : fraction(transfer.bytesDone, transfer.size)}
            label={name}
            text={[stateWord, ...(folder ? [t('transfers.folderFiles', toFiles(folder))] : []), timeLeft]
              .filter((word) => word !== null)
              .join(', ')}
            thin={state !== 'moving'}
          />
          {state === 'failed' ? (
            <TransferFailure transfer={transfer} actions={actions} />
          ) : (
            <Numbers transfer={transfer} timeLeft={timeLeft} now={now} />
          )}
        </div>
        <TransferButtons transfer={transfer} actions={actions} />
      </div>
      {open && <TransferDetails transfer={transfer} id={id} now={now} />}
    </article>
  );
}

const toFiles = ({ files, filesDone }: NonNullable<Transfer['folder']>) => ({ done: filesDone, total: files });

/** The line under the bar: how much, how fast, from how many, and what holds it back. */
function Numbers({
  transfer,
  timeLeft,
  now,
}: {
  readonly transfer: Transfer;
  readonly timeLeft: string | null;
  readonly now: number;
}) {
  const { t } = useWords();
  const format = useFormat();
  const { state, direction, folder, priority, limitBytesPerSecond } = transfer;
  const { done, total } = format.amount(transfer.bytesDone, transfer.size);
  const Arrow = direction === 'receive' ? ArrowDown : ArrowUp;
  const moving = transfer.sources.filter((source) => source.state === 'moving').length;
  return (
    <div className={styles['details']}>
      <span>{t('transfers.amount', { done, total })}</span>
      {folder && <span>{t('transfers.folderFiles', toFiles(folder))}</span>}
      {state === 'moving' && (
        <span>
          <Arrow size={14} className={text['honey']} aria-hidden />
          <b>{format.rate(transfer.bytesPerSecond)}</b>
        </span>
      )}
      {state === 'moving' && direction === 'receive' && <span>{t('transfers.fromSources', { count: moving })}</span>}
      {limitBytesPerSecond !== null && (
        <span>{t('transfers.limitedTo', { rate: format.rate(limitBytesPerSecond) })}</span>
      )}
      {priority !== 'normal' && (
        <span>{priority === 'high' ? t('transfers.priorityIsHigh') : t('transfers.priorityIsLow')}</span>
      )}
      <span className={styles['tail']}>
        <Tail transfer={transfer} timeLeft={timeLeft} now={now} />
      </span>
    </div>
  );
}

/** What the right end of the numbers says: the time left, or why nothing moves. */
function Tail({ transfer, timeLeft, now }: { transfer: Transfer; timeLeft: string | null; now: number }) {
  const { t } = useWords();
  const describe = useDescribeError();
  const queueWords = useQueueWords();
  const { state, queue, error } = transfer;
  if (state === 'checking') return t('transfers.checkingHow');
  if (state !== 'waiting') return timeLeft;
  if (queue) return `${t('transfers.queuePlace', { position: queue.position })}, ${queueWords(queue, now)}`;
  if (transfer.direction === 'send') return t('transfers.waitingSendHow', { name: transfer.personName });
  if (!error) return t('transfers.waitingHow');
  const { what, todo } = describe(error);
  return `${what} ${todo}`;
}
