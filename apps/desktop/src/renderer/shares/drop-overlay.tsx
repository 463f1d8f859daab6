import { FileText, Files, Film, Folder, Hash } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { classNames } from '@enxame/ui/class-names';
import { Kbd } from '@enxame/ui/parts/kbd';
import { useApp, useStatus } from '../shell/app-context.js';
import { goTo, useRoute } from '../shell/route.js';
import { useOnlineCount } from '../shell/sidebar.js';
import styles from './add-files.module.css';
import { readDroppedFiles, takeEntries } from './dropped-files.js';

/** Who gets what is dropped: everybody in the network, or whoever is told a code. */
type Zone = 'all' | 'code';

const types = ['dragenter', 'dragover', 'dragleave', 'drop'] as const;

/** Files dropped anywhere in the window are shared, or sent by code on its zone and on its page; the window says which. */
export function DropOverlay() {
  const { t } = useTranslation();
  const { bridge, adder, codeSender } = useApp();
  const { page } = useRoute();
  const usual: Zone = page === 'send' ? 'code' : 'all';
  const [over, setOver] = useState<Zone | null>(null);
  const zone = over ?? usual;
  const status = useStatus();
  const online = useOnlineCount();
  const [items, setItems] = useState<number | null>(null);
  // Enter and leave come for every element on the way; the depth says when the window itself was left.
  const depth = useRef(0);

  useEffect(() => {
    const end = (): void => {
      depth.current = 0;
      setItems(null);
      setOver(null);
    };
    const drop = (transfer: DataTransfer): void => {
      const byCode = zone === 'code';
      goTo(byCode ? 'send' : 'files', byCode ? 'new' : undefined);
      if (bridge) {
        const paths = [...transfer.files].map((file) => bridge.pathForFile(file)).filter(Boolean);
        if (paths.length > 0) void (byCode ? codeSender.sendPaths(paths) : adder.sharePaths(paths));
        return;
      }
      const entries = takeEntries(transfer.items);
      readDroppedFiles(entries).then(
        (files) => void (byCode ? codeSender.sendFiles(files) : adder.uploadFiles(files)),
        () => {
          (byCode ? codeSender : adder).refuse(entries.map(({ name }) => name).join(', '));
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
          setOver(zoneAt(event.target));
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
  }, [bridge, adder, codeSender, zone]);

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
        <div className={styles['zones']}>
          <div className={classNames(styles['zone'], zone === 'all' && styles['on'])} data-zone="all">
            <strong>
              <Files size={16} strokeWidth={1.75} aria-hidden />
              <span dir="auto">{t('share.dropTo', { network: status.tracker?.name ?? '' })}</span>
            </strong>
            {status.tracker?.connected ? t('presence.count', { count: online }) : t('presence.noContact')}
          </div>
          <div className={classNames(styles['zone'], zone === 'code' && styles['on'])} data-zone="code">
            <strong>
              <Hash size={16} strokeWidth={1.75} aria-hidden />
              {t('codes.dropCode')}
            </strong>
            {t('codes.dropCodeHow')}
          </div>
        </div>
        <p>
          <Kbd>Esc</Kbd> {t('share.cancelDrop')}
        </p>
      </div>
    </div>
  );
}

function zoneAt(target: EventTarget | null): Zone | null {
  const zone = target instanceof Element ? target.closest<HTMLElement>('[data-zone]')?.dataset['zone'] : undefined;
  return zone === 'all' || zone === 'code' ? zone : null;
}
