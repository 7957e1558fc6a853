import type { Locator, Page } from '@playwright/test';
import { news, told } from '../fixtures/accessibility.ts';
import { SUBSCRIPTION, USERS } from '../fixtures/changing.ts';
import { openAccount, ready } from '../fixtures/journey.ts';
import { tabTo } from '../fixtures/keyboard.ts';
import { catalogOf, chargeFor, type Choice, costOf, query, written } from '../fixtures/prices.ts';
import { checkScreen, expect, test } from '../fixtures/test.ts';
import { words } from '../fixtures/words.ts';

const { say, pattern } = words('en');

const CHOICE: Choice = { plan: 'premium', seats: 12, period: 'annual', currency: 'EUR' };

test.describe('what a screen reader is told', () => {
  test('of a total: nothing as the page opens, then the new one, and why there is none', async ({ page, server }) => {
    const catalog = await catalogOf(server);
    await page.goto(`/pricing${query(CHOICE)}`);
    await ready(page);
    expect(await news(page)).toEqual([]);
    const seats = page.getByLabel(say('site', 'calculator', 'seats'), { exact: true });
    await seats.fill('37');
    const total = written('en', costOf(catalog, { ...CHOICE, seats: 37 }));
    await expect.poll(() => news(page)).toEqual([expect.stringContaining(total)]);
    await seats.fill('0');
    const problem = say('site', 'seats_error', 'too_few');
    await expect.poll(() => news(page)).toEqual([say('site', 'calculator', 'announce_invalid', { problem })]);
    const [field] = (await told(page, 'textbox')).filter(({ name }) => name === say('site', 'calculator', 'seats'));
    expect(field).toMatchObject({ description: expect.stringContaining(problem), properties: { invalid: 'true' } });
  });

  test('of what is due, in the application: once a change has settled, once, and why it is not known', async ({ page, server, address }) => {
    const catalog = await catalogOf(server);
    const account = await openAccount(page, server, address, { choice: CHOICE });
    const seats = page.getByLabel(say('site', 'calculator', 'seats'), { exact: true });
    const due = (licences: number) =>
      `${say('shared', 'price', 'due_today')}: ${written('en', chargeFor(catalog, { ...CHOICE, seats: licences }))}`;
    const problem = say('site', 'calculator', 'announce_invalid', { problem: say('site', 'seats_error', 'too_few') });

    await page.goto(SUBSCRIPTION);
    await expect(seats).toHaveValue('12');
    expect(await news(page)).toEqual([]);
    await seats.fill('37');
    await expect.poll(() => news(page)).toEqual([due(37)]);
    await seats.fill('0');
    await expect.poll(() => news(page)).toEqual([problem]);

    await account.subscribe(CHOICE);
    await page.goto(SUBSCRIPTION);
    await expect(page.getByRole('heading', { name: say('changes', 'change', 'title') })).toBeVisible();
    expect(await news(page)).toEqual([]);
    await seats.fill('15');
    await expect.poll(() => news(page)).toEqual([due(3)]);
    await seats.fill('0');
    await expect.poll(() => news(page)).toEqual([problem]);
    await seats.fill('12');
    await expect.poll(() => news(page)).toEqual([say('changes', 'summary', 'nothing')]);
  });

  test('of a total in the widget on somebody’s page', async ({ page, server, partnerPage }) => {
    const catalog = await catalogOf(server);
    const widget = '<onedesk-pricing plan="premium" seats="12" period="annual" currency="EUR" lang="en"></onedesk-pricing>';
    const head = `<script type="module" src="${server.url}/widget.js"></script>`;
    await page.goto(await partnerPage({ head, body: `<main><h1>Partner</h1>${widget}</main>` }));
    await expect(page.getByRole('article')).toHaveCount(3);
    expect(await news(page)).toEqual([]);
    await page.getByLabel(say('site', 'calculator', 'seats'), { exact: true }).fill('37');
    const total = written('en', costOf(catalog, { ...CHOICE, seats: 37 }));
    await expect.poll(() => news(page)).toEqual([expect.stringContaining(total)]);
  });

  test('of mistakes in a form: how many and which at once, and each with its field', async ({ page }) => {
    await page.goto('/signup');
    await ready(page);
    await page.getByLabel(say('site', 'sign_up', 'email')).fill('nonsense');
    await page.getByRole('button', { name: say('site', 'sign_up', 'submit') }).click();
    const mistake = say('shared', 'field_error', 'invalid_email');
    await expect.poll(() => told(page, 'alert')).toMatchObject([{ text: expect.stringContaining(mistake), properties: { live: 'assertive' } }]);
    // Reading goes on there, and not at the button.
    await expect(page.locator('.error-summary')).toBeFocused();
    const [field] = (await told(page, 'textbox')).filter(({ name }) => name === say('site', 'sign_up', 'email'));
    expect(field).toMatchObject({ description: expect.stringContaining(mistake), properties: { invalid: 'true', required: true } });
  });

  test('of a dialog: its name, that nothing else can be reached, and where the focus is', async ({ page, server, address }) => {
    await openAccount(page, server, address, { choice: CHOICE });
    await page.goto(SUBSCRIPTION);
    await page.getByRole('button', { name: say('admin', 'subscription', 'subscribe_to', { plan: 'Premium' }) }).first().click();
    const title = say('admin', 'confirmation', 'title');
    await expect.poll(() => told(page, 'dialog')).toMatchObject([{ name: title, properties: { modal: true } }]);
    const headings = await told(page, 'heading');
    // What lies below the dialog is not there for anybody.
    expect(headings.map(({ name }) => name)).toContain(title);
    expect(headings.map(({ name }) => name)).not.toContain(say('admin', 'subscription', 'title'));
    expect(headings.find(({ name }) => name === title)?.properties['focused']).toBe(true);
  });

  test('of users who were invited', async ({ page, server, address }) => {
    await openAccount(page, server, address);
    await page.goto(USERS);
    await page.getByLabel(say('admin', 'add_users', 'emails')).fill(`bob.${address}`);
    await page.getByRole('button', { name: say('admin', 'add_users', 'submit') }).click();
    await expect.poll(() => news(page)).toContainEqual(expect.stringMatching(pattern('admin', 'add_users', 'added', 'one')));
  });
});

test('the widget by keyboard alone: dialled in, compared, begun', async ({ page, server, partnerPage }) => {
  const widget = '<onedesk-pricing plan="premium" seats="12" period="annual" currency="EUR" lang="en"></onedesk-pricing>';
  const head = `<script type="module" src="${server.url}/widget.js"></script>`;
  await page.goto(await partnerPage({ head, body: `<main><h1>Partner</h1>${widget}</main>` }));
  await tabTo(page, page.getByLabel(say('site', 'calculator', 'seats'), { exact: true }));
  await page.keyboard.press('Control+A');
  await page.keyboard.type('2');
  await page.keyboard.press('ArrowUp');
  await tabTo(page, page.getByRole('radio', { name: pattern('site', 'calculator', 'annual') }));
  await page.keyboard.press('ArrowLeft');
  await tabTo(page, page.getByLabel(say('site', 'calculator', 'currency')));
  await page.keyboard.type('GBP');
  await tabTo(page, page.getByRole('radio', { name: 'Premium', exact: true }));
  await page.keyboard.press('ArrowLeft');
  const standard = page.getByRole('article', { name: 'Standard' });
  const catalog = await catalogOf(server);
  const choice: Choice = { plan: 'standard', seats: 3, period: 'monthly', currency: 'GBP' };
  await expect(standard).toContainText(written('en', costOf(catalog, choice)));
  await tabTo(page, standard.getByRole('link'));
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/signup\?/);
  expect(new URL(page.url()).search).toContain('plan=standard&seats=3&period=monthly&currency=GBP');
});

test.describe('in the reader’s own colours', () => {
  test.use({ contextOptions: { forcedColors: 'active', reducedMotion: 'reduce' } });

  test('what is chosen, and where one is, shows', async ({ page, server, address }) => {
    await page.goto(`/pricing${query(CHOICE)}`);
    await ready(page);
    const cards = page.getByRole('article');
    await expect(cards.filter({ has: page.getByRole('radio', { name: 'Premium', exact: true }) })).toHaveCSS('outline-style', 'solid');
    await expect(cards.filter({ has: page.getByRole('radio', { name: 'Standard', exact: true }) })).toHaveCSS('outline-style', 'none');
    await openAccount(page, server, address);
    await page.goto(USERS);
    const side = page.getByRole('navigation', { name: say('admin', 'shell', 'administration') });
    await expect(side.getByRole('link', { name: say('admin', 'shell', 'users') })).toHaveCSS('outline-style', 'solid');
    await expect(side.getByRole('link', { name: say('admin', 'shell', 'subscription') })).toHaveCSS('outline-style', 'none');
  });
});

test.describe('motion', () => {
  /** How long what moves on the page moves, in milliseconds, after a total has changed. */
  async function movedFor(page: Page): Promise<number> {
    await page.goto(`/pricing${query(CHOICE)}`);
    await ready(page);
    const turns = () => page.locator('.amount').evaluateAll((all) => all.map((amount) => amount.getAttribute('data-turn')).join());
    const before = await turns();
    await page.getByRole('button', { name: say('site', 'calculator', 'more') }).click();
    await expect.poll(turns, 'totals that change').not.toBe(before);
    // By the styles, not by events: of a movement that takes no time, Chromium tells in the next frame, and none may come.
    const lengths = await page
      .locator('.amount[data-turn]')
      .evaluateAll((all) => all.map((amount) => parseFloat(getComputedStyle(amount).animationDuration) * 1000));
    return Math.max(...lengths);
  }

  test('is not seen by those who asked for none', async ({ page }) => {
    expect(await movedFor(page)).toBe(0);
  });

  test.describe('for everybody else', () => {
    test.use({ contextOptions: { reducedMotion: 'no-preference' } });
    test('tells that a total changed, shortly', async ({ page }) => {
      const moved = await movedFor(page);
      expect(moved).toBeGreaterThan(0);
      expect(moved).toBeLessThanOrEqual(150);
    });
  });

  test('of a wait is none for those who asked for none: dots that stand still tell of it', async ({ page, server, address }) => {
    /** Holds the answers of an address back until it is told to let them go. */
    const hold = async (path: string): Promise<() => void> => {
      let release = () => {};
      const released = new Promise<void>((done) => {
        release = done;
      });
      await page.route(path, async (route) => {
        await released;
        await route.continue();
      });
      return release;
    };
    const expectStill = async (mark: Locator) => {
      await expect(mark).toHaveCSS('background-image', /radial-gradient/);
      const moving = () =>
        document.getAnimations().filter(({ effect }) => Number(effect?.getComputedTiming().duration) > 0).length;
      expect(await page.evaluate(moving)).toBe(0);
    };
    const signUp = await hold('**/api/sign-ups');
    await page.goto('/signup');
    await ready(page);
    await page.getByLabel(say('site', 'sign_up', 'email')).fill(address);
    const submit = page.getByRole('button', { name: say('site', 'sign_up', 'submit') });
    await submit.click();
    await expect(submit).toHaveAttribute('aria-busy', 'true');
    await expectStill(submit.locator('.button__progress'));
    signUp();
    await expect(page.getByRole('heading', { level: 1, name: say('site', 'sent', 'title') })).toBeVisible();

    await openAccount(page, server, `bob.${address}`);
    const users = await hold('**/api/users');
    await page.goto(USERS);
    await expectStill(page.locator('.waiting__mark'));
    users();
    await expect(page.getByLabel(say('admin', 'add_users', 'emails'))).toBeVisible();
  });
});

test('axe finds nothing on the pages of the sandbox', async ({ page, server, address }) => {
  await openAccount(page, server, address);
  for (const path of ['/sandbox', '/sandbox/clock', `/sandbox/mail?to=${encodeURIComponent(address)}`]) {
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await checkScreen(page);
  }
});

test('axe finds nothing in the description of the API', async ({ page }) => {
  await page.goto('/api/docs');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  // All are drawn alike, and axe takes most of a minute for all: a tenth of them will do.
  for (const kind of ['.call', '.shape']) {
    const drawn = page.locator(kind);
    expect(await drawn.count()).toBeGreaterThan(40);
    await drawn.evaluateAll((all) => all.filter((_, index) => index % 10 !== 0).forEach((one) => one.remove()));
    await expect(drawn.first()).toBeVisible();
  }
  await checkScreen(page);
});

test('axe finds nothing on the test payments, whose tables become cards on a phone', async ({ page, server, address }) => {
  const account = await openAccount(page, server, address, { choice: CHOICE });
  await account.subscribe(CHOICE);
  await page.goto('/sandbox/payments');
  const notifications = page.getByRole('region', { name: 'Notifications' });
  await expect(notifications.getByRole('row')).not.toHaveCount(0);
  // Columns that take their width from one another broke the word of the button in two.
  const lines = await notifications.getByRole('button').first().evaluate((button) => {
    const words = document.createRange();
    words.selectNodeContents(button);
    return words.getClientRects().length;
  });
  expect(lines).toBe(1);
  await page.setViewportSize({ width: 360, height: 800 });
  await checkScreen(page);
  expect(await notifications.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
});

test('axe finds nothing in the letters, on a phone', async ({ page, server, address }) => {
  const account = await openAccount(page, server, address, { choice: CHOICE });
  await account.subscribe(CHOICE);
  await account.send('POST', '/api/password-resets', { email: address });
  await server.mail.waitForLink(address, /reset-password/);
  await account.invite([`bob.${address}`]);
  const letters = [...(await server.mail.to(address)), ...(await server.mail.to(`bob.${address}`))];
  expect(letters.map(({ kind }) => kind).sort()).toEqual(['activation', 'invitation', 'password_reset', 'receipt']);
  await page.setViewportSize({ width: 360, height: 800 });
  // By themselves, under no policy: the frame that shows a letter runs no scripts, and axe is one.
  await page.goto('about:blank');
  for (const { html } of letters) {
    await page.setContent(html);
    await checkScreen(page);
  }
});

test('axe finds nothing on the chat’s own page, nor on the answers to forms that no script sends', async ({ page, guard }) => {
  await page.goto('/chat');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await checkScreen(page);
  // axe itself is a script, and cannot run where there are none: here the pages' own are empty instead.
  await page.route(/\.js$/, (route) => route.fulfill({ contentType: 'text/javascript', body: '' }));
  await page.reload();
  guard.expectFailedRequest(422, '/chat');
  await page.getByRole('button', { name: say('chat', 'panel', 'send') }).click();
  await expect(page.getByLabel(say('chat', 'panel', 'question'))).toHaveAttribute('aria-invalid', 'true');
  await checkScreen(page);
  for (const path of ['/signup/invalid', '/signup/sent']) {
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await checkScreen(page);
  }
});
