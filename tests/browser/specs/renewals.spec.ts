import type { Page } from '@playwright/test';
import { Account, CARDS } from '../fixtures/account.ts';
import { changeScreen, SUBSCRIPTION, USERS } from '../fixtures/changing.ts';
import { day, expectFileToSayTheSame } from '../fixtures/invoice.ts';
import { expectReceipt, payWith, subscribe } from '../fixtures/journey.ts';
import { catalogOf, chargeFor, written, type Choice } from '../fixtures/prices.ts';
import { checkScreen, expect, type Server, test } from '../fixtures/test.ts';
import { readers } from '../fixtures/readers.ts';
import { words } from '../fixtures/words.ts';

const CHOICE: Choice = { plan: 'premium', seats: 3, period: 'monthly', currency: 'EUR' };
const BILLING = '/app/administration/billing';

/** What the end of a billing period brings. */
for (const { language, tag } of readers('de')) {
  const { say, pattern } = words(language);
  const overdueOn = (page: Page) => page.getByRole('region', { name: say('changes', 'overdue', 'title') });

  /** An account with a second user whose renewal has come due, and could not be charged. */
  async function overdueAccount(page: Page, server: Server, address: string): Promise<Account> {
    const account = await Account.open(page, server, address, { language });
    await account.invite([`bob.${address}`]);
    await account.subscribe(CHOICE, CARDS.declinedLater);
    await server.clock.advanceDays(await account.daysToRenewal());
    await account.signIn();
    await page.goto(server.url + SUBSCRIPTION);
    await expect(overdueOn(page)).toContainText(pattern('changes', 'overdue', 'retry'));
    return account;
  }

  test.describe(`renewals (${language})`, { tag }, () => {
    test('one that fails is tried again on four days, then suspended, and recovered with another card', async ({
      page,
      startServer,
      address,
    }) => {
      test.slow();
      const server = await startServer();
      const account = await overdueAccount(page, server, address);
      const failures = async () =>
        (await server.mail.to(address)).filter(({ subject }) => pattern('mail', 'payment_failed', 'subject').test(subject)).length;
      await checkScreen(page);
      await page.goto(server.url + USERS);
      await expect(page.getByText(say('admin', 'users', 'usage', { used: 2, owned: 3 }))).toBeVisible();

      // 1, 3, 5 and 7 days after the first try.
      for (const [tries, days] of [[2, 1], [3, 2], [4, 2]] as const) {
        await expect.poll(failures).toBe(tries - 1);
        await server.clock.advanceDays(days);
        expect(await account.standing(), `after ${tries} tries`).toMatchObject({ state: 'active' });
        expect(await account.users()).toMatchObject({ [`bob.${address}`]: true });
      }
      await expect.poll(failures).toBe(4);
      await server.clock.advanceDays(2);
      // The letter about the last try is the one about what follows from it.
      await server.mail.waitFor(address, pattern('mail', 'suspended', 'subject'));
      expect(await failures()).toBe(4);
      expect(await account.standing()).toMatchObject({ state: 'suspended' });
      expect(await account.users()).toMatchObject({ [`bob.${address}`]: false });
      expect(await account.invoices(), 'nothing was charged').toHaveLength(1);

      await page.goto(`${server.url}/app`);
      await expect(page.getByText(say('admin', 'standing', 'suspended')).first()).toBeVisible();
      await checkScreen(page);
      await page.goto(server.url + USERS);
      await expect(page.getByText(say('admin', 'standing', 'users_suspended', { count: 1 }))).toBeVisible();
      await checkScreen(page);
      await page.goto(server.url + SUBSCRIPTION);
      await expect(overdueOn(page)).toContainText(say('changes', 'overdue', 'suspended'));
      await checkScreen(page);
      await overdueOn(page).getByRole('button', { name: say('changes', 'overdue', 'other') }).click();
      const { dialog } = changeScreen(page, language);
      await checkScreen(page);
      await dialog('recover_title').getByRole('button', { name: pattern('changes', 'button', 'recover') }).click();
      await expect(page).toHaveURL(/\/sandbox\/pay\//);
      await payWith(page, language, CARDS.pays);
      await expect(page.getByRole('heading', { level: 1, name: say('admin', 'order_kind', 'renewal_done') })).toBeVisible();
      await checkScreen(page);
      expect(await account.users(), 'who was deactivated by it is back').toMatchObject({ [`bob.${address}`]: true });
      await page.goto(server.url + SUBSCRIPTION);
      await expect(page.getByRole('heading', { name: say('changes', 'change', 'title') })).toBeVisible();
      await expect(overdueOn(page)).toBeHidden();
      expect(await account.invoices()).toHaveLength(2);
    });

    test('one that fails is paid by the card that replaces the stored one', async ({ page, startServer, address }) => {
      test.slow();
      const server = await startServer();
      const account = await overdueAccount(page, server, address);
      await overdueOn(page).getByRole('link', { name: say('changes', 'overdue', 'replace') }).click();
      const card = page.getByRole('region', { name: say('billing', 'card', 'title'), exact: true });
      await expect(card).toContainText(say('billing', 'card', 'overdue'));
      await expect(card, 'the first try again is a day after the renewal').toContainText(
        say('billing', 'card', 'retry', { date: day(language, await account.nextRetry(), 'long') }),
      );
      await checkScreen(page);
      await card.getByRole('button', { name: say('billing', 'card', 'replace') }).click();
      await expect(page).toHaveURL(/\/sandbox\/pay\//);
      await page.getByLabel(say('sandbox_payment', 'form', 'number')).fill(CARDS.pays);
      await page.getByLabel(say('sandbox_payment', 'form', 'expiry')).fill('12/40');
      await page.getByLabel(say('sandbox_payment', 'form', 'cvc')).fill('123');
      await page.getByLabel(say('sandbox_payment', 'form', 'name')).fill('Ada Lovelace');
      await page.getByRole('button', { name: say('sandbox_payment', 'save', 'save') }).click();
      await expect(page.getByRole('heading', { level: 1, name: say('billing', 'card', 'replaced') })).toBeVisible();
      await page.goto(server.url + BILLING);
      await card.getByRole('link', { name: say('billing', 'card', 'pay') }).click();

      const { dialog, confirm } = changeScreen(page, language);
      const amount = written(language, chargeFor(await catalogOf(server, language), CHOICE));
      const pay = say('changes', 'button', 'recover', { amount });
      await overdueOn(page).getByRole('button', { name: pay }).click();
      await expect(dialog('recover_title')).toContainText('Visa •••• 4242');
      await checkScreen(page);
      await confirm('recover_title', pay);
      await expect(overdueOn(page)).toBeHidden();
      await checkScreen(page);
      expect(await account.invoices()).toHaveLength(2);
    });

    test('what was scheduled comes true; cancelled, it ends, and is subscribed to anew', async ({ page, startServer, address }) => {
      test.slow();
      const server = await startServer();
      const catalog = await catalogOf(server, language);
      const account = await Account.open(page, server, address, { language });
      await account.subscribe(CHOICE);
      const lower: Choice = { plan: 'standard', seats: 2, period: 'monthly', currency: 'CHF' };
      await account.change({ change: { plan: lower.plan, seats: lower.seats, currency: lower.currency } });
      await server.clock.advanceDays(await account.daysToRenewal());
      await account.signIn();
      await page.goto(server.url + SUBSCRIPTION);
      const main = page.getByRole('main');
      await expect(main).toContainText(say('admin', 'subscription', 'in_use', { used: 1, owned: 2 }));
      await expect(main).toContainText(written(language, chargeFor(catalog, lower)));
      const [newest] = await account.invoices();
      await page.goto(`${server.url}/app/administration/invoices/${newest}`);
      await expectFileToSayTheSame(page, language);

      await account.change('cancel');
      await server.clock.advanceDays(await account.daysToRenewal());
      await account.signIn();
      await page.goto(server.url + SUBSCRIPTION);
      const state = page.getByRole('region', { name: say('admin', 'subscription', 'state') });
      await expect(state).toContainText(pattern('admin', 'standing', 'ended_text'));
      await checkScreen(page);
      await subscribe(page, language, catalog.plans.find(({ id }) => id === 'premium')!.name);
      await payWith(page, language, CARDS.pays);
      await expectReceipt(page, language);
    });
  });
}
