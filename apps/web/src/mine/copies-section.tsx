import { apiRoutes } from '@enxame/shared/tracker/api';
import type { HostedCopy } from '@enxame/shared/tracker/hosted';
import { useFormat } from '@enxame/ui/i18n/i18n-context';
import { Button } from '@enxame/ui/parts/button';
import { ErrorCallout } from '@enxame/ui/parts/callout';
import { ConfirmDialog } from '@enxame/ui/parts/dialog';
import { FileIcon } from '@enxame/ui/parts/file-icon';
import { FileName } from '@enxame/ui/parts/file-name';
import { useNow } from '@enxame/ui/hooks/use-now';
import text from '@enxame/ui/parts/text.module.css';
import { Download, Link2, Trash2 } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useAct } from '../api/use-act.js';
import { useAsk } from '../api/use-ask.js';
import { LinkButton } from '../look/link-button.js';
import { useSite } from '../shell/site-context.js';
import styles from './mine.module.css';
import { NewLinkDialog } from './new-link-dialog.js';

/** What the server keeps for this person, and how much more it would. */
export function CopiesSection() {
  const { t } = useTranslation();
  const format = useFormat();
  const { api, uploads } = useSite();
  const { data, error, reload } = useAsk(
    useCallback((signal) => api.ask({ path: '/hosted', reply: apiRoutes.hosted.reply, signal }), [api]),
  );
  const done = useStore(uploads).filter(({ state }) => state.kind === 'done').length;
  useEffect(() => {
    if (done > 0) reload();
  }, [done, reload]);
  const room =
    data && t('mine.room', { used: format.bytes(data.room.usedBytes), quota: format.bytes(data.room.quotaBytes) });
  return (
    <section className={styles['section']} aria-labelledby="copies-title">
      <div className={styles['head']}>
        <h2 id="copies-title">{t('mine.copies')}</h2>
        {data && (
          <div className={styles['room']}>
            <span>{room}</span>
            <div
              className={styles['meter']}
              role="meter"
              aria-label={t('mine.roomLabel')}
              aria-valuemin={0}
              aria-valuemax={data.room.quotaBytes}
              aria-valuenow={Math.min(data.room.usedBytes, data.room.quotaBytes)}
              aria-valuetext={room ?? ''}
            >
              <div
                style={{
                  width: `${String(Math.min(100, (data.room.usedBytes / Math.max(1, data.room.quotaBytes)) * 100))}%`,
                }}
              />
            </div>
          </div>
        )}
      </div>
      {error && <ErrorCallout error={error} actions={<Button onClick={reload}>{t('common.tryAgain')}</Button>} />}
      {!data && !error && <p className={text['meta']}>{t('common.loading')}</p>}
      {data?.copies.length === 0 && (
        <p className={text['meta']}>
          {t('mine.noCopies')}. {t('mine.noCopiesHow')}
        </p>
      )}
      {data && data.copies.length > 0 && (
        <ul>
          {data.copies.map((copy) => (
            <CopyLine key={copy.contentId} copy={copy} onGone={reload} />
          ))}
        </ul>
      )}
    </section>
  );
}

function CopyLine({ copy, onGone }: { copy: HostedCopy; onGone: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow(60_000);
  const { api } = useSite();
  const [open, setOpen] = useState<'link' | 'remove' | null>(null);
  const { act, error } = useAct();
  const { contentId, sha256, name, size, state, bytesHere, expiresAt, collection } = copy;
  const stateWord = {
    here: expiresAt === null ? t('mine.untilRemoved') : t('mine.until', { when: format.moment(expiresAt, now) }),
    waiting: t('mine.waiting'),
    fetching: t('mine.fetching', { percent: format.percent(bytesHere, size) }),
    failed: t('mine.failed'),
  }[state];
  const close = (): void => {
    setOpen(null);
  };
  const labels = {
    link: t('files.getLink', { name }),
    get: t('files.download', { name }),
    remove: t('mine.remove', { name }),
  };
  return (
    <li className={styles['line']}>
      <FileIcon name={name} folder={collection !== undefined} />
      <div className={styles['name']}>
        <FileName name={name} />
        <p>
          {format.bytes(size)} · {stateWord}
        </p>
      </div>
      <div className={styles['do']}>
        {state === 'here' && (
          <LinkButton
            look="ghost"
            href={`/download/${sha256 ?? contentId}`}
            download={collection ? `${name}.zip` : name}
            aria-label={labels.get}
            title={labels.get}
            icon={<Download size={16} strokeWidth={1.75} aria-hidden />}
          />
        )}
        <Button
          look="ghost"
          aria-label={labels.link}
          title={labels.link}
          onClick={() => {
            setOpen('link');
          }}
        >
          <Link2 size={16} strokeWidth={1.75} aria-hidden />
        </Button>
        <Button
          look="ghost"
          aria-label={labels.remove}
          title={labels.remove}
          onClick={() => {
            setOpen('remove');
          }}
        >
          <Trash2 size={16} strokeWidth={1.75} aria-hidden />
        </Button>
      </div>
      {(error ?? copy.error) && (
        <div className={styles['takes']}>
          <ErrorCallout error={error ?? copy.error} />
        </div>
      )}
      {open === 'link' && <NewLinkDialog target={contentId} name={name} onClose={close} />}
      {open === 'remove' && (
        <ConfirmDialog
          title={t('mine.removeTitle', { name })}
          text={t('mine.removeText')}
          keep={t('mine.keep')}
          confirm={t('mine.removeIt')}
          onClose={close}
          onConfirm={() => {
            act(api.ask({ method: 'delete', path: `/hosted/${contentId}`, reply: apiRoutes.dropHosted.reply }), onGone);
          }}
        />
      )}
    </li>
  );
}
