import { toApiError } from '../api/tracker-api.js';
import type { EnxameError } from '@enxame/shared/errors/enxame-error';
import { useFormat } from '@enxame/ui/i18n/i18n-context';
import { Button } from '@enxame/ui/parts/button';
import { ErrorCallout } from '@enxame/ui/parts/callout';
import { FileIcon } from '@enxame/ui/parts/file-icon';
import { FileName } from '@enxame/ui/parts/file-name';
import text from '@enxame/ui/parts/text.module.css';
import { Download } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LinkButton } from '../look/link-button.js';
import styles from './folder-files.module.css';
import type { FolderFiles, LinkApi } from './link-api.js';

interface Props {
  readonly link: LinkApi;
  readonly total: number;
  readonly canDownload: boolean;
}

/** The files of a folder, each to be had alone; a thousand at a time. */
export function FolderFilesList({ link, total, canDownload }: Props) {
  const { t } = useTranslation();
  const [files, setFiles] = useState<FolderFiles['files']>([]);
  const [offset, setOffset] = useState(0);
  const [error, setError] = useState<EnxameError | null>(null);
  const [round, setRound] = useState(0);
  const [isAsking, setIsAsking] = useState(true);
  useEffect(() => {
    const gone = new AbortController();
    link.files(offset, gone.signal).then(
      (page) => {
        if (gone.signal.aborted) return;
        setFiles((before) => [...before.slice(0, offset), ...page.files]);
        setError(null);
        setIsAsking(false);
      },
      (thrown: unknown) => {
        if (gone.signal.aborted) return;
        setError(toApiError(thrown));
        setIsAsking(false);
      },
    );
    return () => {
      gone.abort();
    };
  }, [link, offset, round]);
  const left = total - files.length;
  return (
    <section aria-label={t('link.folderFiles')} className={styles['files']}>
      <ul className={styles['list']}>
        {files.map((file) => (
          <FolderFile key={file.index} link={link} file={file} canDownload={canDownload} />
        ))}
      </ul>
      {error && (
        <ErrorCallout
          error={error}
          kind="warn"
          actions={
            <Button
              busy={isAsking}
              onClick={() => {
                setIsAsking(true);
                setRound(round + 1);
              }}
            >
              {t('common.tryAgain')}
            </Button>
          }
        />
      )}
      {isAsking && files.length === 0 && <p className={text['meta']}>{t('common.loading')}</p>}
      {!error && files.length > 0 && left > 0 && (
        <Button
          wide
          busy={isAsking}
          onClick={() => {
            setIsAsking(true);
            setOffset(files.length);
          }}
        >
          {t('link.more', { count: left })}
        </Button>
      )}
    </section>
  );
}

interface FileProps extends Pick<Props, 'link' | 'canDownload'> {
  readonly file: FolderFiles['files'][number];
}

function FolderFile({ link, file: { index, path, size }, canDownload }: FileProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const slash = path.lastIndexOf('/');
  const label = t('link.downloadOne', { name: path });
  return (
    <li className={styles['file']}>
      <FileIcon name={path} />
      <div className={styles['name']}>
        <FileName name={path.slice(slash + 1)} />
        {slash > 0 && (
          <span className={styles['folder']} dir="auto" title={path.slice(0, slash)}>
            {path.slice(0, slash)}
          </span>
        )}
      </div>
      <span className={styles['size']}>{format.bytes(size)}</span>
      {canDownload && (
        <LinkButton
          look="ghost"
          className={styles['get']}
          href={link.contentPath({ index })}
          download
          aria-label={label}
          title={label}
          icon={<Download size={16} strokeWidth={1.75} aria-hidden />}
        />
      )}
    </li>
  );
}
