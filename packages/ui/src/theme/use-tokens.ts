import { useMemo } from 'react';
import { useTheme } from './use-theme.js';

/** The values of design tokens, for what is drawn on a canvas; read again when the theme changes. */
export function useTokens<N extends `--${string}`>(...names: readonly N[]): Readonly<Record<N, string>> {
  const key = `${useTheme()} ${names.join(' ')}`;
  return useMemo(() => {
    const style = getComputedStyle(document.documentElement);
    const wanted = key.split(' ').slice(1);
    return Object.fromEntries(wanted.map((name) => [name, style.getPropertyValue(name).trim()])) as Record<N, string>;
  }, [key]);
}
