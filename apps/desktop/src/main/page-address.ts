/** The scheme that only this program's windows know; its pages come from the package, never from a network. */
export const pageScheme = 'app';
const pageOrigin = `${pageScheme}://enxame`;
export const pageUrl = `${pageOrigin}/index.html`;

/** Whether it is our page itself, whatever its `#fragment` or `?query`. */
export function isPage(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, host, pathname, username } = new URL(url);
  return username === '' && `${protocol}//${host}${pathname}` === pageUrl;
}

/** Whether it is something that the person looks at: the engine has its bytes. */
export function isPreview(url: string): boolean {
  return url.startsWith(`${pageOrigin}/preview/`);
}

/** Whether it is our page or one of its files. */
export function isPageFile(url: string): boolean {
  return url.startsWith(`${pageOrigin}/`);
}
