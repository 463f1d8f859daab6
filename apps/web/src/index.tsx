import './api/zod-without-eval.js';
import { helloPath, helloSchema } from '@enxame/shared/tracker/hello';
import { downloadCookie } from '@enxame/shared/tracker/api';
import { createTrackerApi } from './api/tracker-api.js';
import { siteEn } from './i18n/site.en.js';
import { sitePtBr } from './i18n/site.pt-br.js';
import { startPage } from './look/start-page.js';
import { createSession, type Session } from './session/session-store.js';
import { createWebKeys } from './session/web-keys.js';
import { Start } from './shell/start.js';
import { createSendFile } from './uploads/send-file.js';
import { createUploadStore } from './uploads/upload-store.js';

// The composition root of the interface of a tracker.
const api = createTrackerApi({ fetch: (...request) => window.fetch(...request), token: () => session.token() });
const session: Session = createSession({
  api,
  keys: window.isSecureContext ? createWebKeys({ subtle: window.crypto.subtle, indexedDB: window.indexedDB }) : null,
  tabStorage: window.sessionStorage,
  storage: window.localStorage,
  admitDownloads: (token) => {
    const life = token === null ? '; max-age=0' : '';
    const secure = window.location.protocol === 'https:' ? '; secure' : '';
    document.cookie = `${downloadCookie}=${token ?? ''}; path=/download; samesite=strict${secure}${life}`;
  },
});
const uploads = createUploadStore({ send: createSendFile(() => session.token()) });

startPage(
  { en: siteEn, 'pt-BR': sitePtBr },
  <Start
    api={api}
    session={session}
    uploads={uploads}
    readHello={(signal) => api.ask({ path: helloPath, reply: helloSchema, signal })}
  />,
);
