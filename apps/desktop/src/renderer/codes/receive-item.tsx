import type { CodeReceive } from '@enxame/shared/engine/code';
import { CheckCheck, CircleSlash, FolderOpen, LoaderCircle, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { PathKind } from '../files/path-kind.js';
import { useFileActions } from '../files/use-file-actions.js';
import { useFormat } from '@enxame/ui/i18n/i18n-context';
import { fraction } from '@enxame/ui/i18n/format';
import { Button, IconButton } from '@enxame/ui/parts/button';
import { ErrorCallout } from '@enxame/ui/parts/callout';
import { classNames } from '@enxame/ui/class-names';
import { CopyButton, CopyIconButton } from '@enxame/ui/parts/copy-button';
import { Progress } from '@enxame/ui/parts/progress';
import text from '@enxame/ui/parts/text.module.css';
import { useApp } from '../shell/app-context.js';
import { OfferLine } from './offer-line.js';
import { OfferQuestion } from './offer-question.js';
import styles from './receive.module.css';

/** What comes under one code, in whatever state it is. `onOther`: the person wants to correct the code. */
export function ReceiveItem({ receive, onOther }: { receive: CodeReceive; onOther: () => void }) {
  const { t } = useTranslation();
  const { link } = useApp();
  const remove = (): void => {
    link.call('code:remove', { id: receive.id }).catch(() => undefined); // how it went comes as codes:changed
  };
  const { state } = receive;
  const over = state === 'received' || state === 'refused' || state === 'failed';
  return (
    <li className={styles['item']} data-receive={state} aria-label={receive.offer?.name ?? receive.code}>
      {over && (
        <span className={styles['close']}>
          <IconButton label={t('codes.remove')} onClick={remove}>
            <X size={16} strokeWidth={1.75} aria-hidden />
          </IconButton>
        </span>
      )}
      <Body receive={receive} onOther={onOther} onStop={remove} />
    </li>
  );
}

interface BodyProps {
  readonly receive: CodeReceive;
  readonly onOther: () => void;
  readonly onStop: () => void;
}

function Body({ receive, onOther, onStop }: BodyProps) {
  const { t } = useTranslation();
  const { offer, state, error } = receive;
  switch (state) {
    case 'connecting':
      return (
        <>
          <h2>
            <LoaderCircle size={16} strokeWidth={1.75} aria-hidden />
            {t('codes.looking')}
          </h2>
          <p className={text['meta']} translate="no">
            {t('codes.lookingHow', { code: receive.code })}
          </p>
          <div className={styles['do']}>
            <Button onClick={onStop}>{t('codes.cancel')}</Button>
          </div>
        </>
      );
    case 'offered':
      return offer && <OfferQuestion receive={receive} offer={offer} />;
    case 'moving':
      return <Moving receive={receive} onStop={onStop} />;
    case 'received':
      return <Received receive={receive} />;
    case 'refused':
      return (
        <>
          {offer && <OfferLine offer={offer} />}
          <p className={styles['word']}>
            <CircleSlash size={15} strokeWidth={1.75} aria-hidden />
            {t('codes.refused')}
          </p>
        </>
      );
    case 'failed':
      return (
        <>
          {offer && <OfferLine offer={offer} />}
          {error && <ErrorCallout error={error} actions={<Button onClick={onOther}>{t('codes.tryOther')}</Button>} />}
        </>
      );
  }
}

function Moving({ receive, onStop }: { receive: CodeReceive; onStop: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { offer, bytesDone, bytesPerSecond, path } = receive;
  const size = offer?.size ?? 0;
  const checking = bytesDone >= size;
  const { done, total } = format.amount(bytesDone, size);
  const word = checking
    ? t('transfers.stateChecking')
    : t('codes.receiving', { percent: format.percent(bytesDone, size) });
  return (
    <>
      {offer && <OfferLine offer={offer} />}
      <div className={styles['bar']}>
        <Progress
          state={checking ? 'checking' : 'moving'}
          part={fraction(bytesDone, size)}
          label={offer?.name ?? ''}
          text={word}
        />
        <p className={classNames(text['meta'], text['num'])}>
          <b>{word}</b> {t('codes.moving', { done, total, rate: format.rate(bytesPerSecond) })}
          {bytesPerSecond > 0 &&
            !checking &&
            ` · ${t('codes.left', { time: format.duration((size - bytesDone) / bytesPerSecond) })}`}
        </p>
        {path !== null && <PathKind kind={path} />}
      </div>
      <div className={styles['do']}>
        <Button onClick={onStop}>{t('codes.stopReceiving')}</Button>
      </div>
    </>
  );
}

function Received({ receive }: { receive: CodeReceive }) {
  const { t } = useTranslation();
  const { offer, text: message, savedAs, sha256 } = receive;
  const files = useFileActions();
  return (
    <>
      {offer && <OfferLine offer={offer} />}
      {message !== null && (
        <pre className={styles['message']} dir="auto" tabIndex={0} aria-label={t('codes.aText')}>
          {message}
        </pre>
      )}
      <p className={classNames(styles['word'], text['ok'])}>
        <CheckCheck size={15} strokeWidth={1.75} aria-hidden />
        {t('codes.receivedVerified')}
      </p>
      {sha256 !== null && (
        <p className={classNames(text['meta'], styles['sha'])}>
          {t('codes.sha')} <span className={text['mono']}>{sha256}</span>
          <CopyIconButton text={sha256} label={t('details.copySha')} />
        </p>
      )}
      <div className={styles['do']}>
        {message !== null && <CopyButton text={message} label={t('codes.copyText')} />}
        {savedAs !== null && (
          <Button
            icon={<FolderOpen size={16} strokeWidth={1.75} aria-hidden />}
            onClick={() => {
              files.revealPath(savedAs);
            }}
          >
            {t('common.showInFolder')}
          </Button>
        )}
      </div>
    </>
  );
}
