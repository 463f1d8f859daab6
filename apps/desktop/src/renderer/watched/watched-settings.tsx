import type { WatchedFolder } from '@enxame/shared/engine/watched-calls';
import { FolderPlus, X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useFormat } from '@enxame/ui/i18n/i18n-context';
import { Button, IconButton } from '@enxame/ui/parts/button';
import { ErrorCallout } from '@enxame/ui/parts/callout';
import text from '@enxame/ui/parts/text.module.css';
import { useNow } from '@enxame/ui/hooks/use-now';
import { useFolderChoice } from '../folders/use-folder-choice.js';
import settings from '../settings/settings.module.css';
import { useApp, useStatus } from '../shell/app-context.js';
import { useVisibilityWord } from '../visibility/use-visibility-word.js';
import { VisibilityDialog } from '../visibility/visibility-dialog.js';
import styles from './watched.module.css';

/** Folders of which what lands in them is shared. */
export function WatchedSettings() {
  const { t } = useTranslation();
  const { link, watched } = useApp();
  const { settings: saved } = useStatus();
  const folders = useStore(watched, (state) => state.folders);
  const [error, setError] = useState<unknown>(null);
  const [changing, setChanging] = useState<WatchedFolder | null>(null);
  const add = (path: string): void => {
    setError(null);
    link.call('watched:add', { path }).catch(setError);
  };
  const { change, picker } = useFolderChoice(saved.downloadsFolder, add);
  return (
    <>
      <div className={settings['pref']}>
        <div>
          <span>{t('watched.title')}</span>
          <p>{t('watched.how')}</p>
        </div>
        <Button icon={<FolderPlus size={16} strokeWidth={1.75} aria-hidden />} onClick={change}>
          {t('watched.add')}
        </Button>
        {picker}
      </div>
      {folders.length > 0 && (
        <ul className={styles['list']} aria-label={t('watched.title')}>
          {folders.map((folder) => (
            <WatchedItem
              key={folder.path}
              folder={folder}
              onChange={() => {
                setChanging(folder);
              }}
              onStop={() => {
                setError(null);
                link.call('watched:remove', { path: folder.path }).catch(setError);
              }}
            />
          ))}
        </ul>
      )}
      {error !== null && (
        <div className={settings['error']}>
          <ErrorCallout error={error} />
        </div>
      )}
      {changing && (
        <VisibilityDialog
          title={t('watched.visibilityOf', { path: changing.path })}
          visibility={changing.visibility}
          save={(visibility) => link.call('watched:add', { path: changing.path, visibility })}
          onClose={() => {
            setChanging(null);
          }}
        />
      )}
    </>
  );
}

function WatchedItem({
  folder,
  onChange,
  onStop,
}: {
  folder: WatchedFolder;
  onChange: () => void;
  onStop: () => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow(30_000);
  const word = useVisibilityWord();
  const { path, visibility, shared, last, waiting, error } = folder;
  return (
    <li>
      <div>
        <span className={text['mono']} dir="auto">
          {path}
        </span>
        <p>
          {shared === 0 ? t('watched.nothingYet') : t('watched.shared', { count: shared })}
          {last && ` · ${t('watched.last', { name: last.name, when: format.ago(last.at, now) })}`}
          {waiting > 0 && ` · ${t('watched.waiting', { count: waiting })}`}
        </p>
        <p dir="auto">{word(visibility)}</p>
      </div>
      <span>
        <Button look="ghost" onClick={onChange}>
          {t('watched.visibility')}
        </Button>
        <IconButton label={t('watched.stop', { path })} onClick={onStop}>
          <X size={16} strokeWidth={1.75} aria-hidden />
        </IconButton>
      </span>
      {error && <ErrorCallout error={error} kind="warn" />}
    </li>
  );
}
