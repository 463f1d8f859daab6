import { Plus } from 'lucide-react';
import { memo, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@enxame/ui/parts/button';
import { classNames } from '@enxame/ui/class-names';
import { Mark } from '@enxame/ui/parts/mark';
import { useAddFiles } from '../shares/add-files.js';
import { PageHead } from '../shell/page-head.js';
import { toHash } from '../shell/route.js';
import shell from '../shell/shell.module.css';
import { FilesSearch } from './files-search.js';
import styles from './files-page.module.css';
import type { Scope } from './files-view.js';
import { ScopeSwitch } from './scope-switch.js';

interface Props {
  readonly scope: Scope;
  readonly onScope: (scope: Scope) => void;
  readonly total: number | null;
  readonly text: string;
  readonly onText: (text: string) => void;
  /** Goes from the search into what it found. */
  readonly focusList: RefObject<(() => void) | null>;
}

/** Not rendered again by what comes while the list is scrolled. */
export const FilesHead = memo(function FilesHead({ scope, onScope, total, text, onText, focusList }: Props) {
  const { t } = useTranslation();
  return (
    <PageHead title={t('nav.files')} keepTitle={false}>
      <a
        className={classNames(shell['markLink'], shell['onlyNarrow'])}
        href={toHash('connection')}
        aria-label={t('nav.connection')}
      >
        <Mark size={26} />
      </a>
      <div className={shell['hideNarrow']}>
        <ScopeSwitch scope={scope} onChange={onScope} />
      </div>
      <FilesSearch total={total} value={text} onChange={onText} onDown={() => focusList.current?.()} />
      <AddButton />
    </PageHead>
  );
});

function AddButton() {
  const { t } = useTranslation();
  const add = useAddFiles();
  return (
    <Button
      look="ink"
      className={styles['addButton'] ?? ''}
      icon={<Plus size={16} strokeWidth={2} aria-hidden />}
      onClick={add.open}
    >
      <span className={styles['addText']}>{t('files.add')}</span>
    </Button>
  );
}
