import { defineConfig } from '@playwright/test';
import base from '../playwright.config.js';

// `npm run pictures` writes docs/pictures, and every screen and state in every look to test-results/{screens,web}/shots.
const metadata = { takesPictures: true };

export default defineConfig({
  ...base,
  timeout: 300_000,
  projects: [
    { name: 'documents', testDir: '.' },
    { name: 'screens', testDir: '../screens', testMatch: 'screens.spec.ts', fullyParallel: true, metadata },
    { name: 'web', testDir: '../web', testMatch: ['link-page.spec.ts', 'site.spec.ts'], metadata },
  ],
});
