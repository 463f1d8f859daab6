import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Palette } from '../palette/palette.js';
import { Dialog } from '@enxame/ui/parts/dialog';
import { Kbd } from '@enxame/ui/parts/kbd';
import { useApp } from './app-context.js';
import { goTo, pages } from './route.js';
import styles from './shortcuts.module.css';
import { helpEvent } from './shortcut-events.js';
import { isTyping } from './typing.js';

/** The keys that work everywhere, and the list of all keys. Those of a list are with the list. */
export function Shortcuts() {
  const { filesView } = useApp();
  const [open, setOpen] = useState(false);
  // Which of the palettes asked for so far is shown: one that closes late must not take the next with it.
  const [palette, setPalette] = useState<number>();
  const asked = useRef(0);
  useEffect(() => {
    const handle = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || document.querySelector('dialog[open]')) return;
      const command = event.ctrlKey || event.metaKey;
      const page = pages[Number(event.key) - 1];
      if (
        command &&
        !event.shiftKey &&
        !event.altKey &&
        page !== undefined &&
        page !== 'settings' &&
        page !== 'history'
      ) {
        goTo(page);
        filesView.setState({ focusWanted: page === 'files' });
      } else if (command && event.key === ',') goTo('settings');
      else if (command && event.key === 'k') setPalette(++asked.current);
      else if ((command && event.key === 'f') || (event.key === '/' && !isTyping(event))) focusSearch();
      else if (event.key === '?' && !isTyping(event)) setOpen(true);
      else if (event.key === 'F6') focusNextRegion(event.shiftKey);
      else return;
      event.preventDefault();
    };
    const show = (): void => {
      setOpen(true);
    };
    window.addEventListener('keydown', handle);
    window.addEventListener(helpEvent, show);
    return () => {
      window.removeEventListener('keydown', handle);
      window.removeEventListener(helpEvent, show);
    };
  }, [filesView]);
  if (palette !== undefined)
    return (
      <Palette
        key={palette}
        onClose={() => {
          setPalette((shown) => (shown === palette ? undefined : shown));
        }}
      />
    );
  if (!open) return null;
  return (
    <ShortcutsDialog
      onClose={() => {
        setOpen(false);
      }}
    />
  );
}

/** The search of this page; a page without one hands over to Files. */
function focusSearch(): void {
  const focus = (): boolean => {
    const input = document.querySelector<HTMLInputElement>('main input[type="search"]');
    input?.focus();
    input?.select();
    return input !== null;
  };
  if (focus()) return;
  goTo('files');
  window.addEventListener('hashchange', () => requestAnimationFrame(focus), { once: true });
}

function focusNextRegion(back: boolean): void {
  const regions = [...document.querySelectorAll<HTMLElement>('aside, nav, main')].filter(
    (region) => region.offsetParent !== null,
  );
  const current = regions.findLastIndex((region) => region.contains(document.activeElement));
  const next = regions.at((current + (back ? -1 : 1) + regions.length) % regions.length);
  next?.querySelector<HTMLElement>('a[href], button, input, [tabindex="0"]')?.focus();
}

function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { bridge } = useApp();
  const mac = (bridge?.platform ?? navigator.userAgent).toLowerCase().match(/darwin|mac os/) !== null;
  const command = mac ? '⌘' : 'Ctrl';
  const or = <span>{t('shortcuts.or')}</span>;
  return (
    <Dialog title={t('shortcuts.title')} onClose={onClose} wide>
      <div className={styles['groups']}>
        <Group title={t('shortcuts.everywhere')}>
          <Row text={t('shortcuts.pages')}>
            <Kbd>{command}</Kbd>
            <Kbd>1</Kbd>
            <span>{t('shortcuts.to')}</span>
            <Kbd>5</Kbd>
          </Row>
          <Row text={t('shortcuts.settings')}>
            <Kbd>{command}</Kbd>
            <Kbd>,</Kbd>
          </Row>
          <Row text={t('shortcuts.search')}>
            <Kbd>/</Kbd>
            {or}
            <Kbd>{command}</Kbd>
            <Kbd>F</Kbd>
          </Row>
          <Row text={t('shortcuts.palette')}>
            <Kbd>{command}</Kbd>
            <Kbd>K</Kbd>
          </Row>
          <Row text={t('shortcuts.addFiles')}>
            <Kbd>{command}</Kbd>
            <Kbd>O</Kbd>
          </Row>
          <Row text={t('shortcuts.paste')}>
            <Kbd>{command}</Kbd>
            <Kbd>V</Kbd>
          </Row>
          {bridge && (
            <Row text={t('shortcuts.addFolder')}>
              <Kbd>{command}</Kbd>
              <Kbd>⇧</Kbd>
              <Kbd>O</Kbd>
            </Row>
          )}
          <Row text={t('shortcuts.region')}>
            <Kbd>F6</Kbd>
          </Row>
          <Row text={t('shortcuts.escape')}>
            <Kbd>Esc</Kbd>
          </Row>
          <Row text={t('shortcuts.help')}>
            <Kbd>?</Kbd>
          </Row>
        </Group>
        <Group title={t('shortcuts.inLists')}>
          <Row text={t('shortcuts.move')}>
            <Kbd>↑</Kbd>
            <Kbd>↓</Kbd>
          </Row>
          <Row text={t('shortcuts.firstLast')}>
            <Kbd>Home</Kbd>
            <Kbd>End</Kbd>
          </Row>
          <Row text={t('shortcuts.selectMany')}>
            <Kbd>⇧</Kbd>
            <Kbd>↓</Kbd>
            {or}
            <Kbd>{command}</Kbd>
            <Kbd>A</Kbd>
          </Row>
          <Row text={t('shortcuts.download')}>
            <Kbd>Enter</Kbd>
          </Row>
          <Row text={t('shortcuts.drawer')}>
            <Kbd>{t('shortcuts.space')}</Kbd>
          </Row>
          <Row text={t('shortcuts.copySha')}>
            <Kbd>{command}</Kbd>
            <Kbd>I</Kbd>
          </Row>
          <Row text={t('shortcuts.pause')}>
            <Kbd>P</Kbd>
          </Row>
          <Row text={t('shortcuts.removeRow')}>
            <Kbd>Del</Kbd>
          </Row>
        </Group>
      </div>
    </Dialog>
  );
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h3>{title}</h3>
      <dl>{children}</dl>
    </section>
  );
}

function Row({ text, children }: { text: string; children: ReactNode }) {
  return (
    <div className={styles['row']}>
      <dt>{text}</dt>
      <dd>{children}</dd>
    </div>
  );
}
