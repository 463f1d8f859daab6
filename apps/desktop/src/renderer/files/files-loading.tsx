import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { classNames } from '@enxame/ui/class-names';
import text from '@enxame/ui/parts/text.module.css';
import grid from './file-grid.module.css';
import { FileCellsLoading } from './file-line.js';
import styles from './files-page.module.css';

/** A list that is there sooner than this is not announced by its skeleton. */
const quietMs = 200;
const rows = 8;

/** On the first load only, and only when it takes a moment. */
export function FilesLoading() {
  const { t } = useTranslation();
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => {
      setShown(true);
    }, quietMs);
    return () => {
      clearTimeout(timer);
    };
  }, []);
  if (!shown) return null;
  return (
    <div className={classNames(grid['scroll'], grid['still'])} aria-busy>
      <p className={text['sr']} role="status">
        {t('files.loading')}
      </p>
      <div className={styles['skeletons']} aria-hidden>
        {Array.from({ length: rows }, (_, index) => (
          <div key={index} className={classNames(grid['columns'], styles['skeleton'])}>
            <FileCellsLoading />
          </div>
        ))}
      </div>
    </div>
  );
}
