import type { CodeOffer } from '@enxame/shared/engine/code';
import { MessageSquareText } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { FileIcon } from '@enxame/ui/parts/file-icon';
import { useFormat } from '@enxame/ui/i18n/i18n-context';
import { classNames } from '@enxame/ui/class-names';
import { FileName } from '@enxame/ui/parts/file-name';
import text from '@enxame/ui/parts/text.module.css';
import styles from './send.module.css';

/** What goes under a code: a text, a file, or a folder and how much is in it. */
export function OfferLine({ offer }: { offer: CodeOffer }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { kind, name, files, size } = offer;
  return (
    <div className={styles['offer']}>
      <span className={text['faint']}>
        {kind === 'text' ? (
          <MessageSquareText size={16} strokeWidth={1.75} aria-hidden />
        ) : (
          <FileIcon name={name} folder={kind === 'folder'} />
        )}
      </span>
      <div>
        {kind === 'text' ? t('codes.aText') : <FileName name={name} />}
        <p className={classNames(text['meta'], text['num'])}>
          {files !== null && `${t('codes.files', { count: files })} · `}
          {format.bytes(size)}
        </p>
      </div>
    </div>
  );
}

/** The same in one word, for a title. */
export function useOfferName(): (offer: CodeOffer) => string {
  const { t } = useTranslation();
  return ({ kind, name }) => (kind === 'text' ? t('codes.aText') : name);
}
