import type { Transfer } from '@enxame/shared/engine/transfer';
import { ArrowUp, CheckCheck, CircleCheck, FolderOpen, X } from 'lucide-react';
import { useFileActions } from '../files/use-file-actions.js';
import { useFormat, useWords } from '@enxame/ui/i18n/i18n-context';
import { IconButton } from '@enxame/ui/parts/button';
import { classNames } from '@enxame/ui/class-names';
import { FileName } from '@enxame/ui/parts/file-name';
import text from '@enxame/ui/parts/text.module.css';
import styles from './line-item.module.css';
import { PreviewButton } from '../preview/preview-button.js';
import { TransferIcon } from './transfer-icon.js';
import { useStateWord } from './transfer-words.js';
import type { TransferActions } from './use-transfer-actions.js';

interface Props {
  readonly transfer: Transfer;
  readonly actions: TransferActions;
  readonly now: number;
}

/** A finished one, on one line. Green and the double check only for what was verified. */
export function FinishedItem({ transfer, actions, now }: Props) {
  const { t } = useWords();
  const format = useFormat();
  const files = useFileActions();
  const stateWord = useStateWord()(transfer);
  const { path, state, name } = transfer;
  // Green only on the word of whoever has the bytes: this computer, or the receiver's signed receipt.
  const verified = state === 'verified' || state === 'received';
  return (
    <article className={styles['item']} aria-label={`${name}, ${stateWord}`} data-transfer={transfer.id}>
      <div className={styles['quick']}>
        <span className={classNames(styles['sign'], verified && text['ok'])}>
          {verified ? (
            <CircleCheck size={16} strokeWidth={1.75} aria-hidden />
          ) : (
            <ArrowUp size={16} strokeWidth={1.75} aria-hidden />
          )}
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
        <span className={classNames(styles['receipt'], verified && styles['done'])}>
          {verified && <CheckCheck size={15} strokeWidth={1.75} aria-hidden />}
          {stateWord}
        </span>
        <span className={classNames(styles['when'], styles['fixed'], text['meta'], text['num'])}>
          {format.moment(transfer.finishedAt ?? transfer.startedAt, now)}
        </span>
        <div className={styles['quickDo']}>
          {state === 'verified' && transfer.folder === null && <PreviewButton content={transfer} iconOnly />}
          {path !== null && (
            <IconButton
              label={t('common.showInFolder')}
              onClick={() => {
                files.revealPath(path);
              }}
            >
              <FolderOpen size={16} strokeWidth={1.75} aria-hidden />
            </IconButton>
          )}
          <IconButton
            label={t('transfers.remove')}
            keys="Del"
            onClick={() => {
              actions.takeOff([transfer]);
            }}
          >
            <X size={16} strokeWidth={1.75} aria-hidden />
          </IconButton>
        </div>
      </div>
    </article>
  );
}
