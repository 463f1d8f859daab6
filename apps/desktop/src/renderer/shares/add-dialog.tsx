import { FolderOpen, FolderSearch, Globe, HardDrive, Upload } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FolderPicker } from '../folders/folder-picker.js';
import { Button } from '@enxame/ui/parts/button';
import { Dialog } from '@enxame/ui/parts/dialog';
import { useLastVisibility } from '../visibility/use-last-visibility.js';
import { toChoice, toVisibility, VisibilityPicker } from '../visibility/visibility-picker.js';
import { useApp } from '../shell/app-context.js';
import { goTo } from '../shell/route.js';
import styles from './add-files.module.css';

// An attribute that browsers share and React's types do not know.
const folderInput = { webkitdirectory: '' };

/** In a browser: files of this browser are copied to the engine; files of the engine's computer are shared in place. */
export function AddDialog({ to, onClose }: { to: 'all' | 'code'; onClose: () => void }) {
  const { t } = useTranslation();
  const { adder, codeSender } = useApp();
  const forCode = to === 'code';
  const [last, keep] = useLastVisibility();
  const [choice, setChoice] = useState(() => toChoice(last));
  const visibility = toVisibility(choice);
  const cannotYet = !forCode && visibility === null;
  const [browsing, setBrowsing] = useState(false);
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const upload = (input: HTMLInputElement): void => {
    const chosen = [...(input.files ?? [])];
    input.value = '';
    if (chosen.length === 0) return;
    onClose();
    if (forCode) void codeSender.sendFiles(chosen);
    else if (visibility) {
      keep(visibility);
      goTo('files');
      void adder.uploadFiles(chosen, visibility);
    }
  };
  if (browsing) {
    return (
      <FolderPicker
        kind={forCode ? 'send' : 'share'}
        onClose={onClose}
        onChoose={(paths) => {
          onClose();
          if (forCode) void codeSender.sendPaths(paths);
          else if (visibility) {
            keep(visibility);
            goTo('files');
            void adder.sharePaths(paths, visibility);
          }
        }}
      />
    );
  }
  return (
    <Dialog title={forCode ? t('codes.pickTitle') : t('share.addTitle')} onClose={onClose} wide>
      <div className={styles['ways']}>
        {!forCode && <VisibilityPicker choice={choice} onChange={setChoice} />}
        <section className={styles['way']}>
          <h3>
            <Globe size={16} strokeWidth={1.75} aria-hidden />
            {t('share.fromBrowser')}
          </h3>
          <p>{forCode ? t('codes.fromBrowserHow') : t('share.fromBrowserHow')}</p>
          <div>
            <Button
              look="ink"
              disabled={cannotYet}
              icon={<Upload size={16} strokeWidth={1.75} aria-hidden />}
              onClick={() => files.current?.click()}
            >
              {t('share.fromBrowserFiles')}
            </Button>
            <Button
              disabled={cannotYet}
              icon={<FolderOpen size={16} strokeWidth={1.75} aria-hidden />}
              onClick={() => folder.current?.click()}
            >
              {t('share.fromBrowserFolder')}
            </Button>
          </div>
          <input
            ref={files}
            className={styles['hidden']}
            type="file"
            multiple
            aria-label={t('share.fromBrowserFiles')}
            onChange={(event) => {
              upload(event.currentTarget);
            }}
          />
          <input
            ref={folder}
            className={styles['hidden']}
            type="file"
            {...folderInput}
            aria-label={t('share.fromBrowserFolder')}
            onChange={(event) => {
              upload(event.currentTarget);
            }}
          />
        </section>
        <section className={styles['way']}>
          <h3>
            <HardDrive size={16} strokeWidth={1.75} aria-hidden />
            {t('share.fromEngine')}
          </h3>
          <p>{forCode ? t('codes.fromEngineHow') : t('share.fromEngineHow')}</p>
          <div>
            <Button
              disabled={cannotYet}
              icon={<FolderSearch size={16} strokeWidth={1.75} aria-hidden />}
              onClick={() => {
                setBrowsing(true);
              }}
            >
              {t('share.fromEngineBrowse')}
            </Button>
          </div>
        </section>
      </div>
    </Dialog>
  );
}
