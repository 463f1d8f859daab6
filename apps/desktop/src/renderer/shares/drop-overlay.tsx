import { FileText, Files, Film, Folder } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Kbd } from '@enxame/ui/parts/kbd';
import { useApp, useStatus } from '../shell/app-context.js';
import { goTo } from '../shell/route.js';
import { useOnlineCount } from '../shell/sidebar.js';
import styles from './add-files.module.css';
import { readDroppedFiles, takeEntries } from './dropped-files.js';

const types = ['dragenter', 'dragover', 'dragleave', 'drop'] as const;

/** Files dropped anywhere in the window are shared; while they hover, the window says so. */
export function DropOverlay() {
  const { t } = useTranslation();
  const { bridge, adder } = useApp();
  const status = useStatus();
  const online = useOnlineCount();
  const [items, setItems] = useState<number | null>(null);
  // Enter and leave come for every element on the way; the depth says when the window itself was left.
  const depth = useRef(0);

  useEffect(() => {
    const end = (): void => {
      depth.current = 0;
      setItems(null);
    };
    const drop = (transfer: DataTransfer): void => {
      goTo('files');
      if (bridge) {
        const paths = [...transfer.files].map((file) => bridge.pathForFile(file)).filter(Boolean);
        if (paths.length > 0) void adder.sharePaths(paths);
        return;
      }
      const entries = takeEntries(transfer.items);
      readDroppedFiles(entries).then(
        (files) => void adder.uploadFiles(files),
        () => {
          adder.refuse(entries.map(({ name }) => name).join(', '));
        },
      );
    };
    const listen = (event: DragEvent): void => {
      const { dataTransfer } = event;
      if (!dataTransfer?.types.includes('Files') || document.querySelector('dialog[open]')) return;
      event.preventDefault();
      switch (event.type as (typeof types)[number]) {
        case 'dragenter':
          depth.current++;
          setItems(dataTransfer.items.length);
          break;
        case 'dragover':
          dataTransfer.dropEffect = 'copy';
          break;
        case 'dragleave':
          if (--depth.current <= 0) end();
          break;
        case 'drop':
          end();
          drop(dataTransfer);
          break;
      }
    };
    for (const type of types) window.addEventListener(type, listen);
    return () => {
      for (const type of types) window.removeEventListener(type, listen);
    };
  }, [bridge, adder]);

  if (items === null) return null;
  return (
    <div className={styles['drop']} role="status">
      <div className={styles['box']}>
        <div className={styles['stack']} aria-hidden>
          <span>
            <Folder size={20} strokeWidth={1.75} />
          </span>
          <span>
            <Film size={20} strokeWidth={1.75} />
          </span>
          <span>
            <FileText size={20} strokeWidth={1.75} />
          </span>
        </div>
        <h2>{items > 0 ? t('share.dropTitle', { count: items }) : t('share.dropTitleSome')}</h2>
        <p>{bridge ? t('share.dropHow') : t('share.dropHowBrowser')}</p>
        <div className={styles['zone']}>
          <strong>
            <Files size={16} strokeWidth={1.75} aria-hidden />
            <span dir="auto">{t('share.dropTo', { network: status.tracker?.name ?? '' })}</span>
          </strong>
          {status.tracker?.connected ? t('presence.count', { count: online }) : t('presence.noContact')}
        </div>
        <p>
          <Kbd>Esc</Kbd> {t('share.cancelDrop')}
        </p>
      </div>
    </div>
  );
}
