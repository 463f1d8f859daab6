import type { CatalogueRow } from '@enxame/shared/tracker/entry';
import { useFormat } from '@enxame/ui/i18n/i18n-context';
import { Avatar } from '@enxame/ui/parts/avatar';
import { Button } from '@enxame/ui/parts/button';
import { FileIcon } from '@enxame/ui/parts/file-icon';
import { FileName } from '@enxame/ui/parts/file-name';
import { CircleSlash, Download, Link2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LinkButton } from '../look/link-button.js';
import { NewLinkDialog } from '../mine/new-link-dialog.js';
import { useMember } from '../shell/site-context.js';
import styles from './file-line.module.css';

/** One content of the catalogue. */
export function FileLine({ row, now }: { row: CatalogueRow; now: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const member = useMember();
  const [isLinking, setIsLinking] = useState(false);
  const { name, size, owner, sources, addedAt, contentId, sha256, collection } = row;
  const mine = member && (owner.id === member.id ? row.id : row.ownedBy?.find(({ id }) => id === member.id)?.entryId);
  const download = t('files.download', { name });
  const getLink = t('files.getLink', { name });
  return (
    <li className={styles['line']}>
      <span className={styles['icon']}>
        <FileIcon name={name} folder={collection !== undefined} />
      </span>
      <div className={styles['name']}>
        <FileName name={name} />
        {collection && <span>{t('common.files', { count: collection.files })}</span>}
      </div>
      <span className={styles['owner']}>
        <Avatar name={owner.name} online={owner.online} size="small" />
        <span dir="auto">{owner.id === member?.id ? t('files.you') : owner.name}</span>
      </span>
      <span className={styles['size']}>{format.bytes(size)}</span>
      <span className={styles['sources']}>
        {sources > 0 ? (
          t('files.count', { count: sources })
        ) : (
          <>
            <CircleSlash size={14} aria-hidden /> {t('files.noSource')}
          </>
        )}
      </span>
      <span className={styles['age']}>{format.age(addedAt, now)}</span>
      <span className={styles['do']}>
        {mine && (
          <Button
            look="ghost"
            aria-label={getLink}
            title={getLink}
            onClick={() => {
              setIsLinking(true);
            }}
          >
            <Link2 size={16} strokeWidth={1.75} aria-hidden />
          </Button>
        )}
        {sources > 0 && (
          <LinkButton
            look="ghost"
            href={`/download/${sha256 ?? contentId}`}
            download={collection ? `${name}.zip` : name}
            aria-label={download}
            title={download}
            icon={<Download size={16} strokeWidth={1.75} aria-hidden />}
          />
        )}
      </span>
      {isLinking && mine && (
        <NewLinkDialog
          target={mine}
          name={name}
          onClose={() => {
            setIsLinking(false);
          }}
        />
      )}
    </li>
  );
}
