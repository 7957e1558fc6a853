import type { Page } from '@playwright/test';
import { activate, activationLink, CARDS, companyOf, payWith, ready, signUp, subscribe } from '../fixtures/journey.ts';
import { catalogOf, costOf, written, type Choice } from '../fixtures/prices.ts';
import type { Server } from '../fixtures/server.ts';
import { checkScreen, expect, test } from '../fixtures/test.ts';
import { words } from '../fixtures/words.ts';

const en = words('en');
const script = (server: Server) => `<script type="module" src="${server.url}/widget.js"></script>`;
const CHOICE: Choice = { plan: 'premium', seats: 3, period: 'annual', currency: 'EUR' };
const QUERY = 'plan=premium&seats=3&period=annual&currency=EUR';

/** Styles that mean to break whatever stands on the page. */
const HOSTILE = `
  html { font-size: 40px; overflow-y: scroll; }
  :root { --accent: red; --ink: red; --surface: red; --space-4: 90px; --text-m: 90px; --radius-l: 90px; }
  * { color: red !important; font: italic 40px/3 fantasy !important; letter-spacing: 5px !important;
      text-transform: uppercase !important; text-align: right !important; word-spacing: 1em !important; cursor: none !important;
      box-sizing: content-box !important; list-style: square inside !important; text-indent: 3em !important; }
  article, label, button, input, select, section, ul, li { display: none !important; }
  .button, .badge, .widget, .plan-card, .field { position: fixed !important; opacity: 0 !important; }
`;

/** Every element inside the widget: where it stands in it, and how it is written. */
const insides = (page: Page) =>
  page.locator('onedesk-pricing').evaluate((widget) => {
    const root = widget.shadowRoot!.querySelector('.widget')!;
    const { left, top } = root.getBoundingClientRect();
    return [...root.querySelectorAll('*')].map((one) => {
      const place = one.getBoundingClientRect();
      const { color, font, letterSpacing, textTransform, textAlign, cursor, display } = getComputedStyle(one);
      // What is hidden stands nowhere.
      const isShown = place.width > 0 || place.height > 0;
      const box = isShown ? [place.left - left, place.top - top, place.width, place.height].map(Math.round) : ['hidden'];
      return [one.tagName, one.getAttribute('class'), ...box, color, font, letterSpacing, textTransform, textAlign, cursor, display].join(' | ');
    });
  });

/** How the page's own elements look. */
const outsides = (page: Page) =>
  page.locator('#own *').evaluateAll((all) =>
    all.map((one) => {
      const style = getComputedStyle(one);
      // Custom properties style nothing by themselves: one that is registered is listed on every element, in any order.
      return [...style].filter((name) => !name.startsWith('--')).map((name) => `${name}: ${style.getPropertyValue(name)}`).join('; ');
    }),
  );

const OWN = '<div id="own"><h3>Ours</h3><p class="badge plan-card widget">Text</p><button class="button">Press</button><span part="action">x</span></div>';

test('a page’s hostile styles do not reach into the widget, and its own reach nothing outside', async ({ page, server, partnerPage }) => {
  const body = (widget: string) => `${OWN}<div style="width: 900px">${widget}</div>`;
  const widget = '<onedesk-pricing seats="3" lang="en"></onedesk-pricing>';
  const hostile = `<style>${HOSTILE}</style>`;
  await page.goto(await partnerPage({ head: script(server), body: body(widget) }));
  await expect(page.getByRole('article')).toHaveCount(3);
  const plain = await insides(page);
  expect(plain.length).toBeGreaterThan(100);
  const styledOwn = await outsides(page);

  await page.goto(await partnerPage({ body: body('') }));
  expect(await outsides(page)).toEqual(styledOwn);

  await page.goto(await partnerPage({ head: hostile + script(server), body: body(widget) }));
  await expect(page.getByRole('article')).toHaveCount(3);
  expect(await insides(page)).toEqual(plain);
  const hostileOwn = await outsides(page);
  await page.goto(await partnerPage({ head: hostile, body: body('') }));
  expect(await outsides(page)).toEqual(hostileOwn);
});

test('custom properties and parts reach what they are for', async ({ page, server, partnerPage }) => {
  const styles = `<style>
    onedesk-pricing { --onedesk-accent: rgb(10, 79, 125); --onedesk-radius-l: 3px; --onedesk-font: Georgia, serif; --onedesk-font-size: 20px; }
    onedesk-pricing::part(action) { text-transform: uppercase; }
    onedesk-pricing::part(plan-chosen) { border-top-width: 5px; }
  </style>`;
  await page.goto(await partnerPage({ head: styles + script(server), body: '<onedesk-pricing plan="standard" lang="en"></onedesk-pricing>' }));
  const card = page.getByRole('article', { name: 'Standard' });
  await expect(card).toHaveCSS('border-radius', '3px');
  await expect(card).toHaveCSS('border-top-width', '5px');
  await expect(card).toHaveCSS('border-top-color', 'rgb(10, 79, 125)');
  await expect(card).toHaveCSS('font-family', 'Georgia, serif');
  await expect(page.getByRole('article', { name: 'Premium' })).toHaveCSS('border-top-width', '1px');
  const action = page.getByRole('article', { name: 'Premium' }).getByRole('link');
  await expect(action).toHaveCSS('text-transform', 'uppercase');
  await expect(action).toHaveCSS('background-color', 'rgb(10, 79, 125)');
  // All text sizes follow the one that is given.
  await expect(card.getByText(en.say('site', 'pricing', 'trial_terms', { days: 14 }))).toHaveCSS('font-size', '18.75px');
});

test('light on a light page whatever the visitor prefers, dark where the page says so', async ({ page, server, partnerPage }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  const widget = '<onedesk-pricing lang="en"></onedesk-pricing>';
  await page.goto(await partnerPage({ head: script(server), body: widget }));
  const card = page.getByRole('article', { name: 'Standard' });
  await expect(card).toHaveCSS('background-color', 'rgb(255, 255, 255)');
  await page.goto(await partnerPage({ head: `<style>:root { color-scheme: light dark }</style>${script(server)}`, body: widget }));
  await expect(card).toHaveCSS('background-color', 'rgb(30, 29, 26)');
});

test('in a page that runs from right to left, words and numbers run as their language does', { tag: '@phone' }, async ({ page, server, partnerPage }) => {
  const body = '<main><h1>عنوان</h1><onedesk-pricing plan="premium" seats="12" lang="en"></onedesk-pricing></main>';
  await page.goto(await partnerPage({ head: script(server), body, root: 'dir="rtl" lang="ar"' }));
  await expect(page.getByRole('article')).toHaveCount(3);
  const place = async (key: string) => (await page.getByRole('button', { name: en.say('site', 'calculator', key) }).boundingBox())!;
  expect((await place('fewer')).x).toBeLessThan((await place('more')).x);
  await expect(page.getByRole('article', { name: 'Premium' })).toHaveCSS('direction', 'ltr');
  await expect(page.getByRole('heading', { level: 1 })).toHaveCSS('direction', 'rtl');
  await checkScreen(page);
});

test.describe('frame', () => {
  /** Neither foreign scripts but ours, nor any WebAssembly. */
  const policy = (server: Server) =>
    `default-src 'none'; script-src ${server.url}; frame-src ${server.url}; style-src 'unsafe-inline'; img-src data:`;
  const frame = (server: Server, query = QUERY) =>
    `<iframe src="${server.url}/embed/pricing?lang=en&partner=acme&${query}" title="Prices" style="width: 100%; height: 50px; border: 0"></iframe>`;
  const embed = (server: Server) => `<script type="module" src="${server.url}/embed.js"></script>`;

  test('where no foreign program may run, a frame shows the same, as high as it is, and tells the page', { tag: '@phone' }, async ({ page, server, partnerPage }) => {
    await page.addInitScript(() => {
      const told: unknown[] = [];
      Object.assign(window, { told });
      document.addEventListener('onedesk:quote', (event) => told.push((event as CustomEvent).detail));
    });
    const catalog = await catalogOf(server);
    await page.goto(await partnerPage({ head: embed(server), body: `<main><h1>Partner</h1>${frame(server)}</main>`, policy: policy(server) }));
    const inside = page.frameLocator('iframe');
    const card = inside.getByRole('article', { name: 'Premium' });
    await expect(card).toContainText(written('en', costOf(catalog, CHOICE)));
    const told = () => page.evaluate(() => (window as unknown as { told: { seats: number; partner: string }[] }).told);
    await expect.poll(async () => (await told()).at(-1)).toMatchObject({ plan: 'premium', seats: 3, partner: 'acme' });
    await inside.getByLabel(en.say('site', 'calculator', 'seats'), { exact: true }).fill('9');
    await expect.poll(async () => (await told()).at(-1)?.seats).toBe(9);

    const heights = () =>
      Promise.all([
        page.locator('iframe').evaluate((self) => self.clientHeight),
        inside.locator('html').evaluate((self) => Math.ceil(self.getBoundingClientRect().height)),
      ]);
    await expect.poll(async () => { const [outer, inner] = await heights(); return outer === inner && outer > 300; }).toBe(true);
    await page.setViewportSize({ width: 700, height: 700 });
    await expect.poll(async () => { const [outer, inner] = await heights(); return outer === inner && outer > 300; }).toBe(true);
    await checkScreen(page);
  });

  test('without our script on the page it works at the height that it was given', async ({ page, server, partnerPage }) => {
    await page.goto(await partnerPage({ body: frame(server), policy: policy(server) }));
    await expect(page.frameLocator('iframe').getByRole('article')).toHaveCount(3);
    await expect(page.locator('iframe')).toHaveCSS('height', '50px');
  });

  test('messages from elsewhere, or from nobody’s frame, change nothing', async ({ page, server, partnerPage }) => {
    await page.addInitScript(() => {
      Object.assign(window, { told: 0 });
      document.addEventListener('onedesk:choose', () => ((window as unknown as { told: number }).told += 1));
    });
    const evil = await partnerPage({ body: `<script>
      const send = () => parent.postMessage({ type: 'onedesk:height', height: 9999 }, '*') || parent.postMessage({ type: 'onedesk:choose', detail: {} }, '*');
      send(); addEventListener('message', send);
      // And it tries to be told what the other frame shows.
      parent.frames[0]?.postMessage({ type: 'onedesk:hello' }, '*');
      addEventListener('message', ({ data }) => { if (data?.type === 'onedesk:quote') document.title = 'overheard'; });
    </script>` });
    const other = `<iframe id="evil" src="${evil}" title="Another" style="height: 60px"></iframe>`;
    await page.goto(await partnerPage({ head: embed(server), body: frame(server) + other }));
    await expect(page.frameLocator('iframe >> nth=0').getByRole('article')).toHaveCount(3);
    await expect.poll(() => page.locator('iframe').first().evaluate((self) => self.clientHeight)).toBeGreaterThan(300);
    const height = await page.locator('iframe').first().evaluate((self) => self.clientHeight);
    // From the page itself, with the right words: not from our origin.
    await page.evaluate(() => window.postMessage({ type: 'onedesk:height', height: 7777 }, '*'));
    // From our origin, but from a window that is no frame of this page: what it says is for the page that it was opened by.
    await page.frameLocator('#evil').locator('body').evaluate(() => parent.postMessage({ type: 'onedesk:height', height: 5555 }, '*'));
    await page.frames()[1]!.evaluate(() => parent.postMessage({ type: 'onedesk:height', height: 'tall' }, '*'));
    await page.frames()[1]!.evaluate(() => parent.postMessage({ type: 'onedesk:height', height: -1 }, '*'));
    // A message of the frame itself comes after all of these.
    await page.frameLocator('iframe >> nth=0').getByRole('radio', { name: en.say('site', 'calculator', 'monthly') }).check();
    await expect(page.locator('#evil')).toHaveCSS('height', '60px');
    expect(await page.locator('iframe').first().evaluate((self) => self.clientHeight)).toBe(height);
    expect(await page.evaluate(() => (window as unknown as { told: number }).told)).toBe(0);
    expect(await page.frameLocator('#evil').locator('html').evaluate(() => document.title)).not.toBe('overheard');
  });

  test('its call to action leaves the frame, and its address may hold anything', async ({ page, server, partnerPage }) => {
    const query = 'plan=<script>&seats=abc&currency=%00&period=%FF';
    const url = await partnerPage({ head: embed(server), body: frame(server, encodeURI(query).replaceAll('%25', '%')) });
    await page.goto(url);
    const action = page.frameLocator('iframe').getByRole('article', { name: 'Premium' }).getByRole('link');
    await action.click();
    await expect(page).toHaveURL(/\/signup\?plan=premium&seats=10&period=annual&currency=USD&partner=acme$/);
  });

  test.describe('without scripts', () => {
    test.use({ javaScriptEnabled: false });

    test('prices stand in the frame all the same', async ({ page, server }) => {
      const catalog = await catalogOf(server, 'fr');
      await page.goto(`/embed/pricing?lang=fr&partner=acme&${QUERY}`);
      for (const { id, name } of catalog.plans) {
        const unit = costOf(catalog, { plan: id, seats: 1, period: 'annual', currency: 'EUR' });
        const row = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name, exact: true }) });
        await expect(row).toContainText(new RegExp(written('fr', { ...unit, minor: unit.minor / 12 }).replace(/ /g, '\\s')));
        await expect(row.getByRole('link')).toHaveAttribute('href', `/fr/signup?plan=${id}&seats=3&period=annual&currency=EUR&partner=acme`);
      }
    });
  });
});

test('the partner goes from the page to the sign-up, the account and its order', async ({ page, server, partnerPage, address }) => {
  const attributes = 'plan="premium" seats="3" period="annual" currency="EUR" lang="en" partner="Harbour &amp; Co"';
  await page.goto(await partnerPage({ head: script(server), body: `<onedesk-pricing ${attributes}></onedesk-pricing>` }));
  await page.getByRole('article', { name: 'Premium' }).getByRole('link').click();
  await expect(page).toHaveURL(`${server.url}/signup?plan=premium&seats=3&period=annual&currency=EUR&partner=Harbour%20%26%20Co`);
  await ready(page);
  await signUp(page, 'en', address);
  await activate(page, 'en', server.url + (await activationLink(server, 'en', address)), companyOf(address));
  await page.goto(`${server.url}/app/administration/subscription`);
  await subscribe(page, 'en', 'Premium');
  await payWith(page, 'en', CARDS.pays);
  await expect(page.getByRole('heading', { name: en.say('admin', 'order', 'paid_title') })).toBeVisible();
  await expect(page.getByText(en.say('widget', 'order', 'partner', { name: 'Harbour & Co' }))).toBeVisible();
});

test('the demo of a partner’s page holds two widgets and a frame, and is told of each', { tag: '@phone' }, async ({ page, server }) => {
  // By another name of this machine it is a page of another site.
  await page.goto(`${server.url.replace('127.0.0.1', 'localhost')}/partner-demo`);
  const french = page.locator('#france');
  await expect(french.getByRole('article')).toHaveCount(3);
  await expect(french.locator('.told output')).toHaveText(/^onedesk:quote – premium, 12, annual: 2\s230,56\s€$/);
  await expect(page.locator('#uk').getByRole('article')).toHaveCount(3);
  await expect(page.locator('#uk').locator('.told output')).toHaveText(/^onedesk:quote – enterprise, 250, monthly: \$/);
  await page.locator('#frame').scrollIntoViewIfNeeded();
  await expect(page.locator('#frame').locator('.told output')).toHaveText(/^onedesk:quote – standard, 5, monthly: £/);
  await checkScreen(page);
});
