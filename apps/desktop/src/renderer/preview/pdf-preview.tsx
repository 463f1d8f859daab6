import { ExternalLink } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import button from '@enxame/ui/parts/button.module.css';
import { Callout } from '@enxame/ui/parts/callout';
import { useApp } from '../shell/app-context.js';
import styles from './preview.module.css';
import { ShowInFolder } from './show-in-folder.js';
import type { OpenedPreview, Previewed } from './use-preview.js';

/** In the browser's own viewer, where there is one; it is no part of this page. A window of the desktop has none. */
export function PdfPreview({ content, opened }: { readonly content: Previewed; readonly opened: OpenedPreview }) {
  const { t } = useTranslation();
  const { bridge } = useApp();
  if (!bridge && navigator.pdfViewerEnabled) {
    return <iframe className={styles['document']} src={opened.url} title={content.name} />;
  }
  return (
    <Callout
      kind="plain"
      title={t('preview.pdf')}
      actions={
        bridge ? (
          <ShowInFolder content={content} />
        ) : (
          <a className={button['btn']} href={opened.url} target="_blank" rel="noopener noreferrer">
            <ExternalLink size={16} strokeWidth={1.75} aria-hidden />
            {t('preview.openTab')}
          </a>
        )
      }
    >
      <p>{bridge ? t('preview.pdfFolder') : t('preview.pdfTab')}</p>
    </Callout>
  );
}
