import type { App, BrowserWindow } from 'electron';
import type { Activity } from '../feed/activity.js';

export interface Taskbar {
  show(activity: Activity): void;
  /** So many things happened that the person has not seen. 0 when the window was looked at. */
  count(unseen: number): void;
}

/** The bar over the icon in the dock or task bar, and the count on it. Sets only what changed. */
export function createTaskbar(deps: {
  readonly app: Pick<App, 'setBadgeCount'>;
  readonly window: () => Pick<BrowserWindow, 'setProgressBar'> | undefined;
}): Taskbar {
  let shown = '';
  let shownOn: unknown;
  let badge = 0;
  return {
    show: ({ progress, failed, paused }) => {
      const window = deps.window();
      if (!window) return;
      const percent = progress === null ? -1 : Math.floor(progress * 100) / 100;
      const mode = failed > 0 ? 'error' : paused > 0 && percent < 0 ? 'paused' : 'normal';
      const next = `${percent} ${mode}`;
      if (next === shown && window === shownOn) return;
      shown = next;
      shownOn = window;
      window.setProgressBar(percent, { mode: percent < 0 ? 'none' : mode });
    },
    count: (unseen) => {
      if (unseen === badge) return;
      badge = unseen;
      deps.app.setBadgeCount(unseen);
    },
  };
}
