import { defineConfig } from '@playwright/test';
import { chromiumArgs, findChromium } from './harness/chromium.js';

const executablePath = findChromium();

// Real programs, real sockets, a real browser. Each test owns its folders and its processes.
export default defineConfig({
  timeout: 90_000,
  expect: { timeout: 20_000 },
  // One for each core of the smallest machine that this must be quick on; a browser alone does not fill two.
  workers: 2,
  forbidOnly: true,
  outputDir: '../test-results/e2e',
  use: {
    locale: 'en-GB',
    viewport: { width: 1180, height: 760 },
    launchOptions: { args: chromiumArgs, ...(executablePath && { executablePath }) },
    // Without pictures of every moment, which cost as much as the test.
    trace: { mode: 'retain-on-failure', screenshots: false },
    screenshot: 'only-on-failure',
  },
  projects: [
    { name: 'cli', testDir: 'cli' },
    { name: 'loop', testDir: 'loop' },
    { name: 'screens', testDir: 'screens', fullyParallel: true },
    { name: 'web', testDir: 'web' },
    { name: 'electron', testDir: 'electron' },
  ],
});
