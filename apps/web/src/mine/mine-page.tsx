import { useTranslation } from 'react-i18next';
import { AddFiles } from '../uploads/add-files.js';
import { CopiesSection } from './copies-section.js';
import { LinksSection } from './links-section.js';
import styles from './mine.module.css';

/** What this person keeps on the server, and gave away links to. */
export function MinePage() {
  const { t } = useTranslation();
  return (
    <div className={styles['page']}>
      <div className={styles['head']}>
        <h1>{t('mine.title')}</h1>
        <AddFiles />
      </div>
      <CopiesSection />
      <LinksSection />
    </div>
  );
}
