import type { Page } from '@playwright/test';
import { Account } from '../fixtures/account.ts';
import { expectFileToSayTheSame } from '../fixtures/invoice.ts';
import { tabTo } from '../fixtures/keyboard.ts';
import { catalogOf, chargeFor, written, type Choice } from '../fixtures/prices.ts';
import { readers } from '../fixtures/readers.ts';
import { addStaff, MEMBER, signInAsStaff } from '../fixtures/staff.ts';
import { checkScreen, expect, type Server, test } from '../fixtures/test.ts';
import { words } from '../fixtures/words.ts';

const CHOICE: Choice = { plan: 'standard', seats: 3, period: 'monthly', currency: 'EUR' };
const REASON = 'Sorry for the outage of Monday';
const GIVEN = { minor: 2_000, currency: 'EUR' };
const INVOICES = '/app/administration/invoices';
const HISTORY = '/app/administration/history';
const SUBSCRIPTION = '/app/administration/subscription';

/** The page of the only account, on the staff's screen. */
async function accountPage(staff: Page, server: Server): Promise<void> {
  await addStaff(server);
  await signInAsStaff(staff, server, '/staff/accounts');
  await staff.getByRole('main').getByRole('link', { name: /^Engines/ }).click();
  await expect(staff.getByRole('heading', { name: 'Give credit' })).toBeVisible();
}

/** Types a credit and has it checked. */
async function check(staff: Page, amount: string, reason: string): Promise<void> {
  await staff.getByLabel('Amount (EUR)').fill(amount);
  await staff.getByLabel('Reason, which the customer reads').fill(reason);
  await staff.getByRole('button', { name: 'Check' }).click();
}

test.describe('credit that the staff give', () => {
  for (const { language, tag } of readers('es')) {
    const { say, pattern } = words(language);

    test(`stands in invoices, history and the next charge (${language})`, { tag }, async ({ page, context, startServer, address }) => {
      const server = await startServer();
      const account = await Account.open(page, server, address, { language });
      await account.subscribe(CHOICE);
      const staff = await context.newPage();
      await accountPage(staff, server);
      await checkScreen(staff);
      await check(staff, '20,00', REASON);
      await expect(staff.getByRole('heading', { level: 1, name: 'Give this credit?' })).toBeVisible();
      await expect(staff.getByRole('main')).toContainText('€20.00');
      await checkScreen(staff);
      expect((await account.subscription()).credits, 'nothing is given before it is confirmed').toEqual([]);
      await staff.getByRole('button', { name: 'Give credit' }).click();
      await expect(staff.getByRole('status')).toContainText('€20.00 of credit given.');
      await expect(staff.getByRole('main')).toContainText('(goodwill credit)');
      await expect(staff.getByRole('main')).toContainText(`${MEMBER.name}, staff`);
      await checkScreen(staff);

      const [newest] = await account.invoices();
      const title = say('invoice', 'goodwill', 'name');
      const amount = written(language, GIVEN);
      await page.goto(server.url + INVOICES);
      const row = page.getByRole('row').filter({ hasText: newest! });
      await expect(row).toContainText(title);
      await expect(row).not.toContainText(say('invoice', 'document', 'credit_note'));
      await checkScreen(page);
      await row.getByRole('link', { name: newest!, exact: true }).click();
      await expect(page.getByRole('heading', { level: 1 })).toContainText(title);
      await expect(page.getByRole('main')).toContainText(REASON);
      await expect(page.getByRole('main')).toContainText(pattern('invoice', 'payment', 'credit_added'));
      await expectFileToSayTheSame(page, language);
      await checkScreen(page);

      await page.goto(server.url + HISTORY);
      await expect(page.getByRole('main')).toContainText(say('history', 'orders', 'credit_given', { amount, reason: REASON }));
      await checkScreen(page);

      await page.goto(server.url + SUBSCRIPTION);
      await expect(page.getByRole('main')).toContainText(amount);
      await server.clock.advanceDays(await account.daysToRenewal());
      await account.signIn();
      const due = chargeFor(await catalogOf(server, language), CHOICE);
      const [renewal] = await account.invoices();
      await page.goto(`${server.url}${INVOICES}/${renewal}`);
      const main = page.getByRole('main');
      await expect(main).toContainText(say('invoice', 'totals', 'credit_used'));
      await expect(main).toContainText(written(language, { ...due, minor: due.minor - GIVEN.minor }));
      expect((await account.subscription()).credits, 'it is used up').toEqual([]);
    });
  }

  test('what will not do is refused in words, and what was typed stays', async ({ page, context, startServer, address, guard }) => {
    const server = await startServer();
    const account = await Account.open(page, server, address);
    await account.subscribe(CHOICE);
    const staff = await context.newPage();
    await accountPage(staff, server);
    guard.expectFailedRequest(409, '/confirmation');
    for (const [amount, reason, told] of [
      ['0', REASON, 'above zero'],
      ['-20', REASON, 'above zero'],
      ['20.001', REASON, '2 decimals at most'],
      ['twenty', REASON, 'is no number'],
      ['20', 'See https://evil.example', 'The reason holds characters'],
    ] as const) {
      await check(staff, amount, reason);
      await expect(staff.getByRole('alert')).toContainText(told);
      await expect(staff.getByRole('alert')).toContainText('No credit was given.');
      await expect(staff.getByLabel('Amount (EUR)')).toHaveValue(amount);
      await expect(staff.getByLabel('Reason, which the customer reads')).toHaveValue(reason);
    }
    await checkScreen(staff);
    expect(await account.invoices(), 'no document was made').toHaveLength(1);
  });

  test('it is given by keyboard alone, and once, though the form is sent again', async ({ page, context, startServer, address }) => {
    const server = await startServer();
    const account = await Account.open(page, server, address);
    await account.subscribe(CHOICE);
    const staff = await context.newPage();
    await accountPage(staff, server);
    await tabTo(staff, staff.getByLabel('Amount (EUR)'));
    await staff.keyboard.type('20');
    await tabTo(staff, staff.getByLabel('Reason, which the customer reads'));
    await staff.keyboard.type(REASON);
    await tabTo(staff, staff.getByRole('button', { name: 'Check' }));
    await staff.keyboard.press('Enter');
    const button = staff.getByRole('button', { name: 'Give credit' });
    const [action, form] = await button.evaluate(({ form }: HTMLButtonElement) => {
      const fields = [...new FormData(form!)].map(([name, value]) => [name, String(value)] as const);
      return [form!.action, Object.fromEntries(fields)] as const;
    });
    await tabTo(staff, button);
    await staff.keyboard.press('Enter');
    await expect(staff.getByRole('status')).toContainText('€20.00 of credit given.');
    const again = await staff.request.post(action, { form });
    expect(again.url(), 'the same document').toBe(staff.url());
    expect((await account.subscription()).credits).toEqual([GIVEN]);
    expect(await account.invoices()).toHaveLength(2);
  });
});
