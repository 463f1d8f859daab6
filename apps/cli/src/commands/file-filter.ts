/**
 * Which paths of a folder some patterns name: `*` is anything within a name, `**` anything, `?` one letter. A pattern without a slash
 * is looked for at every depth, and a folder stands for all that is below it.
 */
export function toFileFilter(patterns: readonly string[]): (path: string) => boolean {
  const forms = patterns.map(toForm);
  return (path) => forms.some((form) => form.test(path));
}

function toForm(pattern: string): RegExp {
  const bare = pattern.replace(/^\.?\/+|\/+$/gu, '');
  const source = bare.replace(/\*\*|[*?]|[.+^${}()|[\]\\]/gu, (sign) => {
    if (sign === '**') return '.*';
    if (sign === '*') return '[^/]*';
    return sign === '?' ? '[^/]' : `\\${sign}`;
  });
  return new RegExp(`${bare.includes('/') ? '^' : '(?:^|/)'}${source}(?:/|$)`, 'u');
}
