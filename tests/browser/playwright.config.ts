import { fileURLToPath } from 'node:url';
import { defineConfig } from '@playwright/test';

const below = (path: string) => fileURLToPath(new URL(`../../target/${path}`, import.meta.url));

export default defineConfig({
  testDir: 'specs',
  outputDir: below('browser-results'),
  reporter: [['list'], ['html', { open: 'never', outputFolder: below('browser-report') }]],
  fullyParallel: true,
  workers: 2,
  // A test that passes the second time has found something: it is not tried a second time.
  retries: 0,
  forbidOnly: Boolean(process.env['CI']),
  timeout: 60_000,
  expect: { timeout: 10_000 },
  use: {
    browserName: 'chromium',
    locale: 'en-GB',
    // Neither UTC nor this machine's: what mixes up time zones shows.
    timezoneId: 'Europe/Paris',
    contextOptions: { reducedMotion: 'reduce' },
    // Recording costs every test a seventh of its time, for the few that fail: `-- --trace on` records one that did.
    trace: 'off',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env['CHROME'] ?? '/usr/bin/chromium',
      // `cargo xtask` says with which flags it is tested; by hand, those that it needs in a container.
      // Each test has a browser profile of its own, for which V8 would compile the programs to their fastest form anew, on the
      // processors that the tests need.
      args: [...(process.env['CHROME_FLAGS'] ?? '--no-sandbox --disable-gpu').split(' '), '--js-flags=--liftoff-only'],
    },
  },
  projects: [
    { name: 'desktop', grepInvert: /@phone-only/, use: { viewport: { width: 1440, height: 900 } } },
    {
      // Only what is tagged: the layout differs there, the logic does not.
      name: 'phone',
      grep: /@phone/,
      use: { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true },
    },
  ],
});
