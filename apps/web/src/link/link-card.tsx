import type { LinkPage } from '@enxame/shared/tracker/link';
import { splitExtension } from '@enxame/shared/content/file-name';
import { useFormat } from '@enxame/ui/i18n/i18n-context';
import { Avatar } from '@enxame/ui/parts/avatar';
import { Callout } from '@enxame/ui/parts/callout';
import { CopyButton } from '@enxame/ui/parts/copy-button';
import { FileIcon } from '@enxame/ui/parts/file-icon';
import { useNow } from '@enxame/ui/hooks/use-now';
import text from '@enxame/ui/parts/text.module.css';
import { ChevronRight, Moon } from 'lucide-react';
import { Trans, useTranslation } from 'react-i18next';
import { DownloadArea } from './download-area.js';
import type { DownloadStore } from './download-store.js';
import { FolderFilesList } from './folder-files.js';
import type { LinkApi, LinkContent } from './link-api.js';
import styles from './link-screen.module.css';
import { Preview } from './preview.js';

interface Props {
  readonly link: LinkApi;
  readonly page: LinkPage;
  readonly content: LinkContent;
  readonly download: DownloadStore;
}

export function LinkCard({ link, page, content, download }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const isFolder = content.files !== null;
  const kind = isFolder
    ? t('common.files', { count: content.files ?? 0 })
    : splitExtension(content.name).extension.slice(1).toUpperCase();
  return (
    <>
      <div className={styles['file']}>
        <span className={styles['tile']}>
          <FileIcon name={content.name} size={24} folder={isFolder} />
        </span>
        <div>
          <h1 dir="auto">{content.name}</h1>
          <p className={text['num']}>{[format.bytes(content.size), kind].filter(Boolean).join(' · ')}</p>
        </div>
      </div>
      <Owner page={page} content={content} />
      {content.from === 'offline' ? (
        <Callout
          kind="warn"
          icon={<Moon size={16} strokeWidth={1.75} aria-hidden />}
          title={t('link.offlineTitle', { name: content.owner.name })}
        >
          <p role="status">{t('link.offlineText')}</p>
        </Callout>
      ) : (
        <>
          <DownloadArea link={link} content={content} download={download} isUsedUp={page.downloadsLeft === 0} />
          {/* Where downloads are limited, looking is one of them. */}
          {!isFolder && page.downloadsLeft === null && <Preview link={link} content={content} />}
        </>
      )}
      {content.files !== null && (
        <FolderFilesList
          link={link}
          total={content.files}
          canDownload={content.from !== 'offline' && page.downloadsLeft !== 0}
        />
      )}
      {!isFolder && <Integrity content={content} />}
    </>
  );
}

function Owner({ page, content: { owner, from } }: { page: LinkPage; content: LinkContent }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow(30_000);
  const presence =
    from === 'hosted'
      ? t('link.hosted')
      : owner.online
        ? t('link.online')
        : owner.lastSeenAt === null
          ? t('link.offline')
          : t('link.lastSeen', { when: format.ago(owner.lastSeenAt, now) });
  const facts = [
    presence,
    page.expiresAt !== null && t('link.expires', { when: format.moment(page.expiresAt, now) }),
    page.downloadsLeft !== null && t('link.left', { count: page.downloadsLeft }),
  ];
  return (
    <div className={styles['owner']}>
      <Avatar name={owner.name} online={owner.online} size="large" />
      <div>
        <p>
          <Trans i18nKey="link.sends" values={{ name: owner.name }} components={[<strong key="name" dir="auto" />]} />
        </p>
        <p className={text['meta']}>{facts.filter(Boolean).join(' · ')}</p>
      </div>
    </div>
  );
}

function Integrity({ content: { sha256, name } }: { content: LinkContent }) {
  const { t } = useTranslation();
  return (
    <details className={styles['sha']}>
      <summary>
        <ChevronRight size={14} aria-hidden />
        {t('link.integrity')}
      </summary>
      <div>
        {sha256 === null ? (
          <p>{t('link.integrityPending')}</p>
        ) : (
          <>
            <p className={text['mono']} translate="no">
              {sha256.match(/.{8}/g)?.join(' ')}
            </p>
            <CopyButton text={sha256} label={t('common.copySha')} />
            <p>
              <Trans
                i18nKey="link.integrityHow"
                values={{ command: `sha256sum "${name}"` }}
                components={[<code key="command" className={text['mono']} translate="no" dir="ltr" />]}
              />
            </p>
          </>
        )}
      </div>
    </details>
  );
}
