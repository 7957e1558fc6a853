import type { Page } from '@playwright/test';
import { DOCUMENTED } from '../fixtures/embedding.ts';
import { expect, test } from '../fixtures/test.ts';
import { words } from '../fixtures/words.ts';

const en = words('en');
const seats = (page: Page) => page.getByLabel(en.say('site', 'calculator', 'seats'), { exact: true });

/** A value for a property that nothing else has, as a computed style writes it. */
function sentinel(property: string, place: number): string {
  const number = 100 + place;
  if (/-shadow-/.test(property)) return `rgb(${number}, 7, 7) 0px 0px 3px 0px`;
  if (/-radius-|-font-size$|-height$/.test(property)) return `${number / 4}px`;
  if (/-font$/.test(property)) return `"Sentinel ${number}"`;
  return `rgb(${number}, 3, 3)`;
}

/** Everything that the widget's elements look like as they stand, in one text. */
const looks = (page: Page) =>
  page.locator('onedesk-pricing').evaluate((widget) =>
    [...widget.shadowRoot!.querySelectorAll('*')]
      .map((one) => {
        const { color, backgroundColor, fill, stroke, accentColor, outlineColor, boxShadow, fontFamily, fontSize, minBlockSize, minInlineSize, blockSize } = getComputedStyle(one);
        const { borderTopColor, borderBottomColor, borderInlineStartColor, borderTopLeftRadius } = getComputedStyle(one);
        return [color, backgroundColor, fill, stroke, accentColor, outlineColor, boxShadow, fontFamily, fontSize, minBlockSize, minInlineSize, blockSize,
          borderTopColor, borderBottomColor, borderInlineStartColor, borderTopLeftRadius].join(' | ');
      })
      .join('\n'),
  );

const partsOf = (page: Page) =>
  page.locator('onedesk-pricing').evaluate((widget) => [...widget.shadowRoot!.querySelectorAll('[part]')].flatMap((one) => [...one.part]));

test('every property and part of the docs has its effect, and no part is left out of them', async ({ page, server, partnerPage }) => {
  const { properties, parts } = DOCUMENTED;
  expect(properties.length).toBeGreaterThan(20);
  const set = properties.map((name, place) => `${name}: ${sentinel(name, place)};`).join(' ');
  const head = `<style>onedesk-pricing { ${set} }</style><script type="module" src="${server.url}/widget.js"></script>`;
  await page.goto(await partnerPage({ head, body: '<onedesk-pricing plan="standard" seats="1" lang="en"></onedesk-pricing>' }));
  await expect(page.getByRole('article')).toHaveCount(3);

  // Some show only where something is pressed, wrong or cannot be had: every state that there is.
  let seen = await looks(page);
  const there = new Set(await partsOf(page));
  for (const plan of ['Standard', 'Premium']) {
    const action = page.getByRole('article', { name: plan }).getByRole('link');
    await action.hover();
    seen += await looks(page);
  }
  await seats(page).focus();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Shift+Tab');
  seen += await looks(page);
  await seats(page).fill('none');
  await expect(seats(page)).toHaveAttribute('aria-invalid', 'true');
  seen += await looks(page);
  for (const part of await partsOf(page)) there.add(part);

  expect(properties.filter((name, place) => !seen.includes(sentinel(name, place))), 'properties without an effect').toEqual([]);
  expect([...there].sort()).toEqual([...parts].sort());
});

test('a value that cannot be used and is set later leaves what stands there, with one warning', async ({ page, server, partnerPage }) => {
  const warnings: string[] = [];
  page.on('console', (message) => message.type() === 'warning' && warnings.push(message.text()));
  const head = `<script type="module" src="${server.url}/widget.js"></script>`;
  await page.goto(await partnerPage({ head, body: '<onedesk-pricing plan="standard" seats="7" period="monthly" currency="GBP" lang="en" partner="acme"></onedesk-pricing>' }));
  const action = page.getByRole('article', { name: 'Standard' }).getByRole('link');
  await expect(action).toHaveAttribute('href', /partner=acme$/);
  const bad = { plan: 'gold', seats: 'abc', period: 'weekly', currency: 'XAU', partner: 'https://evil.example', lang: 'tlh' };
  for (const [name, value] of Object.entries(bad)) {
    await page.locator('onedesk-pricing').evaluate((self, [name, value]) => self.setAttribute(name!, value!), [name, value]);
    await expect.poll(() => warnings.filter((warning) => warning.includes(`${name}="${value}"`)).length, name).toBe(1);
  }
  await expect(page.getByRole('radio', { name: 'Standard', exact: true })).toBeChecked();
  await expect(seats(page)).toHaveValue('7');
  await expect(page.getByRole('radio', { name: en.say('site', 'calculator', 'monthly') })).toBeChecked();
  // The former partner is not given the visitors of a page that names another.
  await expect(action).toHaveAttribute('href', `${server.url}/signup?plan=standard&seats=7&period=monthly&currency=GBP`);
  expect(warnings).toHaveLength(Object.keys(bad).length);
});

test.describe('where prices do not come', () => {
  const body = '<onedesk-pricing lang="en"><p>Prices on request</p></onedesk-pricing><p id="rest">The rest of the page</p>';
  const script = (url: string) => `<script type="module" src="${url}/widget.js"></script>`;

  for (const path of ['/api/widget', '.wasm', '/assets/widget-style'] as const) {
    test(`since the server fails at ${path}, what stands in the element is shown, with one warning`, async ({ page, server, guard, partnerPage }) => {
      const warnings: string[] = [];
      page.on('console', (message) => message.type() === 'warning' && warnings.push(message.text()));
      await page.route(new RegExp(path.replaceAll('.', '\\.')), (route) =>
        route.fulfill({ status: 503, body: 'no', headers: { 'access-control-allow-origin': '*' } }),
      );
      guard.expectFailedRequest(503, path);
      await page.goto(await partnerPage({ head: script(server.url), body }));
      await expect.poll(() => warnings).toHaveLength(1);
      expect(warnings[0]).toContain(server.url);
      await expect(page.getByText('Prices on request')).toBeVisible();
      await expect(page.locator('#rest')).toBeVisible();
    });
  }

  test('in time, what stands in the element is shown until they do', async ({ page, server, partnerPage }) => {
    let answer!: () => void;
    const held = new Promise<void>((resolve) => (answer = resolve));
    await page.route('**/api/widget*', async (route) => {
      await held;
      await route.continue();
    });
    await page.goto(await partnerPage({ head: script(server.url), body }));
    await expect(page.getByText('Prices on request')).toBeVisible();
    answer();
    await expect(page.getByRole('article')).toHaveCount(3);
    await expect(page.getByText('Prices on request')).toBeHidden();
  });

  test('within the patience of the script, it gives up with one warning, and the next element tries again', async ({ page, server, partnerPage }) => {
    const warnings: string[] = [];
    page.on('console', (message) => message.type() === 'warning' && warnings.push(message.text()));
    // Twenty seconds go by in a fiftieth of one.
    await page.addInitScript(() => {
      const timeout = AbortSignal.timeout.bind(AbortSignal);
      AbortSignal.timeout = (milliseconds) => timeout(Object.hasOwn(window, 'patient') ? milliseconds : milliseconds / 1000);
    });
    const held: (() => void)[] = [];
    await page.route('**/api/widget*', (route) => new Promise<void>((resolve) => held.push(() => route.abort().then(resolve, resolve))));
    await page.goto(await partnerPage({ head: script(server.url), body }));
    await expect.poll(() => warnings).toHaveLength(1);
    expect(warnings[0]).toMatch(/TimeoutError|timed out/);
    await expect(page.getByText('Prices on request')).toBeVisible();
    await page.unroute('**/api/widget*');
    held.forEach((letGo) => letGo());
    await page.evaluate(() => {
      Object.assign(window, { patient: true });
      document.body.append(document.createElement('onedesk-pricing'));
    });
    await expect(page.getByRole('article')).toHaveCount(3);
  });

  test.describe('without scripts', () => {
    test.use({ javaScriptEnabled: false });

    test('what stands in the element is shown', async ({ page, server, partnerPage }) => {
      await page.goto(await partnerPage({ head: script(server.url), body }));
      await expect(page.getByText('Prices on request')).toBeVisible();
      await expect(page.locator('#rest')).toBeVisible();
    });
  });
});

test.describe('in the reader’s own colours', () => {
  test.use({ contextOptions: { forcedColors: 'active', reducedMotion: 'reduce' } });

  test('what is chosen, and where one is, shows in the widget', async ({ page, server, partnerPage }) => {
    const head = `<script type="module" src="${server.url}/widget.js"></script>`;
    await page.goto(await partnerPage({ head, body: '<onedesk-pricing plan="premium" seats="3" lang="en"></onedesk-pricing>' }));
    await expect(page.getByRole('article', { name: 'Premium' })).toHaveCSS('outline-style', 'solid');
    await expect(page.getByRole('article', { name: 'Standard' })).toHaveCSS('outline-style', 'none');
    await page.getByRole('radio', { name: 'Standard', exact: true }).check();
    await expect(page.getByRole('article', { name: 'Standard' })).toHaveCSS('outline-style', 'solid');
    await expect(page.getByRole('article', { name: 'Premium' })).toHaveCSS('outline-style', 'none');
    await seats(page).focus();
    await expect(seats(page)).not.toHaveCSS('outline-style', 'none');
    // Buttons are told from words by their edges, which only the reader's colours give them here.
    const action = page.getByRole('article', { name: 'Premium' }).getByRole('link');
    await expect(action).not.toHaveCSS('border-top-width', '0px');
    await expect(action).toHaveCSS('border-top-style', 'solid');
  });
});
