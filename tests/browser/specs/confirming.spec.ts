import { addUsers, CARDS, openSubscription, payWith } from '../fixtures/journey.ts';
import { changeScreen, SUBSCRIPTION, USERS } from '../fixtures/changing.ts';
import type { Choice } from '../fixtures/prices.ts';
import { checkScreen, expect, test } from '../fixtures/test.ts';
import { words } from '../fixtures/words.ts';

const CHOICE: Choice = { plan: 'premium', seats: 3, period: 'monthly', currency: 'EUR' };

/** What can come between looking and confirming. Nothing is done twice, and nothing but what was seen is charged. */
test.describe('confirming a change', () => {
  const { say, pattern } = words('en');
  const add = pattern('changes', 'button', 'add_licences');

  test('two administrators at once: the second gets a fresh preview', async ({ page, browser, server, address, guard }) => {
    const account = await openSubscription(page, server, address, { choice: CHOICE });
    await account.invite([`grace.${address}`], 'admin');
    const context = await browser.newContext();
    await guard.watch(context);
    const other = await context.newPage();
    await account.join(other, `grace.${address}`, 'Grace Hopper');
    await other.goto(server.url + SUBSCRIPTION);
    await changeScreen(other, 'en').seats.fill('6');
    await changeScreen(other, 'en').press(add).click();

    await changeScreen(page, 'en').seats.fill('5');
    await changeScreen(page, 'en').press(add).click();
    await changeScreen(page, 'en').confirm('title', add);
    expect(await account.invoices()).toHaveLength(2);

    guard.expectFailedRequest(409, '/api/subscription/changes');
    await changeScreen(other, 'en').dialog('title').getByRole('button', { name: add }).click();
    const stale = changeScreen(other, 'en').dialog('stale_title');
    await expect(stale).toContainText(say('changes', 'dialog', 'stale'));
    // Of the three that were asked for two are there by now.
    await expect(stale).toContainText(say('changes', 'doing', 'add_licences', { count: 1, total: 6 }));
    await checkScreen(other);
    expect(await account.invoices(), 'what was refused was not charged').toHaveLength(2);
    await changeScreen(other, 'en').confirm('stale_title', pattern('changes', 'button', 'add_licences', 'one'));
    expect((await account.subscription()).subscription).toMatchObject({ term: { seats: 6 } });
    expect(await account.invoices()).toHaveLength(3);
    await context.close();
  });

  test('yesterday’s preview is not confirmed: today’s is shown', async ({ page, startServer, address, guard }) => {
    const server = await startServer();
    const { seats, press, dialog, confirm } = changeScreen(page, 'en');
    const account = await openSubscription(page, server, address, { choice: CHOICE });
    await seats.fill('4');
    const one = pattern('changes', 'button', 'add_licences', 'one');
    await press(one).click();
    const before = await dialog('title').textContent();
    await server.clock.advanceDays(1);
    guard.expectFailedRequest(409, '/api/subscription/changes');
    await dialog('title').getByRole('button', { name: one }).click();
    await expect(dialog('stale_title')).toContainText(say('changes', 'dialog', 'stale_due'));
    expect(await dialog('stale_title').textContent()).not.toBe(before);
    expect(await account.invoices(), 'what was refused was not charged').toHaveLength(1);
    expect((await account.subscription()).subscription).toMatchObject({ term: { seats: 3 } });
    await confirm('stale_title', one);
    expect(await account.invoices()).toHaveLength(2);
  });

  test('a change while another one waits for its payment is refused, and says where that is', async ({
    page,
    context,
    server,
    address,
    guard,
  }) => {
    const account = await openSubscription(page, server, address, { choice: CHOICE, card: CARDS.asksHolder });
    const late = await context.newPage();
    await late.goto(server.url + SUBSCRIPTION);
    for (const [tab, seats] of [[page, '5'], [late, '7']] as const) {
      await changeScreen(tab, 'en').seats.fill(seats);
      await changeScreen(tab, 'en').press(add).click();
      await expect(changeScreen(tab, 'en').dialog('title')).toBeVisible();
    }
    await changeScreen(page, 'en').dialog('title').getByRole('button', { name: add }).click();
    await expect(page).toHaveURL(/\/sandbox\/pay\//);

    guard.expectFailedRequest(409, '/api/subscription/changes');
    await changeScreen(late, 'en').dialog('title').getByRole('button', { name: add }).click();
    const told = late.getByRole('dialog', { name: say('admin', 'open_payment', 'title') });
    await expect(told).toContainText(say('admin', 'order_end', 'pending'));
    await checkScreen(late);
    await told.getByRole('button', { name: say('admin', 'licence_limit', 'order_link') }).click();
    await expect(told).toBeHidden();
    const open = late.getByRole('region', { name: say('admin', 'open_payment', 'title') });
    await expect(open).toContainText(pattern('admin', 'order_kind', 'change_open'));
    await checkScreen(late);
    await open.getByRole('button', { name: say('admin', 'open_payment', 'abandon') }).click();
    await expect(late.getByText(say('admin', 'open_payment', 'cancelled_title'))).toBeVisible();
    await checkScreen(late);
    expect((await account.subscription()).subscription).toMatchObject({ term: { seats: 3 } });
    expect(await account.invoices(), 'nothing was charged').toHaveLength(1);
  });

  test('cancelling twice in two tabs: the second is told that it is cancelled', async ({ page, context, server, address, guard }) => {
    const account = await openSubscription(page, server, address, { choice: CHOICE });
    const cancel = say('changes', 'button', 'cancel');
    const late = await context.newPage();
    await late.goto(server.url + SUBSCRIPTION);
    for (const tab of [page, late]) {
      await tab.getByRole('button', { name: cancel }).click();
      await expect(changeScreen(tab, 'en').dialog('cancel_title')).toBeVisible();
    }
    await changeScreen(page, 'en').confirm('cancel_title', cancel);
    guard.expectFailedRequest(409, '/api/subscription/changes');
    await changeScreen(late, 'en').dialog('cancel_title').getByRole('button', { name: cancel }).click();
    const told = late.getByRole('dialog', { name: say('changes', 'end', 'refused_title') });
    await expect(told).toContainText(pattern('changes', 'refusal', 'already_cancelled'));
    await checkScreen(late);
    await told.getByRole('button', { name: say('shared', 'action', 'close') }).click();
    await expect(late.getByText(say('changes', 'cancelling', 'cancelled_title'))).toBeVisible();
    expect((await account.subscription()).subscription).toMatchObject({ cancels_at_period_end: true });
  });

  test('a stored card that is declined changes nothing, and says the ways out', async ({ page, server, address, guard }) => {
    const { seats, press, dialog } = changeScreen(page, 'en');
    const account = await openSubscription(page, server, address, { choice: CHOICE, card: CARDS.declinedLater });
    await seats.fill('5');
    await press(add).click();
    guard.expectFailedRequest(402, '/api/subscription/changes');
    await dialog('title').getByRole('button', { name: add }).click();
    const told = page.getByRole('dialog', { name: say('changes', 'end', 'declined_title') });
    await expect(told).toContainText(say('changes', 'end', 'declined'));
    await checkScreen(page);
    expect((await account.subscription()).subscription).toMatchObject({ term: { seats: 3 } });
    await told.getByRole('button', { name: say('shared', 'action', 'try_again') }).click();
    await expect(dialog('title')).toBeVisible();
  });

  test('a stored card whose holder is asked leads to the payment page', async ({ page, server, address }) => {
    const { seats, press, dialog } = changeScreen(page, 'en');
    const account = await openSubscription(page, server, address, { choice: CHOICE, card: CARDS.asksHolder });
    await seats.fill('5');
    await press(add).click();
    await dialog('title').getByRole('button', { name: add }).click();
    await expect(page).toHaveURL(/\/sandbox\/pay\//);
    expect((await account.subscription()).subscription).toMatchObject({ term: { seats: 3 } });
    await payWith(page, 'en', CARDS.pays);
    await expect(page).toHaveURL(/\/app\/administration\/subscription\/orders\//);
    await page.goto(SUBSCRIPTION);
    await expect(seats).toHaveValue('5');
  });

  test('the addresses that were typed are there again after the payment page', async ({ page, server, address, guard }) => {
    await openSubscription(page, server, address, {
      choice: { ...CHOICE, seats: 1 },
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
    const { seats, press, dialog } = changeScreen(page, 'en');
    await openSubscription(page, server, address, { choice: CHOICE });
    await seats.fill('5');
    await press(add).press('Enter');
    await expect(dialog('title').getByRole('heading')).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(dialog('title')).toBeHidden();
    await expect(press(add)).toBeFocused();
  });

  test('the connection breaks in the middle: it goes on with the same key, once', async ({ page, context, server, address, guard }) => {
    const { seats, press, dialog, news } = changeScreen(page, 'en');
    const account = await openSubscription(page, server, address, { choice: CHOICE });
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
    expect((await account.subscription()).subscription).toMatchObject({ term: { seats: 5 } });
    const { invoices } = (await (await page.request.get('/api/invoices')).json()) as { invoices: unknown[] };
    expect(invoices).toHaveLength(2);
  });

  test('a change that was on its way when the page was reloaded goes on', async ({ page, server, address, guard }) => {
    const { seats, press, dialog, news } = changeScreen(page, 'en');
    const account = await openSubscription(page, server, address, { choice: CHOICE });
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
    expect((await account.subscription()).subscription).toMatchObject({ term: { seats: 5 } });
  });

  test('more licences than are sold at once cannot be dialled in', async ({ page, server, address }) => {
    const { seats, press } = changeScreen(page, 'en');
    await openSubscription(page, server, address, { choice: CHOICE });
    for (const typed of ['10001', '99999999999999999999']) {
      await seats.fill(typed);
      await expect(seats).toHaveAccessibleDescription(pattern('site', 'seats_error', 'too_many'));
      await expect(press(say('changes', 'button', 'nothing'))).toBeDisabled();
    }
    await checkScreen(page);
  });

  test('fewer licences than active users cannot be scheduled', async ({ page, server, address }) => {
    const { seats, press } = changeScreen(page, 'en');
    await openSubscription(page, server, address, { choice: CHOICE });
    await page.goto(USERS);
    await addUsers(page, 'en', [`bob.${address}`]);
    await page.goto(SUBSCRIPTION);
    await seats.fill('1');
    await expect(seats).toHaveAccessibleDescription(pattern('site', 'seats_error', 'below_users'));
    await expect(press(say('changes', 'button', 'nothing'))).toBeDisabled();
  });
});
