import { Search } from 'lucide-react';
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { classNames } from '@enxame/ui/class-names';
import text from '@enxame/ui/parts/text.module.css';
import styles from './palette.module.css';
import { usePaletteItems, type PaletteItem } from './use-palette-items.js';

const groups = ['commands', 'people', 'files'] as const;

/** Ctrl/Cmd-K: to a file, a person or a command by a few letters. */
export function Palette({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const dialog = useRef<HTMLDialogElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const id = useId();
  const [typed, setTyped] = useState('');
  const [active, setActive] = useState(0);
  const items = usePaletteItems(typed);
  const current = items[Math.min(active, items.length - 1)];
  const titles = {
    commands: t('palette.commands'),
    people: t('nav.people'),
    files: t('nav.files'),
  };
  useEffect(() => {
    if (dialog.current && !dialog.current.open) dialog.current.showModal();
  }, []);
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [current?.id]);
  // Closed first: what it leads to takes the focus, and nothing gives it back to where the palette was asked for.
  const run = (item: PaletteItem): void => {
    dialog.current?.close();
    item.run();
  };
  const handleKey = (event: KeyboardEvent): void => {
    const index = Math.min(active, items.length - 1);
    if (event.key === 'ArrowDown') setActive(items.length === 0 ? 0 : (index + 1) % items.length);
    else if (event.key === 'ArrowUp') setActive(items.length === 0 ? 0 : (index - 1 + items.length) % items.length);
    else if (event.key === 'Enter' && current) run(current);
    else return;
    event.preventDefault();
  };
  const optionId = (item: PaletteItem): string => `${id}-${item.id}`;
  return (
    <dialog
      ref={dialog}
      className={styles['palette']}
      aria-label={t('palette.title')}
      onClose={onClose}
      onClick={(event) => {
        if (event.target === event.currentTarget) event.currentTarget.close();
      }}
    >
      <div className={styles['field']}>
        <Search size={16} strokeWidth={1.75} aria-hidden />
        <input
          type="text"
          role="combobox"
          dir="auto"
          autoComplete="off"
          spellCheck={false}
          maxLength={255}
          placeholder={t('palette.hint')}
          aria-label={t('palette.title')}
          aria-expanded
          aria-controls={id}
          aria-autocomplete="list"
          aria-activedescendant={current && optionId(current)}
          value={typed}
          onChange={({ target }) => {
            setTyped(target.value);
            setActive(0);
          }}
          onKeyDown={handleKey}
        />
      </div>
      <div ref={list} id={id} className={styles['list']} role="listbox" aria-label={t('palette.title')}>
        {groups.map((group) => {
          const own = items.filter((item) => item.group === group);
          if (own.length === 0) return null;
          return (
            <div key={group} role="group" aria-label={titles[group]}>
              <div className={styles['group']} aria-hidden>
                {titles[group]}
              </div>
              {own.map((item) => (
                <div
                  key={item.id}
                  id={optionId(item)}
                  role="option"
                  aria-selected={item === current}
                  className={classNames(styles['item'], item === current && styles['active'])}
                  onPointerMove={() => {
                    setActive(items.indexOf(item));
                  }}
                  onClick={() => {
                    run(item);
                  }}
                >
                  {item.icon}
                  <span className={text['cut']} dir="auto">
                    {item.title}
                  </span>
                  <span className={classNames(styles['note'], text['meta'], text['cut'])}>{item.note}</span>
                </div>
              ))}
            </div>
          );
        })}
      </div>
      <p className={items.length === 0 ? styles['none'] : text['sr']} role="status">
        {items.length === 0 ? t('palette.none', { query: typed }) : ''}
      </p>
    </dialog>
  );
}
