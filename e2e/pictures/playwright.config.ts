import { defineConfig } from '@playwright/test';
import base from '../playwright.config.js';

// Not a test: it writes docs/pictures. `npm run pictures`
export default defineConfig({ ...base, timeout: 300_000, projects: [{ name: 'pictures', testDir: '.' }] });
