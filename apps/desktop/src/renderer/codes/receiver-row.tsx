import type { CodeOffer, CodeReceiver } from '@enxame/shared/engine/code';
import { CheckCheck, LoaderCircle, OctagonX, UserRound } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { PathKind } from '../files/path-kind.js';
import { useDescribeError, useFormat } from '@enxame/ui/i18n/i18n-context';
import { fraction } from '@enxame/ui/i18n/format';
import { classNames } from '@enxame/ui/class-names';
import { Progress } from '@enxame/ui/parts/progress';
import text from '@enxame/ui/parts/text.module.css';
import { toComparable } from './code-text.js';
import styles from './send.module.css';

/** How somebody who typed the code is getting on. Green only after they have confirmed every byte. */
export function ReceiverRow({ receiver, offer }: { receiver: CodeReceiver; offer: CodeOffer }) {
  const { t } = useTranslation();
  const { state, bytesDone, error } = receiver;
  const name = receiver.personName ?? t('codes.receiver', { number: receiver.number });
  const word = useWord(receiver, offer);
  const checking = state === 'moving' && bytesDone >= offer.size;
  const bar =
    state === 'received'
      ? 'verified'
      : state === 'failed'
        ? 'failed'
        : state === 'deciding'
          ? 'waiting'
          : checking
            ? 'checking'
            : 'moving';
  return (
    <li className={styles['rec']} data-receiver={receiver.number}>
      <span className={styles['person']} aria-hidden>
        <UserRound size={16} strokeWidth={1.75} />
      </span>
      <div className={styles['who']}>
        <span className={text['cut']} dir="auto">
          {name}
        </span>
        {receiver.path === null ? (
          <span className={text['meta']}>{state === 'deciding' ? t('codes.decidingHow') : ''}</span>
        ) : (
          <PathKind kind={receiver.path} />
        )}
      </div>
      <div className={styles['far']}>
        <Progress
          state={bar}
          part={
            state === 'received' ? 1 : state === 'deciding' || offer.size === 0 ? 0 : fraction(bytesDone, offer.size)
          }
          label={name}
          text={word}
        />
        <Meta receiver={receiver} offer={offer} checking={checking} />
      </div>
      <span
        className={classNames(
          styles['state'],
          text['num'],
          state === 'received' && text['ok'],
          state === 'failed' && text['danger'],
        )}
      >
        {state === 'received' && <CheckCheck size={15} strokeWidth={1.75} aria-hidden />}
        {state === 'failed' && <OctagonX size={15} strokeWidth={1.75} aria-hidden />}
        {checking && <LoaderCircle size={15} strokeWidth={1.75} aria-hidden />}
        {state === 'failed' && error !== null ? t('codes.failed') : word}
      </span>
    </li>
  );
}

function useWord({ state, bytesDone }: CodeReceiver, { size }: CodeOffer): string {
  const { t } = useTranslation();
  const format = useFormat();
  switch (state) {
    case 'deciding':
      return t('codes.deciding');
    case 'moving':
      return bytesDone >= size
        ? t('transfers.stateChecking')
        : t('transfers.stateSending', { percent: format.percent(bytesDone, size) });
    case 'received':
      return t('codes.receivedVerified');
    case 'failed':
      return t('codes.failed');
  }
}

function Meta({ receiver, offer, checking }: { receiver: CodeReceiver; offer: CodeOffer; checking: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const describe = useDescribeError();
  const { state, bytesDone, bytesPerSecond, error } = receiver;
  if (state === 'failed' && error !== null) {
    const { what, todo } = describe(error);
    return (
      <p className={text['meta']}>
        {what} {todo}
      </p>
    );
  }
  if (state === 'deciding')
    return <p className={text['meta']}>{t('codes.compare', { words: toComparable(receiver.verifier) })}</p>;
  if (checking) return <p className={text['meta']}>{t('codes.allSent')}</p>;
  if (state === 'received') return <p className={classNames(text['meta'], text['num'])}>{format.bytes(offer.size)}</p>;
  const { done, total } = format.amount(bytesDone, offer.size);
  const left =
    bytesPerSecond > 0 ? t('codes.left', { time: format.duration((offer.size - bytesDone) / bytesPerSecond) }) : '';
  return (
    <p className={classNames(text['meta'], text['num'])}>
      {t('codes.moving', { done, total, rate: format.rate(bytesPerSecond) })}
      {left !== '' && ` · ${left}`}
    </p>
  );
}
