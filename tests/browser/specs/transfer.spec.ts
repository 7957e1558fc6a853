import type { Page } from '@playwright/test';
import { Account } from '../fixtures/account.ts';
import { SUBSCRIPTION } from '../fixtures/changing.ts';
import { expectFileToSayTheSame } from '../fixtures/invoice.ts';
import { openAccount } from '../fixtures/journey.ts';
import { catalogOf, chargeFor, query, written, type Choice } from '../fixtures/prices.ts';
import { addStaff, MEMBER, signInAsStaff } from '../fixtures/staff.ts';
import { checkScreen, expect, type Server, test } from '../fixtures/test.ts';
import { readers } from '../fixtures/readers.ts';
import { type Language, words } from '../fixtures/words.ts';

const CHOICE: Choice = { plan: 'premium', seats: 3, period: 'annual', currency: 'EUR' };

/** Orders by transfer on the Subscription screen, which is open; how to pay it is shown afterwards. */
async function orderByTransfer(page: Page, language: Language, due: string): Promise<void> {
  const { say } = words(language);
  await page.getByRole('button', { name: say('admin', 'subscription', 'subscribe_to', { plan: 'Premium' }) }).first().click();
  const dialog = page.getByRole('dialog', { name: say('admin', 'confirmation', 'title') });
  const ways = dialog.getByRole('group', { name: say('admin', 'transfer', 'way') });
  await expect(ways.getByRole('radio', { name: say('admin', 'transfer', 'way_card') })).toBeChecked();
  await ways.getByRole('radio', { name: say('admin', 'transfer', 'way_transfer') }).check();
  await expect(dialog).toContainText(say('admin', 'transfer', 'begins'));
  await expect(dialog).toContainText(due);
  await checkScreen(page);
  await dialog.getByRole('button', { name: say('admin', 'transfer', 'confirm') }).click();
  await expect(page.getByRole('heading', { level: 1, name: say('admin', 'transfer', 'open_title') })).toBeVisible();
}

/** Paying without a card: the order waits until the money has arrived, and the staff say so. */
for (const { language, tag } of readers('fr')) {
  const { say, pattern } = words(language);
  const dueOf = async (server: Server) => written(language, chargeFor(await catalogOf(server, language), CHOICE));

  test.describe(`bank transfers (${language})`, { tag }, () => {
    test('the order says where to pay, waits, and can be cancelled', async ({ page, context, server, address }) => {
      await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: server.url });
      await openAccount(page, server, address, { language });
      const due = await dueOf(server);
      await page.goto(server.url + SUBSCRIPTION + query(CHOICE));
      await orderByTransfer(page, language, due);
      const main = page.getByRole('main');
      await expect(main).toContainText(due);
      await expect(main).toContainText('FR76 3000 6000 0112 3456 7890 189');
      await main.getByRole('button', { name: say('admin', 'transfer', 'copy_what', { name: 'IBAN' }) }).click();
      await expect(main.getByRole('status')).toHaveText(say('admin', 'transfer', 'copied', { name: 'IBAN' }));
      expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('FR7630006000011234567890189');
      const file = main.getByRole('link', { name: say('admin', 'transfer', 'pro_forma') });
      const pro_forma = await page.request.get(server.url + (await file.getAttribute('href')));
      expect(pro_forma.headers()['content-type']).toBe('application/pdf');
      await checkScreen(page);

      await page.goto(server.url + SUBSCRIPTION);
      const open = page.getByRole('region', { name: say('admin', 'transfer', 'open_title') });
      await expect(open).toContainText(pattern('admin', 'transfer', 'open'));
      await checkScreen(page);
      await open.getByRole('link', { name: say('admin', 'transfer', 'see') }).click();
      await page.getByRole('button', { name: say('admin', 'open_payment', 'abandon') }).click();
      await expect(page.getByRole('heading', { level: 1, name: say('admin', 'order', 'cancelled_title') })).toBeVisible();
    });

    test('staff mark it paid: the subscription begins, and the invoice says how it was paid', async ({
      page,
      browser,
      startServer,
      address,
      guard,
    }) => {
      test.slow();
      const server = await startServer();
      await addStaff(server);
      const account = await Account.open(page, server, address, { language });
      const due = await dueOf(server);
      await page.goto(server.url + SUBSCRIPTION + query(CHOICE));
      await orderByTransfer(page, language, due);
      const { subscription } = (await account.send('GET', '/api/account')) as { subscription: { state: string } };
      expect(subscription.state, 'nothing begins before the money has arrived').toBe('trial');

      const context = await browser.newContext();
      await guard.watch(context);
      const staff = await context.newPage();
      await signInAsStaff(staff, server);
      await checkScreen(staff);
      await staff.getByRole('link', { name: /^RF/ }).click();
      await expect(staff.getByRole('heading', { level: 1 })).toContainText('Order RF');
      await checkScreen(staff);
      const english = written('en', chargeFor(await catalogOf(server), CHOICE));
      const arrived = english.replace('€', '').replace(',', '');

      guard.expectFailedRequest(409, '/confirmation');
      await staff.getByLabel(/Amount received/).fill('1.00');
      await staff.getByRole('button', { name: 'Check' }).click();
      await expect(staff.getByRole('alert')).toContainText('Nothing was changed');
      await checkScreen(staff);
      await staff.getByLabel(/Amount received/).fill(arrived);
      await staff.getByLabel(/Note/).fill('Statement 7');
      await staff.getByRole('button', { name: 'Check' }).click();
      await expect(staff.getByRole('heading', { level: 1, name: 'Mark this order as paid?' })).toBeVisible();
      await expect(staff.getByRole('main')).toContainText(english);
      await checkScreen(staff);
      // Somebody else comes as far as this at the same time.
      const second = await context.newPage();
      await second.goto(staff.url().replace('/confirmation', ''));
      await second.getByLabel(/Amount received/).fill(arrived);
      await second.getByRole('button', { name: 'Check' }).click();

      await staff.getByRole('button', { name: 'Mark as paid' }).click();
      await expect(staff.getByText('Marked as paid', { exact: true })).toBeVisible();
      await expect(staff.getByRole('main')).toContainText(MEMBER.name);
      await checkScreen(staff);
      guard.expectFailedRequest(409, '/payment');
      await second.getByRole('button', { name: 'Mark as paid' }).click();
      await expect(second.getByRole('alert')).toContainText(MEMBER.name);
      await checkScreen(second);
      expect(await account.invoices(), 'settled once').toHaveLength(1);

      await staff.getByRole('link', { name: 'Accounts' }).click();
      await checkScreen(staff);
      await staff.getByRole('link', { name: /^Engines/ }).click();
      await expect(staff.getByRole('main')).toContainText('Premium');
      await checkScreen(staff);
      await context.close();

      await page.reload();
      await expect(page.getByRole('heading', { name: say('admin', 'order', 'paid_title') })).toBeVisible();
      await checkScreen(page);
      await server.mail.waitFor(address, pattern('mail', 'receipt', 'subject'));
      await page.goto(`${server.url}/app/administration/invoices/${(await account.invoices())[0]}`);
      await expectFileToSayTheSame(page, language);
    });
  });
}
