import './api/zod-without-eval.js';
import { createTrackerApi } from './api/tracker-api.js';
import { linkEn } from './i18n/link.en.js';
import { linkPtBr } from './i18n/link.pt-br.js';
import { createDownloadStore } from './link/download-store.js';
import { createLinkApi } from './link/link-api.js';
import { LinkScreen } from './link/link-screen.js';
import { saveParts } from './link/save-parts.js';
import { startPage } from './look/start-page.js';
import { waitMs } from './look/wait.js';

// The composition root of the page behind a link: its id is the last part of the address.
const fetchHere: typeof fetch = (...request) => window.fetch(...request);
const id = window.location.pathname.split('/').at(-1) ?? '';
const api = createTrackerApi({ fetch: fetchHere, token: () => null });
const download = createDownloadStore({ fetch: fetchHere, wait: waitMs, now: () => Date.now(), save: saveParts });

startPage({ en: linkEn, 'pt-BR': linkPtBr }, <LinkScreen link={createLinkApi(api, id)} download={download} />);
