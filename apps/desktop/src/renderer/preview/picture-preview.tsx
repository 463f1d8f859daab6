import { useTranslation } from 'react-i18next';
import styles from './preview.module.css';
import type { OpenedPreview } from './use-preview.js';

interface Props {
  readonly name: string;
  readonly opened: OpenedPreview;
  readonly onFailed: () => void;
}

/** An image element runs no script and loads nothing, an SVG's either. */
export function PicturePreview({ name, opened, onFailed }: Props) {
  const { t } = useTranslation();
  return <img className={styles['picture']} src={opened.url} alt={t('preview.picture', { name })} onError={onFailed} />;
}
