import type { ListedFile } from '@enxame/shared/engine/preview-calls';
import type { ContentId } from '@enxame/shared/ids';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { classNames } from '@enxame/ui/class-names';
import { useDescribeError, useFormat } from '@enxame/ui/i18n/i18n-context';
import { FileIcon } from '@enxame/ui/parts/file-icon';
import { FileName } from '@enxame/ui/parts/file-name';
import { Hint } from '@enxame/ui/parts/field';
import text from '@enxame/ui/parts/text.module.css';
import { useApp } from '../shell/app-context.js';
import { PreviewButton } from './preview-button.js';
import styles from './preview.module.css';

/** So many are listed; the folder itself has them all. */
const maxShown = 200;

/** In the details of a folder that is here: its files, each with its preview. */
export function FolderSection({ contentId }: { contentId: ContentId }) {
  const { t } = useTranslation();
  const format = useFormat();
  const describe = useDescribeError();
  const { link } = useApp();
  const [listed, setListed] = useState<{ readonly total: number; readonly files: readonly ListedFile[] } | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    let isOver = false;
    link.call('preview:contents', { contentId, limit: maxShown }).then(
      (reply) => {
        if (!isOver) setListed(reply);
      },
      (failure: unknown) => {
        if (!isOver) setError(failure);
      },
    );
    return () => {
      isOver = true;
    };
  }, [link, contentId]);
  const more = listed ? listed.total - maxShown : 0;
  return (
    <section>
      <h3>{t('preview.inFolder')}</h3>
      {error !== null && <Hint kind="bad">{describe(error).what}</Hint>}
      {listed && (
        <ul className={styles['files']} tabIndex={0} aria-label={t('preview.inFolder')}>
          {listed.files.map(({ path, size, contentId: id }) => {
            const name = path.slice(path.lastIndexOf('/') + 1);
            return (
              <li key={path} title={path}>
                <FileIcon name={name} />
                <FileName name={name} />
                <span className={classNames(text['meta'], text['num'])}>{format.bytes(size)}</span>
                <PreviewButton content={{ contentId: id, name }} iconOnly />
              </li>
            );
          })}
        </ul>
      )}
      {more > 0 && <p className={text['meta']}>{t('preview.moreInFolder', { count: more })}</p>}
    </section>
  );
}
