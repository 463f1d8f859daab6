import type { Session } from 'electron';
import { isPage, isPageFile } from './page-address.js';

/** Writing text that the person copies, after their click. The web platform asks for a permission even for that. */
const granted = 'clipboard-sanitized-write';

/** Nothing is granted but copying text, and nothing is loaded but our own files. */
export function hardenSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer, details) => {
    answer(permission === granted && details.isMainFrame && isPage(details.requestingUrl));
  });
  session.setPermissionCheckHandler((_contents, permission, _origin, details) => {
    return permission === granted && details.isMainFrame && isPage(details.requestingUrl ?? '');
  });
  session.setDevicePermissionHandler(() => false);
  session.webRequest.onBeforeRequest((details, answer) => {
    answer({ cancel: !isPageFile(details.url) && !details.url.startsWith('devtools://') });
  });
}
