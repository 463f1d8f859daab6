import { useMemo, useSyncExternalStore } from 'react';

/** The values of design tokens, for what is drawn on a canvas; read again when the theme changes. */
export function useTokens<N extends `--${string}`>(...names: readonly N[]): Readonly<Record<N, string>> {
  const theme = useSyncExternalStore(watchTheme, () => document.documentElement.dataset['theme'] ?? '');
  const key = `${theme} ${names.join(' ')}`;
  return useMemo(() => {
    const style = getComputedStyle(document.documentElement);
    const wanted = key.split(' ').slice(1);
    return Object.fromEntries(wanted.map((name) => [name, style.getPropertyValue(name).trim()])) as Record<N, string>;
  }, [key]);
}

function watchTheme(onChange: () => void): () => void {
  const observer = new MutationObserver(onChange);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  return () => {
    observer.disconnect();
  };
}
