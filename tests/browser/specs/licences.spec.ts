import type { Locator, Page } from '@playwright/test';
import { Account } from '../fixtures/account.ts';
import { USERS } from '../fixtures/changing.ts';
import { addUsers, openSubscription } from '../fixtures/journey.ts';
import { catalogOf, chargeFor, written, type Choice } from '../fixtures/prices.ts';
import { checkScreen, expect, type Server, test } from '../fixtures/test.ts';
import { readers } from '../fixtures/readers.ts';
import { words } from '../fixtures/words.ts';

const CHOICE: Choice = { plan: 'premium', seats: 3, period: 'monthly', currency: 'EUR' };

/** Users and licences: who needs one and has none, and who comes back. */
for (const { language, tag } of readers('fr')) {
  test.describe(`too few licences for new users (${language})`, { tag }, () => {
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

    test('the licences are added in the same dialog, and the users by themselves: one invoice', async ({
      page,
      server,
      address,
      guard,
    }) => {
      const { say, pattern } = words(language);
      await openSubscription(page, server, address, { language, choice: { ...CHOICE, seats: 1 } });
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
      await openSubscription(page, server, address, { language, choice: { ...CHOICE, seats: 2 } });
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

  test.describe(`users who come back (${language})`, { tag }, () => {
    const { say, pattern } = words(language);

    /** An owner who subscribed with some licences, and users who were deactivated before; the Users screen is open. */
    async function withDeactivated(page: Page, server: Server, address: string, names: string[], seats: number): Promise<Account> {
      const account = await Account.open(page, server, address, { language });
      await account.invite(names);
      await account.deactivate(names);
      await account.subscribe({ ...CHOICE, seats });
      await page.goto(server.url + USERS);
      await expect(page.getByText(say('admin', 'users', 'usage', { used: 1, owned: seats }))).toBeVisible();
      return account;
    }

    test('one whom no licence is left for: it is added in the same dialog, and he comes back by himself', async ({
      page,
      server,
      address,
      guard,
    }) => {
      const name = `bob.${address}`;
      const account = await withDeactivated(page, server, address, [name], 1);
      guard.expectFailedRequest(409, '/reactivation');
      await page.getByRole('button', { name: say('admin', 'users', 'reactivate_whom', { name }) }).click();
      const dialog = page.getByRole('dialog', { name: say('changes', 'licences', 'title', { count: 1 }) });
      await expect(dialog).toContainText(say('changes', 'licences', 'text', { owned: 1, active: 2 }));
      await expect(dialog).toContainText(say('changes', 'licences', 'then_reactivate', { name }));
      await checkScreen(page);
      await dialog.getByRole('button', { name: pattern('changes', 'button', 'add_licences', 'one') }).click();
      await expect(page.getByText(say('admin', 'users', 'was_reactivated', { name }))).toBeVisible();
      await expect(page.getByText(say('admin', 'users', 'usage', { used: 2, owned: 2 }))).toBeVisible();
      await checkScreen(page);
      expect(await account.invoices()).toHaveLength(2);
    });

    test('more than the licences are refused with the numbers; as many as fit come back in one step', async ({
      page,
      server,
      address,
      guard,
    }) => {
      const names = ['bob', 'cy', 'di'].map((name) => `${name}.${address}`);
      const account = await withDeactivated(page, server, address, names, 3);
      const box = (name: string) => page.getByRole('checkbox', { name: say('admin', 'reactivation', 'select', { name }) });
      for (const name of names) await box(name).check();
      await checkScreen(page);
      guard.expectFailedRequest(409, '/api/users/reactivations');
      await page.getByRole('button', { name: say('admin', 'reactivation', 'selected', { count: 3 }) }).click();
      const active = say('shared', 'unit', 'active_users', { count: 4 });
      await expect(page.getByText(say('admin', 'licence_limit', 'text', { active, count: 3 }))).toBeVisible();
      await checkScreen(page);
      expect(Object.values(await account.users()).filter(Boolean), 'all of them or none').toHaveLength(1);

      // Fewer of them fit.
      await box(names[0]!).uncheck();
      await page.getByRole('button', { name: say('admin', 'reactivation', 'selected', { count: 2 }) }).click();
      await expect(page.getByText(say('admin', 'reactivation', 'done', { count: 2 }))).toBeVisible();
      await expect(page.getByText(say('admin', 'users', 'deactivated'), { exact: true })).toHaveCount(1);
      await expect(page.getByText(say('admin', 'users', 'usage', { used: 3, owned: 3 }))).toBeVisible();
    });

    test('as many as the licences allow come back in one step, and the others are told', async ({ page, server, address }) => {
      const names = ['bob', 'cy', 'di'].map((name) => `${name}.${address}`);
      await withDeactivated(page, server, address, names, 3);
      await page.getByRole('button', { name: say('admin', 'reactivation', 'as_many') }).click();
      await expect(page.getByText(say('admin', 'reactivation', 'done', { count: 2 }))).toBeVisible();
      await expect(page.getByText(say('admin', 'reactivation', 'left', { count: 1 }))).toBeVisible();
      await expect(page.getByText(say('admin', 'users', 'usage', { used: 3, owned: 3 }))).toBeVisible();
      await checkScreen(page);
    });
  });
}
