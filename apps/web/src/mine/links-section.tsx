import { apiRoutes } from '@enxame/shared/tracker/api';
import type { Link } from '@enxame/shared/tracker/link';
import { useFormat } from '@enxame/ui/i18n/i18n-context';
import { Button } from '@enxame/ui/parts/button';
import { ErrorCallout } from '@enxame/ui/parts/callout';
import { CopyButton } from '@enxame/ui/parts/copy-button';
import { ConfirmDialog } from '@enxame/ui/parts/dialog';
import { FileIcon } from '@enxame/ui/parts/file-icon';
import { FileName } from '@enxame/ui/parts/file-name';
import { useNow } from '@enxame/ui/hooks/use-now';
import text from '@enxame/ui/parts/text.module.css';
import { Trash2, Users } from 'lucide-react';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { useAct } from '../api/use-act.js';
import { useAsk } from '../api/use-ask.js';
import { useSite } from '../shell/site-context.js';
import { LinkTakes } from './link-takes.js';
import styles from './mine.module.css';

/** The links of this person, newest first, a page at a time. */
export function LinksSection() {
  const { t } = useTranslation();
  const { api } = useSite();
  const [pages, setPages] = useState(1);
  const { data, error, isAsking, reload } = useAsk(
    useCallback(
      async (signal: AbortSignal) => {
        let shown: z.output<typeof apiRoutes.links.reply> = { links: [], total: 0 };
        for (let page = 0; page < pages && (page === 0 || shown.links.length < shown.total); page++) {
          const query = { after: shown.links.at(-1)?.id };
          const next = await api.ask({ path: '/links', query, reply: apiRoutes.links.reply, signal });
          shown = { links: [...shown.links, ...next.links], total: next.total };
          if (next.links.length === 0) break;
        }
        return shown;
      },
      [api, pages],
    ),
  );
  return (
    <section className={styles['section']} aria-labelledby="links-title">
      <div className={styles['head']}>
        <h2 id="links-title">{t('mine.links')}</h2>
      </div>
      {error && <ErrorCallout error={error} actions={<Button onClick={reload}>{t('common.tryAgain')}</Button>} />}
      {!data && !error && <p className={text['meta']}>{t('common.loading')}</p>}
      {data?.links.length === 0 && (
        <p className={text['meta']}>
          {t('mine.noLinks')}. {t('mine.noLinksHow')}
        </p>
      )}
      {data && data.links.length > 0 && (
        <ul>
          {data.links.map((link) => (
            <LinkLine key={link.id} link={link} onGone={reload} />
          ))}
        </ul>
      )}
      {data && data.links.length < data.total && (
        <Button
          wide
          busy={isAsking}
          onClick={() => {
            setPages(pages + 1);
          }}
        >
          {t('mine.more')}
        </Button>
      )}
    </section>
  );
}

function LinkLine({ link, onGone }: { link: Link; onGone: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow(60_000);
  const { api } = useSite();
  const [isRevoking, setIsRevoking] = useState(false);
  const [showsTakes, setShowsTakes] = useState(false);
  const { act, error } = useAct();
  const { id, url, name, size, isFolder, expiresAt, maxDownloads, downloads, hasPassword } = link;
  const facts = [
    format.bytes(size),
    maxDownloads === null
      ? t('mine.downloads', { count: downloads })
      : t('mine.ofMost', { count: downloads, most: maxDownloads }),
    expiresAt === null ? t('mine.never') : t('mine.expires', { when: format.moment(expiresAt, now) }),
    hasPassword && t('mine.password'),
  ];
  const revoke = t('mine.revoke', { name });
  return (
    <li className={`${styles['line'] ?? ''} ${styles['wide'] ?? ''}`}>
      <FileIcon name={name} folder={isFolder} />
      <div className={styles['name']}>
        <FileName name={name} />
        <p>{facts.filter(Boolean).join(' · ')}</p>
      </div>
      <div className={styles['do']}>
        <CopyButton look="ghost" text={url} label={t('mine.copyLink')} />
        <Button
          look="ghost"
          aria-expanded={showsTakes}
          icon={<Users size={16} strokeWidth={1.75} aria-hidden />}
          onClick={() => {
            setShowsTakes(!showsTakes);
          }}
        >
          {t('mine.takes')}
        </Button>
        <Button
          look="ghost"
          aria-label={revoke}
          title={revoke}
          onClick={() => {
            setIsRevoking(true);
          }}
        >
          <Trash2 size={16} strokeWidth={1.75} aria-hidden />
        </Button>
      </div>
      {error && (
        <div className={styles['takes']}>
          <ErrorCallout error={error} />
        </div>
      )}
      {showsTakes && <LinkTakes id={id} now={now} />}
      {isRevoking && (
        <ConfirmDialog
          title={t('mine.revokeTitle', { name })}
          text={t('mine.revokeText')}
          keep={t('mine.keepLink')}
          confirm={t('mine.revokeIt')}
          onClose={() => {
            setIsRevoking(false);
          }}
          onConfirm={() => {
            act(api.ask({ method: 'delete', path: `/links/${id}`, reply: apiRoutes.revokeLink.reply }), onGone);
          }}
        />
      )}
    </li>
  );
}
