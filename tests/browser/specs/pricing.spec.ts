import type { Locator, Page } from '@playwright/test';
import { ready, sitePath } from '../fixtures/journey.ts';
import { catalogOf } from '../fixtures/prices.ts';
import { checkScreen, expect, test } from '../fixtures/test.ts';
import { EVERY_LANGUAGE, type Language, words } from '../fixtures/words.ts';

const DESK = { width: 1440, height: 900 };
const PHONE = { width: 360, height: 740 };

/** Opens the pricing page in a window of a size; its program runs. */
async function open(page: Page, language: Language, size: { width: number; height: number }, query = ''): Promise<void> {
  await page.setViewportSize(size);
  await page.goto(sitePath(language, `/pricing${query}`));
  await ready(page);
}

const calculator = (page: Page, language: Language) =>
  page.getByRole('region', { name: words(language).say('site', 'calculator', 'label'), exact: true });

const table = (page: Page, language: Language) => page.getByRole('table', { name: words(language).say('site', 'features', 'caption') });

/** Scrolls so that the upper edge of an element is where the window begins. */
const scrollTo = (element: Locator) =>
  element.evaluate((self) => window.scrollTo({ top: self.getBoundingClientRect().top + window.scrollY, behavior: 'instant' }));

const box = async (element: Locator) => (await element.boundingBox())!;

/** What is drawn beyond the right edge of the window, or of the box that it stands in. */
const outside = (page: Page, boxes: string) =>
  page.evaluate((selector) => {
    const wide: string[] = [];
    const told = (element: Element) => `${element.tagName.toLowerCase()}.${element.className}: ${element.textContent}`;
    if (document.documentElement.scrollWidth > document.documentElement.clientWidth) wide.push('the page scrolls sideways');
    for (const around of document.querySelectorAll(selector)) {
      const { right } = around.getBoundingClientRect();
      for (const element of around.querySelectorAll('*')) {
        const shown = element.checkVisibility() && !element.closest('.visually-hidden');
        if (shown && element.getBoundingClientRect().right > right + 1) wide.push(told(element));
      }
    }
    return wide;
  }, boxes);

for (const [name, size] of [['a desk', DESK], ['a phone', PHONE]] as const) {
  test(`the calculator stays in view while the plans are compared, and leaves them room, on ${name}`, async ({ page }) => {
    await open(page, 'de', size);
    const bar = calculator(page, 'de');
    for (const plan of await page.getByRole('article').all()) {
      await scrollTo(plan);
      const { y, height } = await box(bar);
      expect(y, 'distance from the upper edge of the window').toBeCloseTo(0, 0);
      expect(height, 'of the window’s height').toBeLessThan(size.height * 0.3);
    }
    await scrollTo(table(page, 'de'));
    await expect(bar, 'below the plans it is in nobody’s way').not.toBeInViewport();
  });

  test(`what is reached by keyboard backwards does not end up beneath the calculator, on ${name}`, async ({ page }) => {
    await open(page, 'de', size);
    const bar = calculator(page, 'de');
    await page.getByRole('article').last().getByRole('link').focus();
    const reached: string[] = [];
    for (;;) {
      await page.keyboard.press('Shift+Tab');
      const focused = page.locator(':focus');
      if (await bar.evaluate((self) => self.contains(document.activeElement))) break;
      reached.push(await focused.evaluate((self) => self.tagName));
      expect((await box(focused)).y, `${reached.length} presses back`).toBeGreaterThanOrEqual((await box(bar)).y + (await box(bar)).height);
    }
    // Each of the plans before the last has its link there.
    expect(reached.filter((tag) => tag === 'A')).toHaveLength((await page.getByRole('article').count()) - 1);
  });

  test(`the table’s heads stay in view, each group below them, on ${name}`, async ({ page, server }) => {
    await open(page, 'de', size);
    const features = table(page, 'de');
    const catalog = await catalogOf(server, 'de');
    const heads = features.getByRole('columnheader').filter({ hasText: new RegExp(catalog.plans.map((plan) => plan.name).join('|')) });
    await expect(heads).toHaveCount(catalog.plans.length);
    const groups = features.locator('th[scope=rowgroup]');
    for (const group of [groups.first(), groups.last()]) {
      await scrollTo(group);
      for (const head of await heads.all()) expect((await box(head)).y).toBeCloseTo(0, 0);
    }
    // Every mark has words, and what it is about stands at its row and column.
    const row = features.getByRole('row').filter({ has: page.getByRole('rowheader') }).last();
    await expect(row.getByRole('cell')).toHaveCount(catalog.plans.length);
    for (const cell of await row.getByRole('cell').all()) await expect(cell).not.toHaveText('');
  });
}

test('in a low window the calculator and the heads scroll along', async ({ page }) => {
  await open(page, 'en', { width: 740, height: 360 });
  await scrollTo(page.getByRole('article').last());
  await expect(calculator(page, 'en')).not.toBeInViewport();
  await scrollTo(table(page, 'en').locator('th[scope=rowgroup]').last());
  await expect(table(page, 'en').getByRole('columnheader').first()).not.toBeInViewport();
});

for (const language of EVERY_LANGUAGE) {
  test(`nothing is wider than a narrow window, the table included (${language})`, async ({ page }) => {
    for (const width of [320, 360]) {
      await open(page, language, { width, height: 740 });
      expect(await outside(page, '.plan-card, .controls__inner, .features__table'), `at ${width} px`).toEqual([]);
    }
  });

  test(`10,000 users in yen fit, and so does text twice as large (${language})`, async ({ page }) => {
    for (const width of [320, 768, 1440]) {
      await open(page, language, { width, height: 900 }, '?plan=enterprise&seats=10000&period=annual&currency=JPY');
      expect(await outside(page, '.plan-card, .controls__inner'), `at ${width} px`).toEqual([]);
    }
    await page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'));
    expect(await outside(page, '.plan-card, .controls__inner'), 'at 200 %').toEqual([]);
  });

  test(`search engines are told what the page says (${language})`, async ({ page, server }) => {
    await open(page, language, DESK);
    const data = JSON.parse((await page.locator('script[type="application/ld+json"]').textContent())!) as {
      '@graph': Record<string, unknown>[];
    };
    const of = (type: string) => data['@graph'].find((thing) => thing['@type'] === type)!;
    const product = of('Product') as { url: string; offers: { name: string; price: string; priceCurrency: string; url: string }[] };
    expect(product.url).toBe(server.url + sitePath(language, '/pricing'));
    const cards = page.getByRole('article');
    expect(product.offers).toHaveLength(await cards.count());
    for (const { name, price, priceCurrency, url } of product.offers) {
      expect(url).toContain(`${product.url}?plan=`);
      await expect(page.getByLabel(words(language).say('site', 'calculator', 'currency'))).toHaveValue(priceCurrency);
      const shown = new Intl.NumberFormat(language, { minimumFractionDigits: price.split('.')[1]?.length ?? 0 }).format(Number(price));
      await expect(page.getByRole('article', { name })).toContainText(shown);
    }
    const faq = of('FAQPage') as { mainEntity: { name: string }[] };
    for (const { name } of faq.mainEntity) {
      await expect(page.getByRole('group').filter({ hasText: name }).first()).toBeVisible();
    }
    await checkScreen(page);
  });
}
