import type { VerifyStatus } from '@enxame/shared/engine/verify';
import { CheckCheck, FileCheck, OctagonX, Square } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { fraction } from '@enxame/ui/i18n/format';
import { useDescribeError, useFormat } from '@enxame/ui/i18n/i18n-context';
import { Button } from '@enxame/ui/parts/button';
import { ErrorCallout } from '@enxame/ui/parts/callout';
import { CopyIconButton } from '@enxame/ui/parts/copy-button';
import { Progress } from '@enxame/ui/parts/progress';
import text from '@enxame/ui/parts/text.module.css';
import { useNow } from '@enxame/ui/hooks/use-now';
import { useApp } from '../shell/app-context.js';
import styles from './verify-settings.module.css';

/** So many are in the document; the rest is counted. */
const maxBrokenListed = 100;

/** Checks again all that this computer believes to have, and says what is not what it was. */
export function VerifySettings() {
  const { t } = useTranslation();
  const { link, verify } = useApp();
  const status = useStore(verify, (state) => state.status);
  const [error, setError] = useState<unknown>(null);
  const call = (name: 'verify:start' | 'verify:stop'): void => {
    link.call(name, {}).then(
      (next) => {
        setError(null);
        verify.setState({ status: next });
      },
      (failure: unknown) => {
        setError(failure);
      },
    );
  };
  const running = status?.running === true;
  return (
    <div className={styles['verify']}>
      <div className={styles['head']}>
        <p>{t('verify.how')}</p>
        <Button
          icon={
            running ? (
              <Square size={14} strokeWidth={1.75} aria-hidden />
            ) : (
              <FileCheck size={16} strokeWidth={1.75} aria-hidden />
            )
          }
          onClick={() => {
            call(running ? 'verify:stop' : 'verify:start');
          }}
        >
          {running ? t('verify.stop') : status?.finishedAt ? t('verify.again') : t('verify.start')}
        </Button>
      </div>
      {error !== null && <ErrorCallout error={error} />}
      {status && running && <Running status={status} />}
      {status && !running && status.finishedAt !== null && <Result status={status} finishedAt={status.finishedAt} />}
      {status && status.brokenCount > 0 && <Broken status={status} />}
    </div>
  );
}

function Running({ status }: { status: VerifyStatus }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { done: bytes, total: totalBytes } = format.amount(status.bytesDone, status.bytesTotal);
  const words = t('verify.progress', { done: status.filesDone, total: status.filesTotal, bytes, totalBytes });
  return (
    <div className={styles['running']}>
      <Progress
        state="moving"
        part={status.bytesTotal === 0 ? 0 : fraction(status.bytesDone, status.bytesTotal)}
        label={t('verify.running')}
        text={words}
      />
      <p className={text['num']}>{words}</p>
    </div>
  );
}

/** Aloud as well: who has asked for a check may be elsewhere on the page when it ends. */
function Result({ status, finishedAt }: { status: VerifyStatus; finishedAt: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow(30_000);
  const { filesTotal, filesDone, brokenCount } = status;
  return (
    <p role="status">
      {filesTotal === 0 ? (
        t('verify.nothing')
      ) : filesDone < filesTotal ? (
        t('verify.stopped', { done: filesDone, total: filesTotal })
      ) : brokenCount === 0 ? (
        <span className={styles['ok']}>
          <CheckCheck size={15} strokeWidth={1.75} aria-hidden />
          {t('verify.allOk', { count: filesDone })}
        </span>
      ) : null}{' '}
      <span className={text['meta']}>{t('verify.finished', { when: format.moment(finishedAt, now) })}</span>
    </p>
  );
}

function Broken({ status: { broken, brokenCount } }: { status: VerifyStatus }) {
  const { t } = useTranslation();
  const describe = useDescribeError();
  const shown = broken.slice(0, maxBrokenListed);
  return (
    <div className={styles['broken']}>
      <h3>
        <OctagonX size={16} strokeWidth={1.75} aria-hidden />
        {t('verify.broken', { count: brokenCount })}
      </h3>
      <p>{t('verify.brokenHow')}</p>
      <ul aria-label={t('verify.list')}>
        {shown.map(({ path, contentId, error }) => {
          const { what, todo } = describe(error);
          return (
            <li key={`${contentId} ${path}`}>
              <span className={text['mono']}>{path}</span>
              <CopyIconButton text={path} label={t('common.copyPath')} />
              <p>
                {what} {todo}
              </p>
            </li>
          );
        })}
      </ul>
      {brokenCount > shown.length && <p>{t('verify.brokenMore', { count: brokenCount - shown.length })}</p>}
    </div>
  );
}
