import type { Settings } from '@enxame/shared/engine/status';

const storageKey = 'enxame.theme';
type Theme = Settings['theme'];

/**
 * Puts a theme on the page and keeps it there, following the system where it says so. The last choice is remembered, so
 * that the page starts in it before the engine has answered.
 */
export function createThemeSwitch(page: Window): { readonly set: (theme: Theme) => void } {
  const dark = page.matchMedia('(prefers-color-scheme: dark)');
  let theme = readTheme(page.localStorage.getItem(storageKey));
  const apply = (): void => {
    const shown = theme === 'system' ? (dark.matches ? 'dark' : 'light') : theme;
    page.document.documentElement.dataset['theme'] = shown;
  };
  dark.addEventListener('change', apply);
  apply();
  return {
    set: (next) => {
      theme = next;
      page.localStorage.setItem(storageKey, next);
      apply();
    },
  };
}

function readTheme(stored: string | null): Theme {
  return stored === 'light' || stored === 'dark' ? stored : 'system';
}
