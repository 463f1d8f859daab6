import type { EngineCatalogueRow } from '@enxame/shared/engine/catalogue-row';
import { catalogueQuerySchema, maxSearchChars } from '@enxame/shared/tracker/catalogue-query';
import { ArrowRight } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { FileIcon } from '@enxame/ui/parts/file-icon';
import { useFormat } from '@enxame/ui/i18n/i18n-context';
import { Avatar } from '@enxame/ui/parts/avatar';
import { useApp } from '../shell/app-context.js';
import { goTo } from '../shell/route.js';
import { findCommands } from './palette-commands.js';
import { usePaletteCommands } from './use-palette-commands.js';

export interface PaletteItem {
  readonly id: string;
  readonly group: 'commands' | 'people' | 'files';
  readonly icon: ReactNode;
  readonly title: string;
  readonly note: string;
  readonly run: () => void;
}

const pauseMs = 120;
const maxPeople = 5;
const maxFiles = 8;
/** With nothing typed there are no results, only what can be done. */
const maxCommands = 6;

/** What is found for what was typed: commands at once, people who are known, and files as the tracker answers. */
export function usePaletteItems(typed: string): readonly PaletteItem[] {
  const { t } = useTranslation();
  const format = useFormat();
  const { people, files, filesView } = useApp();
  const known = useStore(people, (state) => state.people) ?? [];
  const found = useFoundFiles(typed);
  const commands = findCommands(usePaletteCommands(), typed);
  const words = typed.trim().toLowerCase();
  return [
    ...(words === '' ? commands : commands.slice(0, maxCommands)).map((command): PaletteItem => ({
      ...command,
      group: 'commands',
      icon: <ArrowRight size={16} strokeWidth={1.75} aria-hidden />,
      note: '',
    })),
    ...(words === '' ? [] : known.filter(({ name }) => name.toLowerCase().includes(words)).slice(0, maxPeople)).map(
      ({ id, name, entries, online }): PaletteItem => ({
        id: `person-${id}`,
        group: 'people',
        icon: <Avatar name={name} online={online} size="small" />,
        title: name,
        note: entries === 0 ? t('people.noFiles') : t('people.filesCount', { count: entries }),
        run: () => {
          goTo('people', id);
        },
      }),
    ),
    ...found.map((row): PaletteItem => ({
      id: `file-${row.id}`,
      group: 'files',
      icon: <FileIcon name={row.name} folder={row.collection !== undefined} />,
      title: row.name,
      note: `${format.bytes(row.size)}, ${row.mine ? t('presence.you') : row.owner.name}`,
      run: () => {
        // Filters of before would hide what was just chosen.
        files.setQuery({
          text: row.name.slice(0, maxSearchChars),
          owner: undefined,
          type: undefined,
          minBytes: undefined,
          maxBytes: undefined,
          available: false,
        });
        filesView.setState({ scope: 'all', selectedKey: row.id, drawerOpen: true, focusWanted: true });
        goTo('files');
      },
    })),
  ];
}

/** The best matches of the catalogue; those of the text before stay until the next are there. */
function useFoundFiles(typed: string): readonly EngineCatalogueRow[] {
  const { link } = useApp();
  const [found, setFound] = useState<readonly EngineCatalogueRow[]>([]);
  const text = typed.trim();
  useEffect(() => {
    if (text === '') return undefined;
    let gone = false;
    const timer = setTimeout(() => {
      const query = catalogueQuerySchema.parse({ text: text.slice(0, maxSearchChars), sort: 'relevance' });
      link.call('catalogue:list', { query, window: { offset: 0, limit: maxFiles } }).then(
        ({ rows }) => {
          if (!gone) setFound(rows);
        },
        () => {
          if (!gone) setFound([]); // no contact with the network: its banner says so, and commands still work
        },
      );
    }, pauseMs);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [link, text]);
  return text === '' ? [] : found;
}
