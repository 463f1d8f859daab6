import { defineConfig } from '@playwright/test';
import base from '../playwright.config.js';

// Not a test: it measures, and judges nothing. `npm run bench -- app`
export default defineConfig({
  ...base,
  timeout: 300_000,
  outputDir: '../../test-results/bench',
  reporter: 'line',
  // What a trace records of each change would be most of what is measured.
  use: { ...base.use, trace: 'off', screenshot: 'off' },
  projects: [{ name: 'app', testDir: '.' }],
});
