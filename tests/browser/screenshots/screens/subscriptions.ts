import { Account } from '../../fixtures/account.ts';
import { changeScreen, SUBSCRIPTION } from '../../fixtures/changing.ts';
import { CARDS, expectReceipt, openAccount, payWith } from '../../fixtures/journey.ts';
import { type Choice, query } from '../../fixtures/prices.ts';
import { expect } from '../../fixtures/test.ts';
import { type Screen, signInTo, type Visit } from '../screen.ts';

const CHOICE: Choice = { plan: 'premium', seats: 12, period: 'annual', currency: 'EUR' };

/** Opens the Subscription screen of a sample account. */
async function goTo(company: string, visit: Visit): Promise<void> {
  await signInTo(company, visit);
  await opened(visit);
}

async function opened({ page, server, say }: Visit, choice = ''): Promise<void> {
  await page.goto(server.url + SUBSCRIPTION + choice);
  await expect(page.getByRole('heading', { level: 1, name: say('admin', 'subscription', 'title') })).toBeVisible();
  await expect(page.getByRole('region', { name: say('admin', 'subscription', 'state') })).toBeVisible();
}

/** The dialog of the order of a fresh account. */
async function goToOrder(visit: Visit): Promise<void> {
  const { page, server, address, language, say } = visit;
  await openAccount(page, server, address, { language });
  await opened(visit, query(CHOICE));
  await page.getByRole('button', { name: say('admin', 'subscription', 'subscribe_to', { plan: 'Premium' }) }).first().click();
  await expect(page.getByRole('dialog', { name: say('admin', 'confirmation', 'title') })).toBeVisible();
}

/** The Subscription screen in each standing, and the way of an order. */
export const SUBSCRIPTIONS: Screen[] = [
  { name: 'subscription-trial', title: 'Subscription in the trial', open: (visit) => goTo('Fresh Example', visit) },
  { name: 'subscription-over', title: 'Subscription after the trial', open: (visit) => goTo('Late Example', visit) },
  { name: 'subscription-active', title: 'Subscription', open: (visit) => goTo('Monthly Example', visit) },
  { name: 'subscription-scheduled', title: 'Subscription with scheduled changes', open: (visit) => goTo('Scheduled Example', visit) },
  { name: 'subscription-overdue', title: 'Subscription whose renewal is not paid', open: (visit) => goTo('Overdue Example', visit) },
  { name: 'subscription-suspended', title: 'Subscription that is suspended', open: (visit) => goTo('Suspended Example', visit) },
  { name: 'subscription-cancelled', title: 'Subscription that was cancelled', open: (visit) => goTo('Leaving Example', visit) },
  { name: 'subscription-ended', title: 'Subscription that has ended', open: (visit) => goTo('Ended Example', visit) },
  { name: 'subscription-transfer', title: 'Subscription while a transfer is awaited', open: (visit) => goTo('Transfer Example', visit) },
  {
    name: 'subscription-large',
    title: 'Subscription for 10,000 users, in yen',
    open: async (visit) => {
      const { page, server, address, language } = visit;
      await openAccount(page, server, address, { language });
      await opened(visit, query({ plan: 'enterprise', seats: 10_000, period: 'annual', currency: 'JPY' }));
    },
  },
  {
    name: 'change',
    title: 'A change, confirmed before it is charged',
    window: true,
    open: async (visit) => {
      await goTo('Monthly Example', visit);
      const { page, language, pattern } = visit;
      const { seats, press, dialog } = changeScreen(page, language);
      await seats.fill('9');
      await press(pattern('changes', 'button', 'add_licences')).click();
      await expect(dialog('title')).toBeVisible();
    },
  },
  { name: 'order', title: 'An order, confirmed before it is charged', window: true, open: goToOrder },
  {
    name: 'order-transfer',
    title: 'An order by bank transfer, confirmed',
    window: true,
    open: async (visit) => {
      await goToOrder(visit);
      await visit.page.getByRole('radio', { name: visit.say('admin', 'transfer', 'way_transfer') }).check();
    },
  },
  {
    name: 'payment',
    title: 'The sandbox’s payment page',
    open: async ({ page, server, address, language }) => {
      const account = await Account.open(page, server, address, { language });
      await page.goto((await account.order(CHOICE)).pay_url!);
      await expect(page.getByRole('button').first()).toBeVisible();
    },
  },
  {
    name: 'payment-declined',
    title: 'The sandbox’s payment page after a declined card',
    open: async ({ page, server, address, language, say }) => {
      const account = await Account.open(page, server, address, { language });
      await page.goto((await account.order(CHOICE)).pay_url!);
      await payWith(page, language, CARDS.declined);
      await expect(page.getByText(say('sandbox_payment', 'refusal', 'declined'))).toBeVisible();
    },
  },
  {
    name: 'receipt',
    title: 'After the payment',
    open: async ({ page, server, address, language }) => {
      const account = await Account.open(page, server, address, { language });
      await page.goto((await account.order(CHOICE)).pay_url!);
      await payWith(page, language, CARDS.pays);
      await expectReceipt(page, language);
    },
  },
  {
    name: 'transfer',
    title: 'An order that waits for a bank transfer',
    open: async ({ page, server, address, language, say }) => {
      const account = await Account.open(page, server, address, { language });
      const { id } = await account.order(CHOICE, 'transfer');
      await page.goto(`${server.url}${SUBSCRIPTION}/orders/${id}`);
      await expect(page.getByRole('heading', { level: 1, name: say('admin', 'transfer', 'open_title') })).toBeVisible();
    },
  },
];
