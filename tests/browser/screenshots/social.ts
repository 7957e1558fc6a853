import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { parse } from 'smol-toml';
import { EVERY_LANGUAGE, words } from '../fixtures/words.ts';

/** What previews of shared links show: the size that they all take. */
const SIZE = { width: 1200, height: 630 };
/** Some previews are fetched by phones, and some services leave large pictures out. */
const MOST_BYTES = 60_000;

const project = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));
const text = (path: string) => readFileSync(project(path), 'utf8');

const FONT = readFileSync(project('public/fonts/instrument-sans.woff2')).toString('base64');
const MARK = text('public/favicon.svg');
const { name: product } = (parse(text('catalog/onedesk.toml'))['vendor'] as { name: string });

const STYLE = `
body { position: relative; box-sizing: border-box; display: grid; grid-template-rows: auto 1fr auto; width: 1200px; height: 630px; margin: 0;
  padding: 64px 72px; overflow: hidden; background: var(--paper); color: var(--ink); font: 400 30px / 1.3 var(--font); }
p, h1 { margin: 0; }
.brand { display: flex; gap: 18px; align-items: center; font-size: 40px; font-weight: 600; letter-spacing: -0.02em; }
.brand svg { width: 60px; height: 60px; }
h1 { align-self: center; max-width: 780px; font-size: 76px; line-height: 1.04; font-weight: 600; letter-spacing: -0.03em; text-wrap: balance; }
.tagline { color: var(--ink-soft); }
/* The mark once more, as large as the page lets it: a desk, cut off by the edge. */
.desk { position: absolute; inset-block-start: 96px; inset-inline-end: -190px; width: 520px; height: 520px; }
.desk rect { fill: var(--tint); }
.desk path { stroke: var(--tint-line); }
`;

for (const language of EVERY_LANGUAGE) {
  test(`the picture of shared links (${language})`, async ({ page }) => {
    const { say } = words(language);
    await page.setViewportSize(SIZE);
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setContent(`<!DOCTYPE html><html lang="${language}"><head><meta charset="utf-8"><style>
${text('style/tokens.css')}
${text('style/type.css').replace('/fonts/instrument-sans.woff2', `data:font/woff2;base64,${FONT}`)}
${STYLE}</style></head><body>
<div class="desk" aria-hidden="true">${MARK.replace('<svg', '<svg width="520" height="520"')}</div>
<p class="brand">${MARK}${product}</p><h1>${say('site', 'pricing', 'title')}</h1><p class="tagline">${say('site', 'footer', 'tagline')}</p>
</body></html>`);
    await page.evaluate(() => document.fonts.ready);
    // Words that are cut off would be so on every shared link.
    const fits = await page.evaluate(() => document.body.scrollHeight <= 630 && document.querySelector('h1')!.scrollWidth <= 780);
    expect(fits, 'the words have room').toBe(true);
    const path = join(process.env['SCREENSHOTS_SOCIAL']!, `${language}.png`);
    await page.screenshot({ path });
    expect(statSync(path).size, path).toBeLessThan(MOST_BYTES);
  });
}
