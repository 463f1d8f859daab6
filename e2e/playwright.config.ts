import { defineConfig } from '@playwright/test';
import { chromiumArgs, findChromium } from './harness/chromium.js';

const executablePath = findChromium();

// Real programs, real sockets, a real browser. Each test owns its folders and its processes.
export default defineConfig({
  timeout: 90_000,
  expect: { timeout: 20_000 },
  fullyParallel: false,
  workers: 1,
  forbidOnly: true,
  outputDir: '../test-results/e2e',
  use: {
    locale: 'en-GB',
    viewport: { width: 1180, height: 760 },
    launchOptions: { args: chromiumArgs, ...(executablePath && { executablePath }) },
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
  },
  projects: [
    { name: 'cli', testDir: 'cli' },
    { name: 'loop', testDir: 'loop' },
    { name: 'screens', testDir: 'screens' },
    { name: 'web', testDir: 'web' },
    { name: 'electron', testDir: 'electron' },
  ],
});
