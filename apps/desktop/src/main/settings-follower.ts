import type { Settings } from '@enxame/shared/engine/status';
import type { NativeTheme } from 'electron';
import type { FeedState } from './feed/engine-feed.js';
import type { LoginItem } from './login/login-item.js';
import type { Updates } from './updates/updates.js';

/** Does what the settings say, when they are heard of first and whenever they change. */
export function createSettingsFollower(deps: {
  readonly nativeTheme: Pick<NativeTheme, 'themeSource'>;
  readonly login: LoginItem;
  readonly updates: Pick<Updates, 'allow'>;
  readonly onLanguage: () => void;
  readonly log: (error: unknown) => void;
}): (now: FeedState) => void {
  // Not the state before: an engine that is started again has the same settings, and nothing changed.
  let known: Settings | undefined;
  return ({ status }) => {
    if (status === null || status.settings === known) return;
    const before = known;
    const { settings } = status;
    known = settings;
    deps.updates.allow(settings.automaticUpdates ?? false);
    // Title bars and menus that the system draws, and what the page is told when it asks for the system's theme.
    if (settings.theme !== before?.theme) deps.nativeTheme.themeSource = settings.theme;
    if (settings.language !== before?.language) deps.onLanguage();
    const starts = settings.startAtLogin ?? false;
    if (!before) deps.login.begin(starts).catch(deps.log);
    else if (starts !== (before.startAtLogin ?? false)) deps.login.change(starts).catch(deps.log);
  };
}
