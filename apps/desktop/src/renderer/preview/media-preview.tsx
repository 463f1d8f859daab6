import { toPreviewType } from '@enxame/shared/content/preview-type';
import { useTranslation } from 'react-i18next';
import styles from './preview.module.css';
import type { OpenedPreview } from './use-preview.js';

interface Props {
  readonly name: string;
  readonly opened: OpenedPreview;
  readonly onFailed: () => void;
}

/** Plays as the bytes come; what a person seeks to is fetched first. */
export function MediaPreview({ name, opened, onFailed }: Props) {
  const { t } = useTranslation();
  const props = { src: opened.url, controls: true, autoPlay: true, onError: onFailed } as const;
  const label = t('preview.player', { name });
  return toPreviewType(name)?.kind === 'video' ? (
    <video className={styles['film']} aria-label={label} {...props} />
  ) : (
    <audio className={styles['sound']} aria-label={label} {...props} />
  );
}
