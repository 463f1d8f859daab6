import { useFormat } from '@enxame/ui/i18n/i18n-context';
import { Button } from '@enxame/ui/parts/button';
import { Callout, ErrorCallout } from '@enxame/ui/parts/callout';
import { Hint } from '@enxame/ui/parts/field';
import { Progress } from '@enxame/ui/parts/progress';
import { classNames } from '@enxame/ui/class-names';
import text from '@enxame/ui/parts/text.module.css';
import { Check, CheckCheck, Download, Info, RotateCw, ShieldCheck, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { LinkButton } from '../look/link-button.js';
import { maxStreamedBytes, type DownloadState, type DownloadStore } from './download-store.js';
import type { LinkApi, LinkContent } from './link-api.js';
import styles from './link-screen.module.css';

interface Props {
  readonly link: LinkApi;
  readonly content: LinkContent;
  readonly download: DownloadStore;
}

interface AreaProps extends Props {
  /** Nothing new may begin; what has begun goes on. */
  readonly isUsedUp: boolean;
}

/** Small files are received and checked by the page; large ones, and folders, by the browser itself. */
export function DownloadArea({ link, content, download, isUsedUp }: AreaProps) {
  const { t } = useTranslation();
  const state = useStore(download);
  const size = useFormat().bytes(content.size);
  if (isUsedUp && state.kind === 'idle') {
    return (
      <Callout kind="warn" title={t('link.usedUpTitle')}>
        <p>{t('link.usedUpText')}</p>
      </Callout>
    );
  }
  if (content.files !== null || content.size > maxStreamedBytes)
    return <NativeDownload link={link} content={content} download={download} />;
  const start = (): void => {
    void download.start({ ...content, url: link.contentPath() });
  };
  switch (state.kind) {
    case 'idle':
    case 'native':
      return (
        <div className={styles['get']}>
          <DownloadButton label={t('link.download', { size })} onClick={start} />
          <Hint icon={<ShieldCheck size={14} aria-hidden />}>
            {content.sha256 === null ? t('link.wayStreamNoHash') : t('link.wayStream')}
          </Hint>
        </div>
      );
    case 'moving':
      return <Moving state={state} content={content} onCancel={download.cancel} />;
    case 'checking':
      return (
        <div className={styles['get']} role="status">
          <b>{t('link.checking')}</b>
          <Progress state="checking" part={1} label={t('link.checking')} text={t('link.checking')} />
          <p className={text['meta']}>{t('link.checkingText')}</p>
        </div>
      );
    case 'done':
      return <Done isVerified={state.isVerified} onAgain={start} />;
    case 'differs':
      return (
        <>
          <Callout kind="danger" title={t('link.differs')}>
            <p>{t('link.differsText')}</p>
          </Callout>
          <DownloadButton label={t('link.downloadAgain')} onClick={start} again />
        </>
      );
    case 'stopped':
      return <Stopped state={state} content={content} onGoOn={start} />;
  }
}

function DownloadButton({ label, onClick, again }: { label: string; onClick: () => void; again?: boolean }) {
  const Icon = again ? RotateCw : Download;
  return (
    <Button
      look="ink"
      wide
      className={styles['big']}
      icon={<Icon size={20} strokeWidth={1.75} aria-hidden />}
      onClick={onClick}
    >
      {label}
    </Button>
  );
}

function NativeDownload({ link, content, download }: Props) {
  const { t } = useTranslation();
  const size = useFormat().bytes(content.size);
  const isFolder = content.files !== null;
  const isStarted = useStore(download).kind === 'native';
  return (
    <div className={styles['get']}>
      <LinkButton
        look={isStarted ? 'plain' : 'ink'}
        wide
        className={styles['big']}
        href={isFolder ? link.zipPath() : link.contentPath()}
        download
        icon={<Download size={20} strokeWidth={1.75} aria-hidden />}
        onClick={download.handOver}
      >
        {isFolder ? t('link.downloadAll', { size }) : t('link.download', { size })}
      </LinkButton>
      <div role="status">
        {isStarted ? (
          <Callout kind="plain" title={t('link.started')}>
            <p>{t('link.startedText')}</p>
          </Callout>
        ) : (
          <Hint icon={<ShieldCheck size={14} aria-hidden />}>{isFolder ? t('link.wayZip') : t('link.wayNative')}</Hint>
        )}
      </div>
    </div>
  );
}

function Moving({
  state: { bytes, bytesPerSecond, isRetrying },
  content: { name, size },
  onCancel,
}: {
  state: Extract<DownloadState, { kind: 'moving' }>;
  content: LinkContent;
  onCancel: () => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const percent = format.percent(bytes, size);
  const left = bytesPerSecond > 0 ? format.duration((size - bytes) / bytesPerSecond) : null;
  return (
    <>
      <div className={styles['get']}>
        <div className={classNames(styles['numbers'], text['num'])}>
          <b>{percent}</b>
          <span className={text['meta']}>
            {isRetrying
              ? null
              : left === null
                ? t('link.connecting')
                : t('link.rateLeft', { rate: format.rate(bytesPerSecond), left })}
          </span>
        </div>
        <Progress
          state={isRetrying ? 'waiting' : 'moving'}
          part={size === 0 ? 0 : bytes / size}
          label={t('link.progress', { name })}
          text={percent}
        />
        <p className={classNames(text['meta'], text['num'])}>{t('link.amount', format.amount(bytes, size))}</p>
        {isRetrying && (
          <p className={classNames(text['meta'], text['warn'])} role="status">
            {t('link.retrying')}
          </p>
        )}
      </div>
      <Button wide size="large" icon={<X size={16} strokeWidth={1.75} aria-hidden />} onClick={onCancel}>
        {t('common.cancel')}
      </Button>
      <Hint icon={<Info size={14} aria-hidden />}>{t('link.keepOpen')}</Hint>
    </>
  );
}

function Done({ isVerified, onAgain }: { isVerified: boolean; onAgain: () => void }) {
  const { t } = useTranslation();
  const Icon = isVerified ? CheckCheck : Check;
  const word = isVerified ? t('link.verified') : t('link.received');
  return (
    <div className={styles['get']}>
      <Progress state={isVerified ? 'verified' : 'paused'} part={1} label={word} text={word} />
      <p className={classNames(styles['done'], isVerified && text['ok'])} role="status">
        <Icon size={18} strokeWidth={1.75} aria-hidden />
        {word}
      </p>
      <p className={text['meta']}>
        {t('link.savedText')} {!isVerified && t('link.receivedText')}
      </p>
      <Button wide size="large" icon={<Download size={16} strokeWidth={1.75} aria-hidden />} onClick={onAgain}>
        {t('link.downloadAgain')}
      </Button>
    </div>
  );
}

function Stopped({
  state: { bytes, error },
  content: { name, size },
  onGoOn,
}: {
  state: Extract<DownloadState, { kind: 'stopped' }>;
  content: LinkContent;
  onGoOn: () => void;
}) {
  const { t } = useTranslation();
  const percent = useFormat().percent(bytes, size);
  return (
    <div className={styles['get']}>
      {bytes > 0 && (
        <Progress
          state="failed"
          part={bytes / size}
          label={t('link.progress', { name })}
          text={t('link.stopped', { percent })}
        />
      )}
      <ErrorCallout error={error} />
      <DownloadButton label={bytes > 0 ? t('link.goOn', { percent }) : t('common.tryAgain')} onClick={onGoOn} again />
    </div>
  );
}
