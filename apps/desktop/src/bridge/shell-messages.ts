import type { AppLink } from './app-link.js';
import type { UpdateStatus } from './update-status.js';

/** What a menu of the window, the tray or a notification asks the page to do. */
export const pageCommands = [
  'share-files',
  'share-folder',
  'send',
  'receive',
  'search',
  'commands',
  'shortcuts',
] as const;
export type PageCommand = (typeof pageCommands)[number];

export const pagesInMenu = ['files', 'transfers', 'send', 'people', 'connection', 'history', 'settings'] as const;
export type PageInMenu = (typeof pagesInMenu)[number];

/** What main tells the page. Main made it: links are parsed, paths are absolute. */
export type ShellMessage =
  | { readonly kind: 'go'; readonly page: PageInMenu }
  | { readonly kind: 'command'; readonly command: PageCommand }
  /** A link was opened. It came from anywhere: the page shows what it would do, and the person decides. */
  | { readonly kind: 'link'; readonly link: AppLink }
  /** Something was opened with Enxame that claims to be a link and is none that it knows. */
  | { readonly kind: 'link-refused' }
  /** Files or folders were opened with Enxame. The page asks before it shares them. */
  | { readonly kind: 'paths'; readonly paths: readonly string[] }
  | { readonly kind: 'update'; readonly update: UpdateStatus }
  /** The page before this one crashed; transfers went on meanwhile. */
  | { readonly kind: 'page-restarted' };
