import { Button } from '@enxame/ui/parts/button';
import { Plus } from 'lucide-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useMember, useSite } from '../shell/site-context.js';
import { toHash } from '../shell/route.js';
import styles from './add-files.module.css';

/** Opens the browser's own choice of files; a guest signs in first. */
export function AddFiles() {
  const { t } = useTranslation();
  const { uploads } = useSite();
  const member = useMember();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button
        look="ink"
        className={styles['add']}
        icon={<Plus size={16} strokeWidth={1.75} aria-hidden />}
        aria-label={t('upload.add')}
        onClick={() => {
          if (member) input.current?.click();
          else location.hash = toHash('sign-in');
        }}
      >
        <span>{t('upload.add')}</span>
      </Button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        onChange={({ target }) => {
          uploads.add([...(target.files ?? [])]);
          target.value = ''; // the same file again is a change again
        }}
      />
    </>
  );
}
