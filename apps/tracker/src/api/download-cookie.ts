import { downloadCookie } from '@enxame/shared/tracker/api';

/**
 * What a page of the tracker lets the browser's own downloads in with, as an `Authorization`: a browser sends no headers
 * of ours for them. It is read for `GET /download` alone, so that nothing is changed by whoever makes a browser ask.
 */
export function readDownloadCookie(cookies: string | undefined): string | undefined {
  const found = cookies?.split('; ').find((cookie) => cookie.startsWith(`${downloadCookie}=`));
  const secret = found?.slice(downloadCookie.length + 1);
  return secret === undefined || secret === '' ? undefined : `Bearer ${secret}`;
}
