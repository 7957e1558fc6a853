import { fileURLToPath } from 'node:url';
import { defineConfig } from '@playwright/test';
import tests from './playwright.config.ts';

/** Takes pictures of the screens (`cargo xtask screenshots`). What is looked at is chosen in `screenshots/selection.ts`. */
export default defineConfig({
  ...tests,
  testDir: 'screenshots',
  testMatch: process.env['SCREENSHOTS_SOCIAL'] ? 'social.ts' : 'take.ts',
  outputDir: fileURLToPath(new URL('../../target/screenshots-results', import.meta.url)),
  reporter: [['list']],
  globalTeardown: './screenshots/gallery.ts',
  // One after the other: they are taken of the same accounts, in one language at a time.
  workers: 1,
  fullyParallel: false,
  timeout: 90_000,
  use: { ...tests.use, screenshot: 'off' },
  projects: [{ name: 'pictures' }],
});
