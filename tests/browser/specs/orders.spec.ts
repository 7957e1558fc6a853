import type { Page } from '@playwright/test';
import { copyOfCatalog } from '../fixtures/catalog.ts';
import { addUsers, CARDS, expectReceipt, openAccount, payWith, subscribe } from '../fixtures/journey.ts';
import { catalogOf, chargeFor, written, type Choice } from '../fixtures/prices.ts';
import { checkScreen, expect, type Server, test } from '../fixtures/test.ts';
import { words } from '../fixtures/words.ts';

const { say, pattern } = words('en');
const CHOICE: Choice = { plan: 'premium', seats: 3, period: 'monthly', currency: 'EUR' };
const SCREEN = '/app/administration/subscription';

const confirmation = (page: Page) => page.getByRole('dialog', { name: say('admin', 'confirmation', 'title') });
const openPayment = (page: Page) => page.getByRole('region', { name: say('admin', 'open_payment', 'title') });

async function askToSubscribe(page: Page, plan = 'Premium'): Promise<void> {
  await page.getByRole('button', { name: say('admin', 'subscription', 'subscribe_to', { plan }) }).first().click();
  await expect(confirmation(page)).toBeVisible();
}

async function confirm(page: Page): Promise<void> {
  await confirmation(page).getByRole('button', { name: say('admin', 'confirmation', 'confirm') }).click();
}

async function subscription(server: Server, page: Page): Promise<{ state: string; licences?: number }> {
  const account = (await (await page.request.get(`${server.url}/api/account`)).json()) as {
    subscription: { state: string; licences?: number };
  };
  return account.subscription;
}

/** What can go wrong between Subscribe and the receipt. Nothing is charged twice, and nothing is lost. */
test.describe('orders', () => {
  test('a declined card is told, and another one pays the same order', async ({ page, server, address }) => {
    await openAccount(page, server, address, { choice: CHOICE });
    await page.goto(SCREEN);
    await subscribe(page, 'en', 'Premium');
    await payWith(page, 'en', CARDS.declined);
    await expect(page.getByText(say('sandbox_payment', 'refusal', 'declined'))).toBeVisible();
    await checkScreen(page);
    expect(await subscription(server, page)).toMatchObject({ state: 'trial' });
    await payWith(page, 'en', CARDS.pays);
    await expectReceipt(page, 'en');
    expect(await subscription(server, page)).toMatchObject({ state: 'active', licences: 3 });
  });

  test('3-D Secure refused pays nothing, and completed pays', async ({ page, server, address }) => {
    await openAccount(page, server, address, { choice: CHOICE });
    await page.goto(SCREEN);
    await subscribe(page, 'en', 'Premium');
    await payWith(page, 'en', CARDS.asksHolder);
    await page.getByRole('button', { name: say('sandbox_payment', 'challenge', 'fail') }).click();
    await expect(page.getByText(say('sandbox_payment', 'refusal', 'not_confirmed'))).toBeVisible();
    await checkScreen(page);
    expect(await subscription(server, page)).toMatchObject({ state: 'trial' });
    await payWith(page, 'en', CARDS.asksHolder);
    await page.getByRole('button', { name: say('sandbox_payment', 'challenge', 'complete') }).click();
    await expectReceipt(page, 'en');
  });

  test('3-D Secure left open is an open payment, to continue or to cancel', async ({ page, server, address }) => {
    await openAccount(page, server, address, { choice: CHOICE });
    await page.goto(SCREEN);
    await subscribe(page, 'en', 'Premium');
    await payWith(page, 'en', CARDS.asksHolder);
    await expect(page.getByRole('heading', { name: say('sandbox_payment', 'challenge', 'title') })).toBeVisible();
    await checkScreen(page);
    await page.goto(SCREEN);
    await expect(openPayment(page)).toBeVisible();
    await checkScreen(page);
    await openPayment(page).getByRole('link', { name: say('admin', 'open_payment', 'proceed') }).click();
    await expect(page).toHaveURL(/\/sandbox\/pay\//);
    await page.goto(SCREEN);
    await openPayment(page).getByRole('button', { name: say('admin', 'open_payment', 'abandon') }).click();
    await expect(page.getByText(say('admin', 'open_payment', 'cancelled_title'))).toBeVisible();
    await checkScreen(page);
    expect(await subscription(server, page)).toMatchObject({ state: 'trial' });
    await subscribe(page, 'en', 'Premium');
    await payWith(page, 'en', CARDS.pays);
    await expectReceipt(page, 'en');
  });

  test('two tabs subscribing at once make one order', async ({ page, context, server, address, guard }) => {
    await openAccount(page, server, address, { choice: CHOICE });
    const other = await context.newPage();
    for (const tab of [page, other]) {
      await tab.goto(`${server.url}${SCREEN}`);
      await askToSubscribe(tab);
    }
    await confirm(page);
    await expect(page).toHaveURL(/\/sandbox\/pay\//);
    guard.expectFailedRequest(409, '/api/orders');
    await confirm(other);
    const told = other.getByRole('dialog', { name: say('admin', 'open_payment', 'title') });
    await expect(told).toBeVisible();
    await checkScreen(other);
    await told.getByRole('button').or(told.getByRole('link')).filter({ hasText: say('admin', 'licence_limit', 'order_link') }).click();
    await expect(openPayment(other)).toBeVisible();
    await payWith(page, 'en', CARDS.pays);
    await expectReceipt(page, 'en');
    await other.reload();
    await expect(other.getByRole('main')).toContainText(say('admin', 'subscription', 'in_use', { used: 1, owned: 3 }));
  });

  test('a second tab that comes too late is told of the subscription', async ({ page, context, server, address, guard }) => {
    await openAccount(page, server, address, { choice: CHOICE });
    const late = await context.newPage();
    await late.goto(`${server.url}${SCREEN}`);
    await askToSubscribe(late);
    await page.goto(SCREEN);
    await subscribe(page, 'en', 'Premium');
    await payWith(page, 'en', CARDS.pays);
    await expectReceipt(page, 'en');
    guard.expectFailedRequest(409, '/api/orders');
    await confirm(late);
    await expect(late.getByRole('dialog', { name: say('admin', 'order_end', 'subscribed_title') })).toBeVisible();
    await checkScreen(late);
  });

  test('a price that changed between screen and order is shown afresh and confirmed anew', async ({ page, startServer, address, guard }) => {
    const catalog = await copyOfCatalog();
    const server = await startServer({ catalog: catalog.file });
    await openAccount(page, server, address, { choice: CHOICE });
    await page.goto(server.url + SCREEN);
    await askToSubscribe(page);
    const before = written('en', chargeFor(await catalogOf(server), CHOICE));

    await server.stop();
    await catalog.rewrite((text) => text.replaceAll('monthly = "18.49"', 'monthly = "18.99"'));
    // A developer's server starts although the prerendered pages show the old prices; the application asks the API.
    await server.resume({ catalog: catalog.file, env: { SUBSCRIBE_DEV_RELOAD: 'true' } });
    const after = written('en', chargeFor(await catalogOf(server), CHOICE));
    expect(after).not.toBe(before);

    guard.expectFailedRequest(409, '/api/orders');
    await confirm(page);
    const changed = page.getByRole('dialog', { name: say('admin', 'order_end', 'changed_title') });
    await expect(changed).toContainText(before);
    await expect(changed).toContainText(after);
    await checkScreen(page);
    await changed.getByRole('button', { name: say('admin', 'order_end', 'changed_confirm') }).click();
    await expect(page).toHaveURL(/\/sandbox\/pay\//);
    await expect(page.getByRole('button', { name: pattern('sandbox_payment', 'form', 'pay') })).toContainText(after);
    await catalog.remove();
  });

  test('fewer seats than active users cannot be ordered', async ({ page, server, address }) => {
    await openAccount(page, server, address, { choice: { ...CHOICE, seats: 1 } });
    await page.goto('/app/administration/users');
    await addUsers(page, 'en', [`bob.${address}`, `cy.${address}`]);
    await page.goto(SCREEN);
    const seats = page.getByLabel(say('site', 'calculator', 'seats'), { exact: true });
    await expect(seats).toHaveValue('3');
    await expect(page.getByRole('button', { name: say('site', 'calculator', 'fewer') })).toBeDisabled();
    await seats.fill('2');
    await expect(seats).toHaveAccessibleDescription(pattern('site', 'seats_error', 'below_users'));
    await page.getByRole('button', { name: say('admin', 'subscription', 'subscribe_to', { plan: 'Premium' }) }).first().click();
    await expect(seats).toBeFocused();
    await expect(confirmation(page)).toBeHidden();
  });

  test('users added in another window while the order is being confirmed are counted', async ({ page, context, server, address, guard }) => {
    await openAccount(page, server, address, { choice: { ...CHOICE, seats: 1 } });
    await page.goto(SCREEN);
    await askToSubscribe(page);
    const users = await context.newPage();
    await users.goto(`${server.url}/app/administration/users`);
    await addUsers(users, 'en', [`bob.${address}`]);
    guard.expectFailedRequest(422, '/api/orders');
    await confirm(page);
    const told = page.getByRole('dialog', { name: say('admin', 'order_end', 'licences_title') });
    await expect(told).toBeVisible();
    await checkScreen(page);
    await told.getByRole('button', { name: say('shared', 'action', 'close') }).click();
    await expect(page.getByLabel(say('site', 'calculator', 'seats'), { exact: true })).toHaveValue('2');
  });

  test('the connection breaks in the middle of an order: it goes on with the same key, once', async ({ page, context, server, address, guard }) => {
    await openAccount(page, server, address, { choice: CHOICE });
    await page.goto(SCREEN);
    await askToSubscribe(page);
    const keys: (string | null)[] = [];
    page.on('request', async (request) => {
      if (request.url().endsWith('/api/orders')) keys.push(await request.headerValue('idempotency-key'));
    });
    // The order arrives, its answer does not.
    await page.route('**/api/orders', async (route) => {
      await route.fetch();
      await context.setOffline(true);
      await route.abort('internetdisconnected');
      await page.unroute('**/api/orders');
    });
    guard.expectConsoleError(/ERR_INTERNET_DISCONNECTED/);
    await confirm(page);
    const progress = page.getByRole('dialog', { name: say('admin', 'order_progress', 'title') });
    await expect(progress).toContainText(say('admin', 'order_progress', 'connection'));
    await context.setOffline(false);
    await expect(page).toHaveURL(/\/sandbox\/pay\//, { timeout: 30_000 });
    expect(keys.length).toBeGreaterThan(1);
    expect(new Set(keys).size).toBe(1);
    await payWith(page, 'en', CARDS.pays);
    await expectReceipt(page, 'en');
    const receipts = (await server.mail.to(address)).filter(({ subject }) => pattern('mail', 'receipt', 'subject').test(subject));
    expect(receipts.length).toBeLessThanOrEqual(1);
  });

  test('the server stops in the middle of an order: it goes on when the server is back', async ({ page, startServer, address, guard }) => {
    const server = await startServer();
    await openAccount(page, server, address, { choice: CHOICE });
    await page.goto(server.url + SCREEN);
    await askToSubscribe(page);
    await server.kill();
    guard.expectConsoleError(/ERR_CONNECTION_REFUSED/);
    await confirm(page);
    await expect(page.getByRole('dialog', { name: say('admin', 'order_progress', 'title') })).toContainText(
      say('admin', 'order_progress', 'connection'),
    );
    await checkScreen(page);
    await server.resume();
    await expect(page).toHaveURL(/\/sandbox\/pay\//, { timeout: 45_000 });
    await payWith(page, 'en', CARDS.pays);
    await expectReceipt(page, 'en');
  });

  test('an order that was on its way when the page was reloaded goes on', async ({ page, context, server, address, guard }) => {
    await openAccount(page, server, address, { choice: CHOICE });
    await page.goto(SCREEN);
    await askToSubscribe(page);
    guard.expectConsoleError(/ERR_/);
    await page.route('**/api/orders', (route) => route.abort('connectionreset'));
    await confirm(page);
    await expect(page.getByRole('dialog', { name: say('admin', 'order_progress', 'title') })).toBeVisible();
    await page.unroute('**/api/orders');
    await context.setOffline(false);
    await page.reload();
    await expect(page).toHaveURL(/\/sandbox\/pay\//, { timeout: 30_000 });
  });

  test('a subscription’s licences are its limit: the refusal names the numbers and the ways out', async ({ page, server, address, guard }) => {
    await openAccount(page, server, address, { choice: { ...CHOICE, seats: 1 } });
    await page.goto(SCREEN);
    await subscribe(page, 'en', 'Premium');
    await payWith(page, 'en', CARDS.pays);
    await expectReceipt(page, 'en');
    await page.goto('/app/administration/users');
    guard.expectFailedRequest(409, '/api/users');
    await page.getByLabel(say('admin', 'add_users', 'emails')).fill(`bob.${address}`);
    await page.getByRole('button', { name: say('admin', 'add_users', 'submit') }).click();
    const told = page.getByRole('dialog', { name: say('changes', 'licences', 'title', { count: 1 }) });
    await expect(told).toContainText(say('changes', 'licences', 'text', { owned: 1, active: 2 }));
    await expect(told.getByRole('button', { name: pattern('changes', 'button', 'add_licences', 'one') })).toBeVisible();
  });
});
