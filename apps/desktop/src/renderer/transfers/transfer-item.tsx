import type { Transfer } from '@enxame/shared/engine/transfer';
import {
  ArrowDown,
  ArrowUp,
  CheckCheck,
  ChevronDown,
  ChevronRight,
  CircleCheck,
  FolderOpen,
  Pause,
  Play,
  RotateCw,
  X,
} from 'lucide-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FileIcon } from '../files/file-icon.js';
import { useFileActions } from '../files/use-file-actions.js';
import { fraction } from '../i18n/format.js';
import { useDescribeError, useFormat } from '../i18n/i18n-context.js';
import { Button, IconButton } from '../parts/button.js';
import { classNames } from '../parts/class-names.js';
import { ConfirmDialog } from '../parts/dialog.js';
import { FileName } from '../parts/file-name.js';
import { Progress } from '../parts/progress.js';
import text from '../parts/text.module.css';
import { canPause, canRemove, canResume, removalLosesBytes } from './transfer-facts.js';
import { TransferDetails } from './transfer-details.js';
import { useStateWord, useTimeLeft } from './transfer-words.js';
import styles from './transfers.module.css';
import type { TransferActions } from './use-transfer-actions.js';

interface Props {
  readonly transfer: Transfer;
  readonly actions: TransferActions;
  readonly now: number;
}

/** A transfer that is not finished: its bar, its numbers, and what can be done. */
export function TransferItem({ transfer, actions, now }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const stateWord = useStateWord()(transfer);
  const timeLeft = useTimeLeft()(transfer, now);
  const [open, setOpen] = useState(false);
  const id = useId();
  const { name, state, direction } = transfer;
  const { done, total } = format.amount(transfer.bytesDone, transfer.size);
  const receiving = direction === 'receive';
  const Arrow = receiving ? ArrowDown : ArrowUp;
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
          <FileIcon name={name} size={20} />
        </span>
        <div className={styles['grow']}>
          <div className={styles['line']}>
            <h3>
              <FileName name={name} />
            </h3>
            <span className={classNames(styles['who'], text['meta'], text['cut'])} dir="auto">
              {receiving
                ? t('transfers.from', { name: transfer.personName })
                : t('transfers.to', { name: transfer.personName })}
            </span>
            <span className={classNames(styles['state'], state === 'failed' && text['danger'])}>{stateWord}</span>
          </div>
          <Progress
            state={state === 'sent' ? 'checking' : state === 'received' ? 'verified' : state}
            part={transfer.size === 0 ? 0 : fraction(transfer.bytesDone, transfer.size)}
            label={name}
            text={timeLeft === null ? stateWord : `${stateWord}, ${timeLeft}`}
            thin={state !== 'moving'}
          />
          {state === 'failed' ? (
            <Failure transfer={transfer} actions={actions} />
          ) : (
            <div className={styles['details']}>
              <span>{receiving ? t('transfers.amount', { done, total }) : t('transfers.amount', { done, total })}</span>
              {state === 'moving' && (
                <span>
                  <Arrow size={14} className={text['honey']} aria-hidden />
                  <b>{format.rate(transfer.bytesPerSecond)}</b>
                </span>
              )}
              {state === 'moving' && receiving && (
                <span>{t('transfers.fromSources', { count: transfer.sources.length })}</span>
              )}
              <span className={styles['tail']}>
                <Tail transfer={transfer} timeLeft={timeLeft} />
              </span>
            </div>
          )}
        </div>
        <TransferButtons transfer={transfer} actions={actions} />
      </div>
      {open && <TransferDetails transfer={transfer} id={id} />}
    </article>
  );
}

/** What the right end of the numbers says: the time left, or why nothing moves. */
function Tail({ transfer, timeLeft }: { transfer: Transfer; timeLeft: string | null }) {
  const { t } = useTranslation();
  const describe = useDescribeError();
  if (transfer.state === 'checking') return t('transfers.checkingHow');
  if (transfer.state === 'waiting') {
    if (transfer.direction === 'send') return t('transfers.waitingSendHow', { name: transfer.personName });
    if (!transfer.error) return t('transfers.waitingHow');
    const { what, todo } = describe(transfer.error);
    return `${what} ${todo}`;
  }
  return timeLeft;
}

function Failure({ transfer, actions }: Omit<Props, 'now'>) {
  const { t } = useTranslation();
  const describe = useDescribeError();
  const { what, todo } = describe(transfer.error ?? { code: 'internal' });
  return (
    <div className={styles['fix']}>
      <p role="alert">
        <strong>{what}</strong> {todo}
      </p>
      {canResume(transfer) && (
        <div>
          <Button
            icon={<RotateCw size={16} strokeWidth={1.75} aria-hidden />}
            onClick={() => {
              actions.resume(transfer);
            }}
          >
            {t('transfers.retry')}
          </Button>
        </div>
      )}
    </div>
  );
}

function TransferButtons({ transfer, actions }: Omit<Props, 'now'>) {
  const { t } = useTranslation();
  const format = useFormat();
  const [asking, setAsking] = useState(false);
  const removable = canRemove(transfer);
  return (
    <div className={styles['do']}>
      {canPause(transfer) && (
        <IconButton
          label={t('transfers.pause')}
          keys="P"
          onClick={() => {
            actions.pause(transfer);
          }}
        >
          <Pause size={16} strokeWidth={1.75} aria-hidden />
        </IconButton>
      )}
      {canResume(transfer) && transfer.state === 'paused' && (
        <IconButton
          label={t('transfers.resume')}
          keys="P"
          onClick={() => {
            actions.resume(transfer);
          }}
        >
          <Play size={16} strokeWidth={1.75} aria-hidden />
        </IconButton>
      )}
      {removable && (
        <IconButton
          label={transfer.direction === 'receive' ? t('transfers.cancel') : t('transfers.remove')}
          keys="Del"
          onClick={() => {
            if (removalLosesBytes(transfer)) setAsking(true);
            else actions.cancel(transfer);
          }}
        >
          <X size={16} strokeWidth={1.75} aria-hidden />
        </IconButton>
      )}
      {asking && (
        <ConfirmDialog
          title={t('transfers.cancelTitle', { name: transfer.name })}
          text={t('transfers.cancelText', { size: format.bytes(transfer.bytesDone) })}
          keep={t('transfers.keepGoing')}
          confirm={t('transfers.cancel')}
          onConfirm={() => {
            actions.cancel(transfer);
          }}
          onClose={() => {
            setAsking(false);
          }}
        />
      )}
    </div>
  );
}

/** A finished one, on one line. Green and the double check only for what was verified. */
export function FinishedItem({ transfer, actions, now }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const files = useFileActions();
  const stateWord = useStateWord()(transfer);
  const { path, state, name } = transfer;
  const verified = state === 'verified';
  return (
    <li className={styles['item']} aria-label={`${name}, ${stateWord}`} data-transfer={transfer.id}>
      <div className={styles['quick']}>
        <span className={classNames(styles['sign'], verified && text['ok'])}>
          {verified ? (
            <CircleCheck size={16} strokeWidth={1.75} aria-hidden />
          ) : (
            <ArrowUp size={16} strokeWidth={1.75} aria-hidden />
          )}
        </span>
        <span className={styles['kind']}>
          <FileIcon name={name} />
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
    </li>
  );
}
