import { Account } from '../../fixtures/account.ts';
import { openAccount } from '../../fixtures/journey.ts';
import { USERS } from '../../fixtures/changing.ts';
import { expect } from '../../fixtures/test.ts';
import { LONGEST, type Screen, signInTo, type Visit } from '../screen.ts';

/** Opens the home page of a sample account. */
async function goHome(company: string, visit: Visit): Promise<void> {
  await signInTo(company, visit);
  await visit.page.goto(`${visit.server.url}/app`);
  await expect(visit.page.getByRole('heading', { level: 1 })).toBeVisible();
}

/** Opens the Users screen of a sample account. */
async function goToUsers(company: string, visit: Visit): Promise<void> {
  await signInTo(company, visit);
  await visit.page.goto(visit.server.url + USERS);
  await expect(visit.page.getByRole('row').first()).toBeVisible();
}

/** The application but for what is paid: home, menus, users. */
export const APPLICATION: Screen[] = [
  { name: 'home-trial', title: 'Home in the trial', open: (visit) => goHome('Fresh Example', visit) },
  { name: 'home-last-day', title: 'Home on the last day of the trial', open: (visit) => goHome('Hurry Example', visit) },
  { name: 'home-active', title: 'Home with a subscription', open: (visit) => goHome('Monthly Example', visit) },
  { name: 'home-over', title: 'Home after the trial', open: (visit) => goHome('Late Example', visit) },
  {
    name: 'menu',
    title: 'More applications',
    window: true,
    open: async (visit) => {
      await goHome('Monthly Example', visit);
      await visit.page.getByRole('button', { name: visit.say('admin', 'shell', 'more_applications') }).click();
    },
  },
  {
    name: 'locked-feature',
    title: 'A feature of a higher plan',
    languages: LONGEST,
    window: true,
    open: async (visit) => {
      const { page, server, address, language, say } = visit;
      const account = await Account.open(page, server, address, { language });
      await account.subscribe({ plan: 'standard', seats: 3, period: 'monthly', currency: 'EUR' });
      await page.goto(`${server.url}/app`);
      await page.getByRole('button', { name: say('admin', 'shell', 'more_applications') }).click();
      await page.getByRole('button', { name: say('admin', 'features', 'locked') }).last().click();
      await expect(page.getByRole('dialog')).toBeVisible();
    },
  },
  {
    name: 'not-an-admin',
    title: 'Administration, as a user meets it who does not administer',
    languages: LONGEST,
    open: async (visit) => {
      const { page, server, address, language, say } = visit;
      const account = await Account.open(page, server, address, { language });
      const bob = `bob.${address}`;
      await account.invite([bob]);
      const member = await account.join(page, bob, 'Bob');
      await member.send('PATCH', '/api/account/language', { language });
      await page.goto(server.url + USERS);
      await expect(page.getByText(say('admin', 'guard', 'title'))).toBeVisible();
    },
  },
  {
    name: 'loading',
    title: 'The application while it waits for its first answer',
    languages: LONGEST,
    waits: true,
    open: async ({ page, server, language, say }) => {
      // Never answered: what is there to be seen meanwhile stays.
      await page.route('**/api/account', () => undefined);
      await page.goto(`${server.url}/app?lang=${language}`);
      await expect(page.getByText(say('admin', 'shell', 'opening'))).toBeVisible();
    },
  },
  {
    name: 'loading-screen',
    title: 'A screen that waits for its answer',
    languages: LONGEST,
    waits: true,
    open: async (visit) => {
      const { page, server, say } = visit;
      await signInTo('Monthly Example', visit);
      await page.route('**/api/invoices*', () => undefined);
      await page.goto(`${server.url}/app/administration/invoices`);
      await expect(page.getByRole('status').getByText(say('shared', 'state', 'loading'))).toBeVisible();
    },
  },
  {
    name: 'unreachable',
    title: 'The application while its server is not reached',
    languages: LONGEST,
    open: async ({ page, server, language, say, guard }) => {
      guard.expectConsoleError(/ERR_/);
      await page.route('**/api/account', (route) => route.abort('connectionreset'));
      await page.goto(`${server.url}/app?lang=${language}`);
      await expect(page.getByRole('heading', { level: 1, name: say('admin', 'shell', 'unreachable_title') })).toBeVisible();
    },
  },
  {
    name: 'unreachable-screen',
    title: 'A screen that could not be filled',
    languages: LONGEST,
    open: async (visit) => {
      const { page, server, say, guard } = visit;
      await signInTo('Monthly Example', visit);
      guard.expectConsoleError(/ERR_/);
      await page.route('**/api/billing-details', (route) => route.abort('connectionreset'));
      await page.goto(`${server.url}/app/administration/billing`);
      await expect(page.getByText(say('shared', 'problem', 'no_answer'))).toBeVisible();
    },
  },
  { name: 'users', title: 'Users', open: (visit) => goToUsers('Monthly Example', visit) },
  { name: 'users-trial', title: 'Users in the trial', open: (visit) => goToUsers('Fresh Example', visit) },
  {
    name: 'users-alone',
    title: 'Users: the owner alone',
    open: async (visit) => {
      const { page, server, address, language, say } = visit;
      await openAccount(page, server, address, { language });
      await page.goto(server.url + USERS);
      await expect(page.getByText(say('admin', 'users', 'empty_title'))).toBeVisible();
    },
  },
  { name: 'users-over', title: 'Users after the trial', open: (visit) => goToUsers('Late Example', visit) },
  {
    name: 'users-deactivate',
    title: 'Users: deactivate somebody?',
    window: true,
    open: async (visit) => {
      await goToUsers('Monthly Example', visit);
      const { page, say } = visit;
      const name = 'collegue@monthly-example.example.com';
      await page.getByRole('button', { name: say('admin', 'users', 'deactivate_whom', { name }) }).click();
      await expect(page.getByRole('dialog')).toBeVisible();
    },
  },
  {
    name: 'users-shortage',
    title: 'Users: too few licences for those who are added',
    window: true,
    open: async (visit) => {
      await goToUsers('Monthly Example', visit);
      const { page, say, guard } = visit;
      guard.expectFailedRequest(409, '/api/users');
      const emails = ['ada', 'charles', 'grace', 'alan'].map((name) => `${name}@monthly-example.example.com`);
      await page.getByLabel(say('admin', 'add_users', 'emails')).fill(emails.join('\n'));
      await page.getByRole('button', { name: say('admin', 'add_users', 'submit') }).click();
      await expect(page.getByRole('dialog')).toBeVisible();
    },
  },
];
