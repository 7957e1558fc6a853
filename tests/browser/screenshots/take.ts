import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { copyOfCatalog } from '../fixtures/catalog.ts';
import { Server } from '../fixtures/server.ts';
import { addStaff } from '../fixtures/staff.ts';
import { expect, test as base } from '../fixtures/test.ts';
import { wordsOf } from './screen.ts';
import { SCREENS } from './screens.ts';
import { LANGUAGES, OUT, README, selected, THEMES, WIDTHS } from './selection.ts';

const FILL = fileURLToPath(new URL('../../../xtask/src/demo/fill.mjs', import.meta.url));
/** Heights of the window that go with its widths. */
const HEIGHTS: Record<number, number> = { 360: 740, 768: 1024, 1440: 900 };

const test = base.extend<object, { server: Server }>({
  /** A server with the accounts of `cargo xtask demo`, a member of staff, and a chat that is open at any hour. */
  server: [
    async ({}, use) => {
      const catalog = await copyOfCatalog();
      await catalog.rewrite((text) => text.replace(/\[chat\][\s\S]*?(?=# Counted from)/, ''));
      const server = await Server.start({ catalog: catalog.file, env: { SUBSCRIBE_LIMIT_SIGN_IN: 'off', SUBSCRIBE_LIMIT_CHAT: 'off' } });
      await promisify(execFile)('node', [FILL, server.url]);
      await addStaff(server);
      await use(server);
      await server.remove();
      await catalog.remove();
    },
    { scope: 'worker', timeout: 180_000 },
  ],
});

const picture = README;
if (picture) {
  test('the picture of the README', async ({ page, server, address, guard, browser }) => {
    await page.setViewportSize({ width: 1280, height: 960 });
    await page.emulateMedia({ colorScheme: 'light' });
    const pricing = SCREENS.find(({ name }) => name === 'pricing')!;
    await pricing.open({ page, server, address, guard, browser, ...wordsOf('en') });
    await page.evaluate(() => document.fonts.ready);
    await page.screenshot({ path: picture, animations: 'disabled' });
  });
}

for (const language of picture ? [] : LANGUAGES) test.describe(language, () => {
  // A visitor who reads this language: no other one is offered.
  test.use({ locale: language });

  for (const screen of selected(SCREENS)) {
    if (!(screen.languages ?? LANGUAGES).includes(language)) continue;
    test(`${screen.name} (${language}): ${screen.title}`, async ({ page, server, address, guard, browser }) => {
      await page.setViewportSize({ width: 1440, height: HEIGHTS[1440]! });
      await screen.open({ page, server, address, guard, browser, ...wordsOf(language) });
      if (!screen.waits) await expect(page.locator('.waiting__mark').filter({ visible: true })).toHaveCount(0);
      await mkdir(OUT, { recursive: true });
      const wide = new Set<number>();
      for (const theme of THEMES) {
        await page.emulateMedia({ colorScheme: theme });
        for (const width of WIDTHS) {
          await page.setViewportSize({ width, height: HEIGHTS[width]! });
          // The typeface, and what follows the width of the window, stand still.
          await page.evaluate(() => document.fonts.ready);
          await page.screenshot({
            path: join(OUT, `${screen.name}.${language}.${width}.${theme}.png`),
            fullPage: !screen.window,
            animations: 'disabled',
            caret: 'hide',
          });
          if (await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth)) wide.add(width);
        }
      }
      expect([...wide], 'widths that the page is wider than').toEqual([]);
    });
  }
});
