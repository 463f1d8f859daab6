import { Button } from '@enxame/ui/parts/button';
import { ErrorCallout } from '@enxame/ui/parts/callout';
import { Mark } from '@enxame/ui/parts/mark';
import text from '@enxame/ui/parts/text.module.css';
import { RotateCw, SearchX, TimerOff } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { LookButtons } from '../look/look-buttons.js';
import type { DownloadStore } from './download-store.js';
import type { LinkApi } from './link-api.js';
import { LinkCard } from './link-card.js';
import styles from './link-screen.module.css';
import { PasswordForm } from './password-form.js';
import { useLink } from './use-link.js';

/** The page behind a link, for people who have nothing installed. */
export function LinkScreen({ link, download }: { link: LinkApi; download: DownloadStore }) {
  const { t } = useTranslation();
  const { page, error, isAsking, reload } = useLink(link);
  const retry = (
    <Button icon={<RotateCw size={16} strokeWidth={1.75} aria-hidden />} busy={isAsking} onClick={reload}>
      {t('common.tryAgain')}
    </Button>
  );
  return (
    <div className={styles['page']}>
      <header className={styles['top']}>
        <a className={styles['brand']} href="/">
          <Mark size={24} />
          Enxame
        </a>
        <LookButtons />
      </header>
      <main className={styles['card']}>
        {error?.code === 'link-ended' ? (
          <Over icon={<TimerOff size={24} strokeWidth={1.75} aria-hidden />} title={t('link.endedTitle')}>
            {t('link.endedText')}
          </Over>
        ) : error?.code === 'not-found' || error?.code === 'bad-request' ? (
          <Over icon={<SearchX size={24} strokeWidth={1.75} aria-hidden />} title={t('link.missingTitle')}>
            {t('link.missingText')}
          </Over>
        ) : (
          <>
            {!page && <h1 className={text['sr']}>Enxame</h1>}
            {error && <ErrorCallout error={error} actions={retry} />}
            {page?.needsPassword && !page.content && <PasswordForm link={link} onOpen={reload} />}
            {page?.content && <LinkCard link={link} page={page} content={page.content} download={download} />}
            {!page && !error && (
              <p className={text['meta']} role="status">
                {t('link.loadingLink')}
              </p>
            )}
          </>
        )}
      </main>
      <footer className={styles['foot']}>{t('link.about')}</footer>
    </div>
  );
}

function Over({ icon, title, children }: { icon: ReactNode; title: string; children: ReactNode }) {
  return (
    <div className={styles['over']}>
      <span className={styles['tile']}>{icon}</span>
      <h1>{title}</h1>
      <p>{children}</p>
    </div>
  );
}
