import { HardDriveDownload, Server } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useFormat } from '@enxame/ui/i18n/i18n-context';
import { Button } from '@enxame/ui/parts/button';
import { ErrorCallout } from '@enxame/ui/parts/callout';
import { Hint } from '@enxame/ui/parts/field';
import { Progress } from '@enxame/ui/parts/progress';
import type { FileRow } from '../files/file-row.js';
import { useApp, useStatus } from '../shell/app-context.js';
import styles from './hosted.module.css';

/** The copy that the network keeps of a file while its owners are away: asking for one, and letting it go. */
export function HostedSection({ row }: { row: FileRow }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { link, hosted } = useApp();
  const live = useStatus().tracker?.connected === true;
  const { contentId, name } = row;
  const copy = useStore(hosted, (state) => (contentId === null ? undefined : state.copies.get(contentId)));
  const room = useStore(hosted, (state) => state.room);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  // A network that keeps no copies says nothing of their room.
  if (contentId === null || !live || (room === null && !copy)) return null;
  const run = (work: Promise<unknown>): void => {
    setBusy(true);
    setError(null);
    work.catch(setError).finally(() => {
      setBusy(false);
    });
  };
  const word = copy && t(`hosted.${copy.state}`);
  return (
    <section>
      <h3>{t('hosted.title')}</h3>
      {copy && copy.state !== 'here' && copy.state !== 'failed' && (
        <Progress
          state={copy.state === 'fetching' ? 'moving' : 'waiting'}
          part={copy.size === 0 ? 0 : copy.bytesHere / copy.size}
          label={t('hosted.title')}
          text={format.percent(copy.bytesHere, copy.size)}
          thin
        />
      )}
      <Hint icon={<Server size={14} strokeWidth={1.75} aria-hidden />}>
        {copy
          ? copy.expiresAt === null
            ? word
            : t('hosted.until', { word, when: format.moment(copy.expiresAt, copy.addedAt) })
          : t('hosted.how')}
      </Hint>
      {copy?.error && <ErrorCallout error={copy.error} kind="warn" />}
      {error !== null && <ErrorCallout error={error} kind="warn" />}
      <div className={styles['do']}>
        {copy ? (
          <Button
            busy={busy}
            onClick={() => {
              run(link.call('hosted:drop', { contentId }));
            }}
          >
            {t('hosted.drop')}
          </Button>
        ) : (
          <Button
            busy={busy}
            icon={<HardDriveDownload size={16} strokeWidth={1.75} aria-hidden />}
            onClick={() => {
              run(link.call('hosted:keep', { contentId, name }));
            }}
          >
            {t('hosted.keep')}
          </Button>
        )}
        {room !== null && (
          <span className={styles['room']}>
            {t('hosted.room', { used: format.bytes(room.usedBytes), all: format.bytes(room.quotaBytes) })}
          </span>
        )}
      </div>
    </section>
  );
}
