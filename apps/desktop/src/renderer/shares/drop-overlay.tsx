import type { Visibility } from '@enxame/shared/engine/visibility';
import { FileText, Film, Folder, Globe, Hash, Link, Users, type LucideIcon } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { classNames } from '@enxame/ui/class-names';
import { Kbd } from '@enxame/ui/parts/kbd';
import { useApp, useStatus } from '../shell/app-context.js';
import { goTo, useRoute } from '../shell/route.js';
import { useOnlineCount } from '../shell/sidebar.js';
import { useLastVisibility } from '../visibility/use-last-visibility.js';
import { useVisibilityWord } from '../visibility/use-visibility-word.js';
import styles from './add-files.module.css';
import { readDroppedFiles, takeEntries } from './dropped-files.js';
import type { ShareWish } from './share-dialog.js';

/** Who gets what is dropped: one of the three ways to share it, or whoever is told a code. */
const zones = ['everyone', 'people', 'link', 'code'] as const;
type Zone = (typeof zones)[number];

const icons: Readonly<Record<Zone, LucideIcon>> = { everyone: Globe, people: Users, link: Link, code: Hash };

const types = ['dragenter', 'dragover', 'dragleave', 'drop'] as const;

/** Files dropped anywhere in the window are shared, or sent by code on its zone and on its page; the window says which. */
export function DropOverlay({ onWish }: { readonly onWish: (wish: ShareWish) => void }) {
  const { t } = useTranslation();
  const { bridge, adder, codeSender } = useApp();
  const { page } = useRoute();
  const [last, keep] = useLastVisibility();
  const usual: Zone = page === 'send' ? 'code' : last.kind;
  const [over, setOver] = useState<Zone | null>(null);
  const zone = over ?? usual;
  const status = useStatus();
  const online = useOnlineCount();
  const word = useVisibilityWord();
  const [items, setItems] = useState<number | null>(null);
  // Enter and leave come for every element on the way; the depth says when the window itself was left.
  const depth = useRef(0);

  useEffect(() => {
    const end = (): void => {
      depth.current = 0;
      setItems(null);
      setOver(null);
    };
    /** Now where the zone says enough; who is among chosen people is asked first. */
    const share = (count: number, run: (visibility: Visibility) => void): void => {
      goTo('files');
      if (zone === 'people') onWish({ count, kind: 'people', share: run });
      else if (zone !== 'code') {
        keep({ kind: zone });
        run({ kind: zone });
      }
    };
    const drop = (transfer: DataTransfer): void => {
      const byCode = zone === 'code';
      if (byCode) goTo('send', 'new');
      if (bridge) {
        const paths = [...transfer.files].map((file) => bridge.pathForFile(file)).filter(Boolean);
        if (paths.length === 0) return;
        if (byCode) void codeSender.sendPaths(paths);
        else share(paths.length, (visibility) => void adder.sharePaths(paths, visibility));
        return;
      }
      // What was dropped can be read in this turn only; who may know of it may be said later.
      const entries = takeEntries(transfer.items);
      const reading = readDroppedFiles(entries);
      const whenRead = (run: (files: File[]) => Promise<unknown>): void => {
        reading.then(
          (files) => void run(files),
          () => {
            (byCode ? codeSender : adder).refuse(entries.map(({ name }) => name).join(', '));
          },
        );
      };
      if (byCode) whenRead((files) => codeSender.sendFiles(files));
      else
        share(entries.length, (visibility) => {
          whenRead((files) => adder.uploadFiles(files, visibility));
        });
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
  }, [bridge, adder, codeSender, zone, keep, onWish]);

  if (items === null) return null;
  const titles: Readonly<Record<Zone, string>> = {
    everyone: t('share.dropTo', { network: status.tracker?.name ?? '' }),
    people: t('visibility.people'),
    link: t('share.dropLink'),
    code: t('codes.dropCode'),
  };
  const hints: Readonly<Record<Zone, string>> = {
    everyone: status.tracker?.connected ? t('presence.count', { count: online }) : t('presence.noContact'),
    people: last.kind === 'people' ? word(last) : t('share.dropPeopleHow'),
    link: t('share.dropLinkHow'),
    code: t('codes.dropCodeHow'),
  };
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
          {zones.map((one) => {
            const Icon = icons[one];
            return (
              <div
                key={one}
                className={classNames(styles['zone'], zone === one && styles['on'])}
                data-zone={one}
                data-on={zone === one || undefined}
              >
                <strong>
                  <Icon size={16} strokeWidth={1.75} aria-hidden />
                  <span dir="auto">{titles[one]}</span>
                </strong>
                {hints[one]}
              </div>
            );
          })}
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
  return zones.find((one) => one === zone) ?? null;
}
