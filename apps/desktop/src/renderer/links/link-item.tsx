import { toErrorInfo, type ErrorInfo } from '@enxame/shared/errors/enxame-error';
import type { Link, LinkTake } from '@enxame/shared/tracker/link';
import { CheckCheck, Lock } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { classNames } from '@enxame/ui/class-names';
import { useNow } from '@enxame/ui/hooks/use-now';
import { useFormat } from '@enxame/ui/i18n/i18n-context';
import { Button } from '@enxame/ui/parts/button';
import { CopyButton } from '@enxame/ui/parts/copy-button';
import { ConfirmDialog } from '@enxame/ui/parts/dialog';
import { FileIcon } from '@enxame/ui/parts/file-icon';
import { FileName } from '@enxame/ui/parts/file-name';
import text from '@enxame/ui/parts/text.module.css';
import { useApp } from '../shell/app-context.js';
import styles from './links.module.css';

interface Props {
  readonly link: Link;
  readonly onRevoked: () => void;
  readonly onError: (error: ErrorInfo) => void;
}

/** One link: how often it was taken, until when it is good, by whom it was taken. */
export function LinkItem({ link, onRevoked, onError }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow(60_000);
  const { link: engine } = useApp();
  const [takes, setTakes] = useState<readonly LinkTake[] | null>(null);
  const [asking, setAsking] = useState(false);
  const fail = (error: unknown): void => {
    onError(toErrorInfo(error));
  };
  const facts = [
    format.bytes(link.size),
    link.maxDownloads === null
      ? t('links.taken', { count: link.downloads })
      : t('links.takenOf', { count: link.downloads, all: link.maxDownloads }),
    link.expiresAt === null
      ? t('links.forever')
      : link.expiresAt <= now
        ? t('links.expired')
        : t('links.until', { when: format.moment(link.expiresAt, now) }),
  ];
  return (
    <li className={styles['item']}>
      <div className={styles['what']}>
        <span className={text['faint']}>
          <FileIcon name={link.name} folder={link.isFolder} />
        </span>
        <div>
          <FileName name={link.name} />
          <p className={classNames(text['meta'], text['num'])}>
            {facts.join(' · ')}
            {link.hasPassword && (
              <>
                {' · '}
                <Lock size={12} strokeWidth={1.75} aria-hidden /> {t('links.withPassword')}
              </>
            )}
          </p>
        </div>
      </div>
      <div className={styles['do']}>
        <CopyButton text={link.url} label={t('links.copy')} />
        <Button
          aria-expanded={takes !== null}
          disabled={link.downloads === 0 && takes === null}
          onClick={() => {
            if (takes) setTakes(null);
            else engine.call('link:takes', { id: link.id }).then(({ takes: found }) => { setTakes(found); }, fail); // prettier-ignore
          }}
        >
          {t('links.who')}
        </Button>
        <Button
          look="danger"
          onClick={() => {
            setAsking(true);
          }}
        >
          {t('links.revoke')}
        </Button>
      </div>
      {takes && (
        <ul className={styles['takes']} aria-label={t('links.who')}>
          {takes.map((take, index) => (
            <li key={index}>
              <span dir="auto">{take.who ?? (take.agent === '' ? t('links.somebody') : take.agent)}</span>
              <span className={classNames(text['meta'], text['num'])}>{format.moment(take.at, now)}</span>
              <span className={classNames(text['meta'], text['num'], take.isComplete && text['ok'])}>
                {take.isComplete && <CheckCheck size={14} strokeWidth={1.75} aria-hidden />}
                {take.isComplete ? t('links.complete') : t('links.partly', { size: format.bytes(take.bytes) })}
              </span>
            </li>
          ))}
        </ul>
      )}
      {asking && (
        <ConfirmDialog
          title={t('links.revokeTitle', { name: link.name })}
          text={t('links.revokeText')}
          keep={t('links.keep')}
          confirm={t('links.revoke')}
          onConfirm={() => {
            engine.call('link:revoke', { id: link.id }).then(onRevoked, fail);
          }}
          onClose={() => {
            setAsking(false);
          }}
        />
      )}
    </li>
  );
}
