import { Account } from '../../fixtures/account.ts';
import { SUBSCRIPTION } from '../../fixtures/changing.ts';
import { CARDS, payWith } from '../../fixtures/journey.ts';
import { type Choice, query } from '../../fixtures/prices.ts';
import { expect } from '../../fixtures/test.ts';
import { LONGEST, type Screen, type Visit } from '../screen.ts';

const CHOICE: Choice = { plan: 'premium', seats: 12, period: 'annual', currency: 'EUR' };

/** A fresh account, and an order of it that is to be paid by card. */
async function ordered({ page, server, address, language }: Visit) {
  const account = await Account.open(page, server, address, { language });
  return { account, order: await account.order(CHOICE) };
}

/** Opens the page of an order, and waits for what it says. */
async function openOrder({ page, server, say }: Visit, id: string, title: string): Promise<void> {
  await page.goto(`${server.url}${SUBSCRIPTION}/orders/${id}`);
  await expect(page.getByRole('heading', { level: 1, name: say('admin', 'order', title) })).toBeVisible();
}

/** The dialog of an order of a fresh account, confirmed. */
async function confirmed({ page, server, address, language, say }: Visit): Promise<void> {
  await Account.open(page, server, address, { language });
  await page.goto(server.url + SUBSCRIPTION + query(CHOICE));
  await page.getByRole('button', { name: say('admin', 'subscription', 'subscribe_to', { plan: 'Premium' }) }).first().click();
  await page.getByRole('dialog').getByRole('button', { name: say('admin', 'confirmation', 'confirm') }).click();
}

/** What can come between an order and its receipt. */
const BETWEEN: Screen[] = [
  {
    name: 'payment-3d-secure',
    title: 'The bank asks the holder of the card',
    open: async (visit) => {
      const { page, language, say } = visit;
      const { order } = await ordered(visit);
      await page.goto(order.pay_url!);
      await payWith(page, language, CARDS.asksHolder);
      await expect(page.getByRole('heading', { name: say('sandbox_payment', 'challenge', 'title') })).toBeVisible();
    },
  },
  {
    name: 'subscription-open-payment',
    title: 'Subscription while a payment is open',
    open: async (visit) => {
      const { page, server, say } = visit;
      await ordered(visit);
      await page.goto(server.url + SUBSCRIPTION);
      await expect(page.getByRole('region', { name: say('admin', 'open_payment', 'title') })).toBeVisible();
    },
  },
  {
    name: 'order-cancelled',
    title: 'An order that was cancelled',
    open: async (visit) => {
      const { account, order } = await ordered(visit);
      await account.send('POST', `/api/orders/${order.id}/cancellation`);
      await openOrder(visit, order.id, 'cancelled_title');
    },
  },
  {
    name: 'order-failed',
    title: 'An order whose card was declined',
    open: async (visit) => {
      const { page, server, address, language } = visit;
      const account = await Account.open(page, server, address, { language });
      await account.subscribe({ ...CHOICE, seats: 3 }, CARDS.declinedLater);
      const refusal = await account.change({ change: { seats: 5 } }).catch((error: Error) => error.message);
      const [, id] = /"order_id":"([^"]+)"/.exec(String(refusal)) ?? [];
      if (!id) throw new Error(`The card was not declined: ${JSON.stringify(refusal)}`);
      await openOrder(visit, id, 'failed_title');
    },
  },
  {
    name: 'order-price-changed',
    title: 'A price that changed before it was confirmed',
    window: true,
    open: async (visit) => {
      const { page, say, guard } = visit;
      // What the screen knows is older than the catalog of the server.
      await page.route('**/api/catalog*', async (route) => {
        const response = await route.fetch();
        const json = (await response.json()) as { price_list: { plans: { prices: { annual: { minor: number } }[] }[] } };
        for (const { annual } of json.price_list.plans.flatMap(({ prices }) => prices)) annual.minor -= 50;
        await route.fulfill({ response, json });
      });
      guard.expectFailedRequest(409, '/api/orders');
      await confirmed(visit);
      await expect(page.getByRole('dialog', { name: say('admin', 'order_end', 'changed_title') })).toBeVisible();
    },
  },
  {
    name: 'order-in-progress',
    title: 'An order that waits for the connection',
    window: true,
    open: async (visit) => {
      const { page, say, guard } = visit;
      guard.expectConsoleError(/ERR_/);
      await page.route('**/api/orders', (route) => route.abort('connectionreset'));
      await confirmed(visit);
      const progress = page.getByRole('dialog', { name: say('admin', 'order_progress', 'title') });
      await expect(progress).toContainText(say('admin', 'order_progress', 'connection'));
    },
  },
];

export const ORDERS: Screen[] = BETWEEN.map((screen) => ({ ...screen, languages: LONGEST }));
