import type { Page } from '@playwright/test';
import { catalogOf, costOf, written, type Choice } from '../fixtures/prices.ts';
import type { Server } from '../fixtures/server.ts';
import { checkScreen, expect, test } from '../fixtures/test.ts';
import { words } from '../fixtures/words.ts';

const en = words('en');
const fr = words('fr');

/** The policy that docs/embedding.md asks for, and nothing besides. */
const strict = (server: Server) =>
  `default-src 'none'; script-src ${server.url} 'wasm-unsafe-eval'; connect-src ${server.url}; img-src data:`;

const script = (server: Server, query = '') => `<script type="module" src="${server.url}/widget.js${query}"></script>`;
const element = (attributes = '', instead = '<p>Prices on request</p>') =>
  `<onedesk-pricing ${attributes}>${instead}</onedesk-pricing>`;

/** Writes down events and warnings of a page; call it before the page is opened. */
async function listen(page: Page): Promise<{ warnings: string[]; events: () => Promise<Event[]> }> {
  const warnings: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'warning' && message.text().includes('onedesk')) warnings.push(message.text());
  });
  await page.addInitScript(() => {
    const events: unknown[] = [];
    Object.assign(window, { toldEvents: events });
    for (const name of ['onedesk:quote', 'onedesk:choose']) {
      document.addEventListener(name, (event) => {
        const { type, detail, bubbles, composed, cancelable } = event as CustomEvent;
        events.push({ type, detail, bubbles, composed, cancelable, on: (event.target as Element).tagName });
        if (type === 'onedesk:choose' && document.documentElement.dataset['stay']) event.preventDefault();
      });
    }
  });
  return { warnings, events: () => page.evaluate(() => (window as unknown as { toldEvents: Event[] }).toldEvents) };
}

interface Event {
  type: string;
  on: string;
  bubbles: boolean;
  composed: boolean;
  cancelable: boolean;
  detail: Record<string, unknown> & { total: { minor: number; currency: string; text: string } };
}

const CHOICE: Choice = { plan: 'premium', seats: 12, period: 'annual', currency: 'EUR' };
const ATTRIBUTES = 'plan="premium" seats="12" period="annual" currency="EUR" lang="fr" partner="acme"';

test.describe('widget', () => {
  test('on a page of another origin, under a strict policy, every total follows and the page is told', { tag: '@phone' }, async ({ page, server, partnerPage }) => {
    const { warnings, events } = await listen(page);
    const catalog = await catalogOf(server, 'fr');
    await page.goto(await partnerPage({ head: script(server), body: `<main><h1>Partner</h1>${element(ATTRIBUTES)}</main>`, policy: strict(server) }));
    const expectTotals = async (choice: Omit<Choice, 'plan'>) => {
      for (const { id, name } of catalog.plans) {
        await expect(page.getByRole('article', { name })).toContainText(written('fr', costOf(catalog, { ...choice, plan: id })));
      }
    };
    await expectTotals(CHOICE);
    const seats = page.getByLabel(fr.say('site', 'calculator', 'seats'), { exact: true });
    await seats.fill('37');
    await page.getByRole('radio', { name: fr.say('site', 'calculator', 'monthly') }).check();
    await page.getByLabel(fr.say('site', 'calculator', 'currency')).selectOption('JPY');
    await page.getByRole('button', { name: fr.say('site', 'calculator', 'more') }).click();
    await expectTotals({ seats: 38, period: 'monthly', currency: 'JPY' });
    await page.getByRole('radio', { name: 'Standard', exact: true }).check();
    await page.getByRole('slider').fill('0');
    await expectTotals({ seats: 1, period: 'monthly', currency: 'JPY' });

    const [first, ...rest] = await events();
    expect(first).toMatchObject({ type: 'onedesk:quote', on: 'ONEDESK-PRICING', bubbles: true, composed: true });
    expect(first?.detail).toMatchObject({ ...CHOICE, language: 'fr', partner: 'acme', total: costOf(catalog, CHOICE) });
    expect(first?.detail.total.text.replace(/\s/g, ' ')).toBe(written('fr', costOf(catalog, CHOICE)));
    const last = rest.at(-1)!;
    expect(last.detail).toMatchObject({ plan: 'standard', seats: 1, period: 'monthly', currency: 'JPY' });
    expect(last.detail.total.minor).toBe(costOf(catalog, last.detail as unknown as Choice).minor);
    expect(warnings).toEqual([]);
    await checkScreen(page);
  });

  for (const [typed, key] of [
    ['', 'empty'],
    ['abc', 'not_a_number'],
    ['1.5', 'not_whole'],
    ['-1', 'too_few'],
    ['99999999999999999999', 'too_many'],
  ] as const) {
    test(`users “${typed}” are told what is wrong, and nothing is lost`, async ({ page, server, partnerPage }) => {
      await page.goto(await partnerPage({ head: script(server), body: element('seats="7" lang="en"') }));
      const seats = page.getByLabel(en.say('site', 'calculator', 'seats'), { exact: true });
      await seats.fill(typed);
      await expect(seats).toHaveValue(typed);
      await expect(seats).toHaveAttribute('aria-invalid', 'true');
      await expect(seats).toHaveAccessibleDescription(en.pattern('site', 'seats_error', key));
      await expect(page.getByRole('article').first()).toContainText(en.say('site', 'plan_card', 'unknown_seats'));
      // The call to action still leads somewhere: with the last number.
      await expect(page.getByRole('link', { name: en.say('site', 'pricing', 'start_trial') }).first()).toHaveAttribute('href', /seats=7&/);
      await seats.fill('8');
      await expect(seats).not.toHaveAttribute('aria-invalid');
    });
  }

  test('program, styles and words are loaded once for any number of elements', async ({ page, server, partnerPage }) => {
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    const body = element('plan="standard" seats="3" lang="en"') + element('plan="enterprise" seats="40" lang="en"');
    await page.goto(await partnerPage({ head: script(server), body }));
    await expect(page.getByRole('article')).toHaveCount(6);
    await page.evaluate(() => document.body.append(document.createElement('onedesk-pricing')));
    await expect(page.getByRole('article')).toHaveCount(9);
    const of = (pattern: RegExp) => asked.filter((path) => pattern.test(path));
    expect(of(/\.wasm$/)).toHaveLength(1);
    expect(of(/widget.*\.js$/)).toHaveLength(2);
    expect(of(/\.css$/)).toHaveLength(1);
    expect(of(/^\/api\/widget$/)).toHaveLength(1);
    // Each stands for itself.
    const seats = page.getByLabel(en.say('site', 'calculator', 'seats'), { exact: true });
    await seats.nth(0).fill('5');
    await expect(seats.nth(1)).toHaveValue('40');
  });

  test('attributes are followed while it stands, and another language keeps what was dialled in', async ({ page, server, partnerPage }) => {
    const { warnings } = await listen(page);
    await page.goto(await partnerPage({ head: script(server), body: element('seats="3" lang="en"') }));
    const widget = page.locator('onedesk-pricing');
    const set = (name: string, value: string) => widget.evaluate((self, [name, value]) => self.setAttribute(name!, value!), [name, value]);
    await expect(page.getByRole('article')).toHaveCount(3);
    await set('plan', 'enterprise');
    await expect(page.getByRole('radio', { name: 'Enterprise', exact: true })).toBeChecked();
    await set('period', 'monthly');
    await expect(page.getByRole('radio', { name: en.say('site', 'calculator', 'monthly') })).toBeChecked();
    await set('currency', 'gbp');
    await expect(page.getByLabel(en.say('site', 'calculator', 'currency'))).toHaveValue('GBP');
    await set('seats', '21');
    await expect(page.getByLabel(en.say('site', 'calculator', 'seats'), { exact: true })).toHaveValue('21');
    await set('partner', 'Partner & Co');
    const action = page.getByRole('link', { name: en.say('site', 'pricing', 'start_trial') });
    await expect(action.first()).toHaveAttribute('href', `${server.url}/signup?plan=standard&seats=21&period=monthly&currency=GBP&partner=Partner%20%26%20Co`);
    await page.getByLabel(en.say('site', 'calculator', 'seats'), { exact: true }).fill('22');
    await set('lang', 'fr');
    await expect(page.getByLabel(fr.say('site', 'calculator', 'seats'), { exact: true })).toHaveValue('22');
    await expect(page.getByLabel(fr.say('site', 'calculator', 'currency'))).toHaveValue('GBP');
    const french = page.getByRole('link', { name: fr.say('site', 'pricing', 'start_trial') }).first();
    await expect(french).toHaveAttribute('href', /\/fr\/signup\?.*seats=22/);
    await set('target', '_blank');
    await expect(french).toHaveAttribute('target', '_blank');
    await expect(french).toHaveAttribute('href', /\/fr\/signup\?.*seats=22/);

    const remove = (name: string) => widget.evaluate((self, name) => self.removeAttribute(name), name);
    for (const name of ['plan', 'seats', 'period', 'currency']) await remove(name);
    await remove('target');
    await expect(french).not.toHaveAttribute('target', '_blank');
    await remove('partner');
    await expect(french).toHaveAttribute('href', `${server.url}/fr/signup?plan=standard&seats=22&period=monthly&currency=GBP`);
    await remove('lang');
    await expect(action.first()).toHaveAttribute('href', `${server.url}/signup?plan=standard&seats=22&period=monthly&currency=GBP`);
    expect(warnings).toEqual([]);
  });

  for (const [attribute, value, used] of [
    ['plan', 'gold', 'premium'],
    ['seats', 'abc', '10'],
    ['seats', '-3', '10'],
    ['seats', '1e9', '10'],
    ['period', 'weekly', 'annual'],
    ['currency', 'XAU', 'USD'],
    ['lang', 'tlh', 'en'],
    ['partner', 'https://evil.example', 'none'],
  ] as const) {
    test(`${attribute}="${value}" shows prices, and warns once of the attribute`, async ({ page, server, partnerPage }) => {
      const { warnings } = await listen(page);
      await page.goto(await partnerPage({ head: script(server), body: element(`${attribute}="${value}"`) }));
      await expect(page.getByRole('article')).toHaveCount(3);
      await expect(page.getByRole('radio', { name: 'Premium', exact: true })).toBeChecked();
      await expect(page.getByLabel(en.say('site', 'calculator', 'seats'), { exact: true })).toHaveValue('10');
      await expect(page.getByRole('radio', { name: en.say('site', 'calculator', 'annual') })).toBeChecked();
      await expect(page.getByLabel(en.say('site', 'calculator', 'currency'))).toHaveValue('USD');
      expect(warnings).toHaveLength(1);
      expect(warnings[0]).toContain(`${attribute}="${value}"`);
      expect(warnings[0]).toMatch(new RegExp(`: ${used}$`));
      // Moved, it does not complain again.
      await page.evaluate(() => document.body.append(document.querySelector('onedesk-pricing')!));
      await expect(page.getByRole('article')).toHaveCount(3);
      expect(warnings).toHaveLength(1);
    });
  }

  test('a page in a language that is not sold gets English without a word', async ({ page, server, partnerPage }) => {
    const { warnings } = await listen(page);
    await page.goto(await partnerPage({ head: script(server), body: element(), root: 'lang="ja"' }));
    await expect(page.getByRole('article')).toHaveCount(3);
    await expect(page.getByLabel(en.say('site', 'calculator', 'seats'), { exact: true })).toBeVisible();
    expect(warnings).toEqual([]);
  });

  test('the page’s own language is taken where the element names none', async ({ page, server, partnerPage }) => {
    await page.goto(await partnerPage({ head: script(server), body: element(), root: 'lang="fr-CA"' }));
    await expect(page.getByLabel(fr.say('site', 'calculator', 'seats'), { exact: true })).toBeVisible();
  });

  test('something readable stands there while the server is not reached, with one warning', async ({ page, server, guard, partnerPage }) => {
    const { warnings } = await listen(page);
    await page.route('**/api/widget*', (route) => route.abort());
    guard.expectFailedRequest('offline', '/api/widget');
    const body = element('', '<p>Prices on request</p>') + element('', '') + '<p id="rest">The rest of the page</p>';
    await page.goto(await partnerPage({ head: script(server), body }));
    const host = new URL(server.url).host;
    await expect(page.getByRole('link', { name: `${host}/pricing` })).toHaveAttribute('href', `${server.url}/pricing`);
    await expect(page.getByText('Prices on request')).toBeVisible();
    await expect(page.locator('#rest')).toBeVisible();
    expect(warnings).toHaveLength(1);
    // Once it is there again, the next element brings the program; one that is put back tries again.
    await page.unroute('**/api/widget*');
    await page.evaluate(() => document.body.append(document.querySelector('onedesk-pricing')!));
    await expect(page.getByRole('article')).toHaveCount(3);
    await expect(page.getByText('Prices on request')).toBeHidden();
  });

  test('a policy that forbids the program leaves what stands there, and the warning points to the frame', async ({ page, server, guard, partnerPage }) => {
    const { warnings } = await listen(page);
    guard.expectConsoleError(/policy violation: script-src forbids wasm-eval/);
    const policy = strict(server).replace(" 'wasm-unsafe-eval'", '');
    await page.goto(await partnerPage({ head: script(server), body: element(), policy }));
    await expect.poll(() => warnings).toHaveLength(1);
    expect(warnings[0]).toContain(`${server.url}/embed/pricing`);
    await expect(page.getByText('Prices on request')).toBeVisible();
  });

  test('loaded twice, also from another server, the first one stays and the other says so', async ({ page, server, startServer, partnerPage }) => {
    const { warnings } = await listen(page);
    const other = await startServer();
    const head = script(server) + script(server) + script(server, '?v=2') + script(other);
    await page.goto(await partnerPage({ head, body: element('lang="en"') }));
    await expect(page.getByRole('article')).toHaveCount(3);
    await expect(page.getByRole('link', { name: en.say('site', 'pricing', 'start_trial') }).first()).toHaveAttribute('href', new RegExp(`^${server.url}/`));
    expect(warnings).toHaveLength(2);
    expect(warnings.join()).toContain('/widget.js?v=2');
    expect(warnings.join()).toContain(`${other.url}/widget.js`);
  });

  test('removed while it loads, it leaves nothing behind, and comes when it is put back', async ({ page, server, partnerPage }) => {
    const { warnings, events } = await listen(page);
    let letGo!: () => void;
    const held = new Promise<void>((resolve) => (letGo = resolve));
    let asked!: () => void;
    const isAsked = new Promise<void>((resolve) => (asked = resolve));
    await page.route('**/*.wasm', async (route) => {
      asked();
      await held;
      await route.continue();
    });
    await page.goto(await partnerPage({ head: script(server), body: element() }));
    await isAsked;
    await page.evaluate(() => {
      const widget = document.querySelector('onedesk-pricing')!;
      Object.assign(window, { kept: widget });
      widget.remove();
    });
    const loaded = page.waitForResponse('**/*.wasm');
    letGo();
    await (await loaded).finished();
    // Another one is shown by the same loading: whatever the first would have done, it would have done by then.
    await page.evaluate(() => document.body.append(document.createElement('onedesk-pricing')));
    await expect(page.getByRole('article')).toHaveCount(3);
    expect(await page.evaluate(() => (window as unknown as { kept: Element }).kept.shadowRoot)).toBeNull();
    expect(await events()).toHaveLength(1);
    await page.evaluate(() => document.body.append((window as unknown as { kept: Element }).kept));
    await expect(page.getByRole('article')).toHaveCount(6);
    expect(warnings).toEqual([]);
  });

  test('removed by a listener of its own event, it goes quietly', async ({ page, server, partnerPage }) => {
    await page.addInitScript(() => {
      document.addEventListener('onedesk:choose', (event) => {
        event.preventDefault();
        (event.target as Element).remove();
      });
    });
    await page.goto(await partnerPage({ head: script(server), body: element() }));
    await page.getByRole('link', { name: en.say('site', 'pricing', 'start_trial') }).first().click();
    await expect(page.getByRole('article')).toHaveCount(0);
    await page.evaluate(() => document.body.append(document.createElement('onedesk-pricing')));
    await expect(page.getByRole('article')).toHaveCount(3);
  });

  test('removed and added again a hundred times, it leaks neither elements, listeners nor memory', async ({ page, server, partnerPage }) => {
    await page.addInitScript(() => {
      const instantiate = WebAssembly.instantiateStreaming;
      WebAssembly.instantiateStreaming = async (...given) => {
        const made = await instantiate.apply(WebAssembly, given);
        Object.assign(window, { wasmMemory: made.instance.exports['memory'] });
        return made;
      };
    });
    await page.goto(await partnerPage({ head: script(server), body: element('seats="3" lang="en"') }));
    await expect(page.getByRole('article')).toHaveCount(3);
    await page.getByLabel(en.say('site', 'calculator', 'seats'), { exact: true }).fill('17');
    const devtools = await page.context().newCDPSession(page);
    const cycle = (times: number) =>
      page.evaluate(async (times) => {
        const widget = document.querySelector('onedesk-pricing')!;
        const until = async (holds: () => boolean) => {
          while (!holds()) await new Promise((resolve) => setTimeout(resolve));
        };
        for (let turn = 0; turn < times; turn += 1) {
          widget.remove();
          document.body.append(widget);
          await until(() => widget.shadowRoot!.querySelectorAll('article').length === 3);
        }
      }, times);
    const count = async () => {
      await devtools.send('HeapProfiler.collectGarbage');
      const { nodes, jsEventListeners } = await devtools.send('Memory.getDOMCounters');
      const memory = await page.evaluate(() => (window as unknown as { wasmMemory: WebAssembly.Memory }).wasmMemory.buffer.byteLength);
      return { nodes, jsEventListeners, memory };
    };
    // The first rounds fill what is kept for reuse.
    await cycle(30);
    const before = await count();
    await cycle(100);
    const after = await count();
    expect(after.memory).toBe(before.memory);
    expect(after.nodes).toBeLessThanOrEqual(before.nodes + 20);
    expect(after.jsEventListeners).toBeLessThanOrEqual(before.jsEventListeners + 5);
    // What was dialled in came along all the way.
    await expect(page.getByLabel(en.say('site', 'calculator', 'seats'), { exact: true })).toHaveValue('17');
  });
});
