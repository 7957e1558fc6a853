import { signInAsStaff } from '../../fixtures/staff.ts';
import { expect } from '../../fixtures/test.ts';
import type { Screen, Visit } from '../screen.ts';

/** Signs a member of staff in, and opens one of their pages. */
async function go({ page, server }: Visit, path: string): Promise<void> {
  await signInAsStaff(page, server, path);
  await expect(page).toHaveURL(server.url + path);
}

/** Opens the order that waits for its transfer. */
async function goToOrder(visit: Visit): Promise<void> {
  await go(visit, '/staff');
  await visit.page.getByRole('link', { name: /^RF/ }).first().click();
  await expect(visit.page.getByLabel(/Amount received/)).toBeVisible();
}

/** What the vendor's own people see. */
const IN_ENGLISH: Screen[] = [
  {
    name: 'staff-sign-in',
    title: 'Sign-in of the staff',
    open: async ({ page, server }) => {
      await page.goto(`${server.url}/staff`);
    },
  },
  { name: 'staff-orders', title: 'Orders that wait for a transfer', open: (visit) => go(visit, '/staff') },
  {
    name: 'staff-order',
    title: 'An order, to be marked as paid',
    open: goToOrder,
  },
  {
    name: 'staff-order-confirmation',
    title: 'An order, shown once more before it is marked as paid',
    open: async (visit) => {
      const { page } = visit;
      await goToOrder(visit);
      const due = await page.locator('dd strong').first().textContent();
      await page.getByLabel(/Amount received/).fill(due!.replace(/[^\d.]/g, ''));
      await page.getByLabel(/^Note/).fill('Account statement of Monday, line 12');
      await page.getByRole('button', { name: 'Check' }).click();
      await expect(page.getByRole('button', { name: 'Mark as paid' })).toBeVisible();
    },
  },
  {
    name: 'staff-order-refused',
    title: 'An order whose amount is another',
    open: async (visit) => {
      const { page, guard } = visit;
      await goToOrder(visit);
      guard.expectFailedRequest(409, '/confirmation');
      await page.getByLabel(/Amount received/).fill('12.00');
      await page.getByRole('button', { name: 'Check' }).click();
      await expect(page.getByRole('alert')).toBeVisible();
    },
  },
  { name: 'staff-accounts', title: 'Accounts', open: (visit) => go(visit, '/staff/accounts') },
  {
    name: 'staff-account',
    title: 'An account',
    open: async (visit) => {
      await go(visit, '/staff/accounts');
      await visit.page.getByRole('link', { name: 'Scheduled Example' }).click();
      await expect(visit.page.getByRole('heading', { level: 1 })).toContainText('Scheduled Example');
    },
  },
  {
    name: 'staff-credit-confirmation',
    title: 'Credit, shown once more before it is given',
    open: async (visit) => {
      await go(visit, '/staff/accounts');
      const { page } = visit;
      await page.getByRole('link', { name: 'Scheduled Example' }).click();
      await page.getByLabel(/^Amount/).fill('20,00');
      await page.getByLabel(/^Reason/).fill('Sorry for the outage of Monday');
      await page.getByRole('button', { name: 'Check' }).click();
      await expect(page.getByRole('button', { name: 'Give credit' })).toBeVisible();
    },
  },
  {
    name: 'staff-chat',
    title: 'Conversations',
    open: async (visit) => {
      await ask(visit, 'Does Premium include SSO? We are 40 people and would like to begin in January.');
      await go(visit, '/staff/chat');
      await expect(asker(visit)).toBeVisible();
    },
  },
  {
    name: 'staff-conversation',
    title: 'A conversation',
    open: async (visit) => {
      await ask(visit, 'Does Premium include SSO? We are 40 people and would like to begin in January.');
      await go(visit, '/staff/chat');
      const { page } = visit;
      await asker(visit).click();
      await page.getByLabel('Your answer').fill('Good morning! SSO is part of Enterprise.');
      await page.getByLabel('Your answer').press('Enter');
      await expect(page.getByRole('log')).toContainText('Enterprise');
    },
  },
];

/** They speak English alone. */
export const STAFF: Screen[] = IN_ENGLISH.map((screen) => ({ ...screen, languages: ['en'] }));

/** The visitor who asked, by the address that was left. */
const asker = ({ page, address }: Visit) => page.getByRole('link', { name: address });

/** Asks as a visitor of the site does, without opening the panel. */
async function ask({ browser, server, guard, address }: Visit, text: string): Promise<void> {
  const context = await browser.newContext();
  await guard.watch(context);
  const page = await context.newPage();
  await page.goto(`${server.url}/chat`);
  await page.getByLabel('Your question').fill(text);
  await page.getByLabel('Your e-mail address').fill(address);
  await page.getByRole('button', { name: 'Send' }).click();
  await expect(page.getByRole('log')).toContainText(text);
  await context.close();
}
