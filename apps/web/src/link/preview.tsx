import { useFormat } from '@enxame/ui/i18n/i18n-context';
import { Button } from '@enxame/ui/parts/button';
import text from '@enxame/ui/parts/text.module.css';
import { Eye } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LinkApi, LinkContent } from './link-api.js';
import { toPreviewKind } from './preview-kind.js';
import styles from './preview.module.css';
import { TextPreview } from './text-preview.js';

/** A larger picture is shown when it is asked for: somebody pays for these bytes. */
const maxUnaskedBytes = 8_000_000;

/** What a file looks or sounds like, from the same bytes that the download gives. */
export function Preview({ link, content: { name, size } }: { link: LinkApi; content: LinkContent }) {
  const { t } = useTranslation();
  const format = useFormat();
  const kind = toPreviewKind(name);
  const [isAsked, setIsAsked] = useState(kind !== 'image' || size <= maxUnaskedBytes);
  const [hasFailed, setHasFailed] = useState(false);
  if (kind === null || size === 0) return null;
  if (!isAsked) {
    return (
      <Button
        wide
        icon={<Eye size={16} strokeWidth={1.75} aria-hidden />}
        onClick={() => {
          setIsAsked(true);
        }}
      >
        {t('link.showPreview')}, {format.bytes(size)}
      </Button>
    );
  }
  const label = t('link.previewOf', { name });
  const src = link.contentPath({ inline: true });
  const onError = (): void => {
    setHasFailed(true);
  };
  return (
    <section className={styles['preview']} aria-label={t('link.preview')}>
      {hasFailed ? (
        <p className={text['meta']}>{t('link.previewFailed')}</p>
      ) : kind === 'image' ? (
        <img src={src} alt={label} onError={onError} />
      ) : kind === 'audio' ? (
        <audio src={src} aria-label={label} controls preload="metadata" onError={onError} />
      ) : kind === 'video' ? (
        <video src={src} aria-label={label} controls playsInline preload="metadata" onError={onError} />
      ) : (
        <TextPreview src={src} size={size} label={label} onError={onError} />
      )}
    </section>
  );
}
