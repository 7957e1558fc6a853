import type { Locator, Page } from '@playwright/test';
import { addUsers, CARDS, openSubscription, PASSWORD, payWith } from '../fixtures/journey.ts';
import { catalogOf, chargeFor, query, written, type Choice } from '../fixtures/prices.ts';
import type { Server } from '../fixtures/server.ts';
import { checkScreen, expect, test } from '../fixtures/test.ts';
import { LANGUAGES, words, type Language } from '../fixtures/words.ts';

const CHOICE: Choice = { plan: 'premium', seats: 3, period: 'monthly', currency: 'EUR' };
const SCREEN = '/app/administration/subscription';
const USERS = '/app/administration/users';

/** The Subscription screen, and its dialog, in the words of a language. */
function screen(page: Page, language: Language) {
  const { say, pattern } = words(language);
  const dialog = (key: string): Locator => page.getByRole('dialog', { name: say('changes', 'dialog', key) });
  const news = page.getByRole('main').getByText(say('changes', 'news', 'title'), { exact: true });
  return {
    say,
    pattern,
    dialog,
    seats: page.getByLabel(say('site', 'calculator', 'seats'), { exact: true }),
    currency: page.getByLabel(say('site', 'calculator', 'currency')),
    plan: (name: string) => page.getByRole('radio', { name, exact: true }),
    period: (period: 'monthly' | 'annual') => page.getByRole('radio', { name: say('site', 'calculator', period) }),
    summary: page.getByRole('region', { name: say('changes', 'summary', 'title') }),
    /** The button of the summary that says what it does. */
    press: (text: string | RegExp) =>
      page.getByRole('region', { name: say('changes', 'summary', 'title') }).getByRole('button', { name: text }),
    news,
    /** Confirms the dialog that is open by the button with these words, and waits for the news of it. */
    async confirm(key: string, text: string | RegExp): Promise<void> {
      await dialog(key).getByRole('button', { name: text }).click();
      await expect(news).toBeVisible();
    },
  };
}

/** What is subscribed to and scheduled, as the API says it. */
async function stored(page: Page, server?: Server): Promise<{
  term: { plan: string; seats: number; period: string };
  scheduled: Record<string, unknown>;
  cancels_at_period_end: boolean;
}> {
  const answer = await page.request.get(`${server?.url ?? ''}/api/subscription`);
  return ((await answer.json()) as { subscription: never }).subscription;
}

for (const language of LANGUAGES) {
  test.describe(`changes at once (${language})`, () => {
    test(`licences are added for the rest of the period`, { tag: '@phone' }, async ({ page, server, address }) => {
      const { say, seats, summary, press, dialog, confirm, news } = screen(page, language);
      await openSubscription(page, server, address, { language, choice: query(CHOICE) });
      await expect(press(say('changes', 'button', 'nothing'))).toBeDisabled();
      await checkScreen(page);

      await seats.fill('5');
      // On the day of payment the whole period is left.
      const amount = written(language, chargeFor(await catalogOf(server, language), { ...CHOICE, seats: 2 }));
      const what = say('changes', 'button', 'add_licences', { count: 2 });
      const button = say('changes', 'button', 'pay', { what, amount });
      await expect(summary).toContainText(say('changes', 'doing', 'add_licences', { count: 2, total: 5 }));
      await expect(press(button)).toBeEnabled();
      await checkScreen(page);

      await press(button).click();
      await expect(dialog('title')).toContainText(amount);
      await expect(dialog('title')).toContainText('Visa •••• 4242');
      await checkScreen(page);
      await confirm('title', button);
      await expect(page.getByRole('main')).toContainText(say('admin', 'subscription', 'in_use', { used: 1, owned: 5 }));
      await expect(news).toBeVisible();
      await expect(page.getByRole('link', { name: say('changes', 'news', 'see_invoice') })).toBeVisible();
      await expect(press(say('changes', 'button', 'nothing'))).toBeDisabled();
      expect(await stored(page)).toMatchObject({ term: { seats: 5 } });
      await checkScreen(page);
    });

    test('the plan is raised: one line of credit, one line of charge', async ({ page, server, address }) => {
      const { plan, summary, press, confirm } = screen(page, language);
      const name = (await catalogOf(server, language)).plans.find(({ id }) => id === 'enterprise')!.name;
      await openSubscription(page, server, address, { language, choice: query(CHOICE) });
      await plan(name).check();
      await expect(summary.getByRole('definition')).toHaveCount(5);
      const button = words(language).pattern('changes', 'button', 'raise_plan');
      await press(button).click();
      await confirm('title', button);
      expect(await stored(page)).toMatchObject({ term: { plan: 'enterprise', seats: 3 } });
    });

    test('monthly becomes annual: the preview says that the renewal date moves', async ({ page, startServer, address }) => {
      const { say, period, summary, press, dialog, confirm } = screen(page, language);
      const server = await startServer();
      await openSubscription(page, server, address, { language, choice: query(CHOICE) });
      // On the first day of a period, the year would begin on the same day.
      await server.clock.advanceDays(3);
      await page.goto(server.url + SCREEN);
      await period('annual').check();
      await expect(summary).toContainText(say('changes', 'summary', 'anchor'));
      const button = new RegExp(say('changes', 'button', 'go_annual'));
      await press(button).click();
      await expect(dialog('title')).toContainText(say('changes', 'summary', 'anchor'));
      await confirm('title', button);
      expect(await stored(page, server)).toMatchObject({ term: { period: 'annual' } });
    });
  });

  test.describe(`what waits for the renewal (${language})`, () => {
    test('fewer licences are scheduled, survive another change, and are withdrawn', async ({ page, server, address }) => {
      const { say, pattern, seats, press, dialog, confirm } = screen(page, language);
      await openSubscription(page, server, address, { language, choice: query(CHOICE) });
      await seats.fill('2');
      const schedule = pattern('changes', 'button', 'schedule');
      await press(schedule).click();
      await expect(dialog('title')).toContainText(say('changes', 'summary', 'no_charge'));
      await confirm('title', schedule);
      const what = say('changes', 'part', 'licences', { count: 2, old: 3 });
      const withdraw = page.getByRole('button', { name: say('changes', 'scheduled', 'withdraw_what', { what }) });
      await expect(withdraw).toBeVisible();
      await checkScreen(page);

      await seats.fill('4');
      const add = pattern('changes', 'button', 'add_licences', 'one');
      await press(add).click();
      await confirm('title', add);
      expect(await stored(page)).toMatchObject({ term: { seats: 4 }, scheduled: { seats: 2 } });

      await page.getByRole('button', { name: pattern('changes', 'scheduled', 'withdraw_what') }).click();
      await confirm('withdraw_title', say('changes', 'button', 'withdraw'));
      await expect(page.getByRole('button', { name: pattern('changes', 'scheduled', 'withdraw_what') })).toBeHidden();
      expect((await stored(page)).scheduled['seats'] ?? null).toBeNull();
    });

    test('a lower plan and another currency are scheduled together', async ({ page, server, address }) => {
      const { pattern, plan, currency, press, confirm } = screen(page, language);
      const name = (await catalogOf(server, language)).plans.find(({ id }) => id === 'standard')!.name;
      await openSubscription(page, server, address, { language, choice: query(CHOICE) });
      await plan(name).check();
      await currency.selectOption('CHF');
      const schedule = pattern('changes', 'button', 'schedule');
      await press(schedule).click();
      await confirm('title', schedule);
      await expect(page.getByRole('button', { name: pattern('changes', 'scheduled', 'withdraw_what') })).toHaveCount(2);
      expect(await stored(page)).toMatchObject({ scheduled: { plan: 'standard', currency: 'CHF' } });
    });

    test('annual becomes monthly at the renewal', async ({ page, server, address }) => {
      const { pattern, period, press, confirm } = screen(page, language);
      await openSubscription(page, server, address, { language, choice: query({ ...CHOICE, period: 'annual' }) });
      await period('monthly').check();
      const schedule = pattern('changes', 'button', 'schedule');
      await press(schedule).click();
      await confirm('title', schedule);
      expect(await stored(page)).toMatchObject({ term: { period: 'annual' }, scheduled: { period: 'monthly' } });
    });

    test('cancelled, then resumed', async ({ page, server, address }) => {
      const { say, dialog, confirm } = screen(page, language);
      await openSubscription(page, server, address, { language, choice: query(CHOICE) });
      const cancel = say('changes', 'button', 'cancel');
      await page.getByRole('button', { name: cancel }).click();
      await checkScreen(page);
      await dialog('cancel_title').getByRole('button', { name: say('changes', 'dialog', 'keep') }).click();
      await expect(dialog('cancel_title')).toBeHidden();
      await page.getByRole('button', { name: cancel }).click();
      await confirm('cancel_title', cancel);
      await expect(page.getByText(say('changes', 'cancelling', 'cancelled_title'))).toBeVisible();
      expect(await stored(page)).toMatchObject({ cancels_at_period_end: true });
      await checkScreen(page);

      const resume = say('changes', 'button', 'resume');
      await page.getByRole('button', { name: resume }).click();
      await confirm('resume_title', resume);
      await expect(page.getByRole('button', { name: cancel })).toBeVisible();
      expect(await stored(page)).toMatchObject({ cancels_at_period_end: false });
    });
  });

  test.describe(`too few licences for new users (${language})`, () => {
    const two = (address: string) => [`bob.${address}`, `cy.${address}`];

    /** An account with one licence, on the Users screen, whose owner has tried to add two users. */
    async function lacking(page: Page, address: string): Promise<Locator> {
      const { say } = words(language);
      await page.goto(USERS);
      await page.getByLabel(say('admin', 'add_users', 'emails')).fill(two(address).join('\n'));
      await page.getByRole('button', { name: say('admin', 'add_users', 'submit') }).click();
      const dialog = page.getByRole('dialog', { name: say('changes', 'licences', 'title', { count: 2 }) });
      await expect(dialog).toBeVisible();
      return dialog;
    }

    test('the licences are added in the same dialog, and the users by themselves: one invoice', { tag: '@phone' }, async ({
      page,
      server,
      address,
      guard,
    }) => {
      const { say, pattern } = words(language);
      await openSubscription(page, server, address, { language, choice: query({ ...CHOICE, seats: 1 }) });
      guard.expectFailedRequest(409, '/api/users');
      const dialog = await lacking(page, address);
      await checkScreen(page);
      const amount = written(language, chargeFor(await catalogOf(server, language), { ...CHOICE, seats: 2 }));
      await expect(dialog).toContainText(amount);
      await expect(dialog).toContainText('Visa •••• 4242');
      const what = say('changes', 'button', 'add_licences', { count: 2 });
      await dialog.getByRole('button', { name: say('changes', 'button', 'pay', { what, amount }) }).click();
      await expect(page.getByText(pattern('admin', 'add_users', 'added'))).toBeVisible();
      await expect(page.getByText(say('admin', 'users', 'usage', { used: 3, owned: 3 }))).toBeVisible();
      const { invoices } = (await (await page.request.get('/api/invoices')).json()) as { invoices: unknown[] };
      expect(invoices).toHaveLength(2);
    });

    test('somebody is deactivated instead', async ({ page, server, address, guard }) => {
      const { say } = words(language);
      await openSubscription(page, server, address, { language, choice: query({ ...CHOICE, seats: 2 }) });
      await page.goto(USERS);
      await addUsers(page, language, [`dee.${address}`]);
      guard.expectFailedRequest(409, '/api/users');
      await page.getByLabel(say('admin', 'add_users', 'emails')).fill(`eve.${address}`);
      await page.getByRole('button', { name: say('admin', 'add_users', 'submit') }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('button', { name: say('admin', 'users', 'deactivate_whom', { name: `dee.${address}` }) }).click();
      await dialog.getByRole('button', { name: say('changes', 'licences', 'invite') }).click();
      await expect(dialog).toBeHidden();
      await expect(page.getByRole('row').filter({ hasText: `eve.${address}` })).toContainText(say('admin', 'users', 'invited'));
    });
  });

  test(`a renewal that failed is paid with another card (${language})`, async ({ page, startServer, address }) => {
    const { say, pattern, dialog } = screen(page, language);
    const server = await startServer();
    await openSubscription(page, server, address, { language, choice: query(CHOICE), card: CARDS.declinedLater });
    await server.clock.advanceDays(32);
    // The session has ended meanwhile.
    await page.request.post(`${server.url}/api/sessions`, { data: { email: address, password: PASSWORD } });
    await page.goto(server.url + SCREEN);
    const overdue = page.getByRole('region', { name: say('changes', 'overdue', 'title') });
    await expect(overdue).toBeVisible({ timeout: 15_000 });
    await checkScreen(page);
    await overdue.getByRole('button', { name: say('changes', 'overdue', 'other') }).click();
    await checkScreen(page);
    await dialog('recover_title').getByRole('button', { name: pattern('changes', 'button', 'recover') }).click();
    await expect(page).toHaveURL(/\/sandbox\/pay\//);
    await payWith(page, language, CARDS.pays);
    await expect(page).toHaveURL(/\/app\/administration\/subscription\/orders\//);
    await page.goto(server.url + SCREEN);
    await expect(page.getByRole('heading', { name: say('changes', 'change', 'title') })).toBeVisible();
    await expect(overdue).toBeHidden();
  });
}

/** What can come between looking and confirming. Nothing is done twice, and nothing but what was seen is charged. */
test.describe('confirming a change', () => {
  const { say, pattern } = words('en');
  const add = pattern('changes', 'button', 'add_licences');

  test('two administrators at once: the second gets a fresh preview', async ({ page, context, server, address, guard }) => {
    await openSubscription(page, server, address, { choice: query(CHOICE) });
    const other = await context.newPage();
    await other.goto(server.url + SCREEN);
    await screen(other, 'en').seats.fill('6');
    await screen(other, 'en').press(add).click();

    await screen(page, 'en').seats.fill('5');
    await screen(page, 'en').press(add).click();
    await screen(page, 'en').confirm('title', add);

    guard.expectFailedRequest(409, '/api/subscription/changes');
    await screen(other, 'en').dialog('title').getByRole('button', { name: add }).click();
    const stale = screen(other, 'en').dialog('stale_title');
    await expect(stale).toContainText(say('changes', 'dialog', 'stale'));
    // Of the three that were asked for two are there by now.
    await expect(stale).toContainText(say('changes', 'doing', 'add_licences', { count: 1, total: 6 }));
    await checkScreen(other);
    await screen(other, 'en').confirm('stale_title', pattern('changes', 'button', 'add_licences', 'one'));
    expect(await stored(page)).toMatchObject({ term: { seats: 6 } });
  });

  test('yesterday’s preview is not confirmed: today’s is shown', async ({ page, startServer, address, guard }) => {
    const server = await startServer();
    const { seats, press, dialog, confirm } = screen(page, 'en');
    await openSubscription(page, server, address, { choice: query(CHOICE) });
    await seats.fill('4');
    await press(/./).click();
    const before = await dialog('title').textContent();
    await server.clock.advanceDays(3);
    guard.expectFailedRequest(409, '/api/subscription/changes');
    const one = pattern('changes', 'button', 'add_licences', 'one');
    await dialog('title').getByRole('button', { name: one }).click();
    await expect(dialog('stale_title')).toContainText(say('changes', 'dialog', 'stale_due'));
    expect(await dialog('stale_title').textContent()).not.toBe(before);
    await confirm('stale_title', one);
  });

  test('a stored card that is declined changes nothing, and says the ways out', async ({ page, server, address, guard }) => {
    const { seats, press, dialog } = screen(page, 'en');
    await openSubscription(page, server, address, { choice: query(CHOICE), card: CARDS.declinedLater });
    await seats.fill('5');
    await press(add).click();
    guard.expectFailedRequest(402, '/api/subscription/changes');
    await dialog('title').getByRole('button', { name: add }).click();
    const told = page.getByRole('dialog', { name: say('changes', 'end', 'declined_title') });
    await expect(told).toContainText(say('changes', 'end', 'declined'));
    await checkScreen(page);
    expect(await stored(page)).toMatchObject({ term: { seats: 3 } });
    await told.getByRole('button', { name: say('shared', 'action', 'try_again') }).click();
    await expect(dialog('title')).toBeVisible();
  });

  test('a stored card whose holder is asked leads to the payment page', async ({ page, server, address }) => {
    const { seats, press, dialog } = screen(page, 'en');
    await openSubscription(page, server, address, { choice: query(CHOICE), card: CARDS.asksHolder });
    await seats.fill('5');
    await press(add).click();
    await dialog('title').getByRole('button', { name: add }).click();
    await expect(page).toHaveURL(/\/sandbox\/pay\//);
    expect(await stored(page)).toMatchObject({ term: { seats: 3 } });
    await payWith(page, 'en', CARDS.pays);
    await expect(page).toHaveURL(/\/app\/administration\/subscription\/orders\//);
    await page.goto(SCREEN);
    await expect(seats).toHaveValue('5');
  });

  test('the addresses that were typed are there again after the payment page', async ({ page, server, address, guard }) => {
    await openSubscription(page, server, address, {
      choice: query({ ...CHOICE, seats: 1 }),
      card: CARDS.asksHolder,
    });
    await page.goto(USERS);
    guard.expectFailedRequest(409, '/api/users');
    await page.getByLabel(say('admin', 'add_users', 'emails')).fill(`bob.${address}`);
    await page.getByRole('button', { name: say('admin', 'add_users', 'submit') }).click();
    await page.getByRole('dialog').getByRole('button', { name: pattern('changes', 'button', 'add_licences', 'one') }).click();
    await expect(page).toHaveURL(/\/sandbox\/pay\//);
    await payWith(page, 'en', CARDS.pays);
    await expect(page).toHaveURL(/\/app\/administration\/subscription\/orders\//);
    await page.goto(USERS);
    await expect(page.getByText(say('changes', 'licences', 'kept_title'))).toBeVisible();
    await expect(page.getByLabel(say('admin', 'add_users', 'emails'))).toHaveValue(`bob.${address}`);
    await page.getByRole('button', { name: say('admin', 'add_users', 'submit') }).click();
    await expect(page.getByText(pattern('admin', 'add_users', 'added', 'one'))).toBeVisible();
    await page.reload();
    await expect(page.getByText(say('changes', 'licences', 'kept_title'))).toBeHidden();
  });

  test('Escape puts the question away, and the focus is where it was', async ({ page, server, address }) => {
    const { seats, press, dialog } = screen(page, 'en');
    await openSubscription(page, server, address, { choice: query(CHOICE) });
    await seats.fill('5');
    await press(add).press('Enter');
    await expect(dialog('title').getByRole('heading')).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(dialog('title')).toBeHidden();
    await expect(press(add)).toBeFocused();
  });

  test('the connection breaks in the middle: it goes on with the same key, once', async ({ page, context, server, address, guard }) => {
    const { seats, press, dialog, news } = screen(page, 'en');
    await openSubscription(page, server, address, { choice: query(CHOICE) });
    await seats.fill('5');
    await press(add).click();
    const keys: (string | null)[] = [];
    page.on('request', async (request) => {
      if (request.url().endsWith('/api/subscription/changes')) keys.push(await request.headerValue('idempotency-key'));
    });
    // The change arrives, its answer does not.
    await page.route('**/api/subscription/changes', async (route) => {
      await route.fetch();
      await context.setOffline(true);
      await route.abort('internetdisconnected');
      await page.unroute('**/api/subscription/changes');
    });
    guard.expectConsoleError(/ERR_INTERNET_DISCONNECTED/);
    await dialog('title').getByRole('button', { name: add }).click();
    await expect(page.getByRole('dialog', { name: say('changes', 'progress', 'title') })).toContainText(
      say('changes', 'progress', 'connection'),
    );
    await context.setOffline(false);
    await expect(news).toBeVisible({ timeout: 30_000 });
    expect(keys.length).toBeGreaterThan(1);
    expect(new Set(keys).size).toBe(1);
    expect(await stored(page)).toMatchObject({ term: { seats: 5 } });
    const { invoices } = (await (await page.request.get('/api/invoices')).json()) as { invoices: unknown[] };
    expect(invoices).toHaveLength(2);
  });

  test('a change that was on its way when the page was reloaded goes on', async ({ page, server, address, guard }) => {
    const { seats, press, dialog, news } = screen(page, 'en');
    await openSubscription(page, server, address, { choice: query(CHOICE) });
    await seats.fill('5');
    await press(add).click();
    guard.expectConsoleError(/ERR_/);
    await page.route('**/api/subscription/changes', (route) => route.abort('connectionreset'));
    await dialog('title').getByRole('button', { name: add }).click();
    await expect(page.getByRole('dialog', { name: say('changes', 'progress', 'title') })).toBeVisible();
    await page.unroute('**/api/subscription/changes');
    await page.reload();
    await expect(news).toBeVisible({ timeout: 30_000 });
    await expect(page.getByRole('main')).toContainText(say('changes', 'doing', 'add_licences', { count: 2, total: 5 }));
    expect(await stored(page)).toMatchObject({ term: { seats: 5 } });
  });

  test('fewer licences than active users cannot be scheduled', async ({ page, server, address }) => {
    const { seats, press } = screen(page, 'en');
    await openSubscription(page, server, address, { choice: query(CHOICE) });
    await page.goto(USERS);
    await addUsers(page, 'en', [`bob.${address}`]);
    await page.goto(SCREEN);
    await seats.fill('1');
    await expect(seats).toHaveAccessibleDescription(pattern('site', 'seats_error', 'below_users'));
    await expect(press(say('changes', 'button', 'nothing'))).toBeDisabled();
  });
});
