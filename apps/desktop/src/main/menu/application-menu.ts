import type { MenuItemConstructorOptions } from 'electron';
import type { Language } from '@enxame/shared/language';
import { pagesInMenu, type PageInMenu, type ShellMessage } from '../../bridge/shell-messages.js';
import { shellWords } from '../words/pick-words.js';
import type { ShellWords } from '../words/shell-words.js';

export interface MenuActions {
  /** Shows the window and tells its page. */
  tell(message: ShellMessage): void;
  pauseAll(): void;
  resumeAll(): void;
}

const separator: MenuItemConstructorOptions = { type: 'separator' };

/**
 * The menu bar: on macOS at the top of the screen, elsewhere in the window when Alt is pressed. Keys that the page reads
 * by itself are shown and not taken from it: both would answer.
 */
export function applicationMenu(given: {
  readonly platform: NodeJS.Platform;
  readonly language: Language;
  readonly devTools: boolean;
  readonly actions: MenuActions;
}): MenuItemConstructorOptions[] {
  const { platform, actions } = given;
  const { menu } = shellWords(given.language);
  const isMac = platform === 'darwin';
  const told = (label: string, message: ShellMessage, accelerator?: string): MenuItemConstructorOptions => ({
    label,
    ...(accelerator === undefined ? {} : { accelerator, registerAccelerator: false }),
    click: () => {
      actions.tell(message);
    },
  });
  const settings = told(menu.settings, { kind: 'go', page: 'settings' }, 'CommandOrControl+,');
  const quit: MenuItemConstructorOptions = { role: 'quit', label: menu.quit, accelerator: 'CommandOrControl+Q' };

  return [
    ...(isMac ? [appleMenu(menu, settings, quit)] : []),
    {
      label: menu.file,
      submenu: [
        told(menu.shareFiles, { kind: 'command', command: 'share-files' }, 'CommandOrControl+O'),
        told(menu.shareFolder, { kind: 'command', command: 'share-folder' }, 'CommandOrControl+Shift+O'),
        separator,
        told(menu.send, { kind: 'command', command: 'send' }),
        told(menu.receive, { kind: 'command', command: 'receive' }),
        separator,
        ...(isMac ? [] : [settings, separator]),
        { role: 'close', label: menu.closeWindow },
        ...(isMac ? [] : [quit]),
      ],
    },
    {
      label: menu.edit,
      submenu: [
        { role: 'undo', label: menu.undo },
        { role: 'redo', label: menu.redo },
        separator,
        { role: 'cut', label: menu.cut },
        { role: 'copy', label: menu.copy },
        { role: 'paste', label: menu.paste },
        { role: 'selectAll', label: menu.selectAll },
        separator,
        told(menu.search, { kind: 'command', command: 'search' }, 'CommandOrControl+F'),
      ],
    },
    { label: menu.view, submenu: viewMenu(menu, told, given.devTools) },
    {
      label: menu.transfers,
      submenu: [
        { label: menu.pauseAll, click: () => actions.pauseAll() },
        { label: menu.resumeAll, click: () => actions.resumeAll() },
      ],
    },
    ...(isMac ? [windowMenu(menu)] : []),
    { label: menu.help, role: 'help', submenu: [told(menu.shortcuts, { kind: 'command', command: 'shortcuts' }, '?')] },
  ];
}

type Told = (label: string, message: ShellMessage, accelerator?: string) => MenuItemConstructorOptions;

function viewMenu(menu: ShellWords['menu'], told: Told, devTools: boolean): MenuItemConstructorOptions[] {
  const labels: Readonly<Record<PageInMenu, string>> = {
    files: menu.filesPage,
    transfers: menu.transfersPage,
    send: menu.sendPage,
    people: menu.peoplePage,
    connection: menu.connectionPage,
    history: menu.historyPage,
    settings: menu.settings,
  };
  // The settings have a place and a key of their own.
  const pages = pagesInMenu.filter((page) => page !== 'settings');
  return [
    told(menu.commands, { kind: 'command', command: 'commands' }, 'CommandOrControl+K'),
    separator,
    // The history is below the transfers, and has no number in the page.
    ...pages.map((page, index) =>
      told(labels[page], { kind: 'go', page }, page === 'history' ? undefined : `CommandOrControl+${index + 1}`),
    ),
    separator,
    { role: 'resetZoom', label: menu.normalText },
    { role: 'zoomIn', label: menu.largerText },
    { role: 'zoomOut', label: menu.smallerText },
    separator,
    { role: 'togglefullscreen', label: menu.fullScreen },
    ...(devTools ? [{ role: 'toggleDevTools' as const, label: menu.developerTools }] : []),
  ];
}

function appleMenu(
  menu: ShellWords['menu'],
  settings: MenuItemConstructorOptions,
  quit: MenuItemConstructorOptions,
): MenuItemConstructorOptions {
  return {
    label: 'Enxame',
    submenu: [
      { role: 'about', label: menu.about },
      separator,
      settings,
      separator,
      { role: 'services', label: menu.services },
      separator,
      { role: 'hide', label: menu.hide },
      { role: 'hideOthers', label: menu.hideOthers },
      { role: 'unhide', label: menu.showAll },
      separator,
      quit,
    ],
  };
}

function windowMenu(menu: ShellWords['menu']): MenuItemConstructorOptions {
  return {
    label: menu.window,
    role: 'window',
    submenu: [
      { role: 'minimize', label: menu.minimize },
      { role: 'zoom', label: menu.zoom },
      separator,
      { role: 'front', label: menu.front },
    ],
  };
}
