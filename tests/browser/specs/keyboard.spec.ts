import type { Locator, Page } from '@playwright/test';
import { Account } from '../fixtures/account.ts';
import { changeScreen, USERS } from '../fixtures/changing.ts';
import {
  activationLink,
  CARDS,
  companyOf,
  expectReceipt,
  openAccount,
  openAdministration,
  openSubscription,
  PASSWORD,
  ready,
} from '../fixtures/journey.ts';
import { tabTo as tab } from '../fixtures/keyboard.ts';
import type { Choice } from '../fixtures/prices.ts';
import { addStaff, MEMBER } from '../fixtures/staff.ts';
import { expect, test } from '../fixtures/test.ts';
import { words } from '../fixtures/words.ts';

const { say, pattern } = words('en');

/** Presses Tab until the element of a role and name has the focus. */
const tabTo = (page: Page, role: Parameters<Page['getByRole']>[0], name: string | RegExp): Promise<void> =>
  tab(page, page.getByRole(role, { name, exact: typeof name === 'string' }));

test('the whole path by keyboard alone', async ({ page, server, address }) => {
  test.slow();
  await page.goto('/pricing');
  await ready(page);
  await tabTo(page, 'textbox', say('site', 'calculator', 'seats'));
  await page.keyboard.press('Control+A');
  await page.keyboard.type('2');
  await page.keyboard.press('ArrowUp');
  await expect(page).toHaveURL(/seats=3/);
  await tabTo(page, 'radio', pattern('site', 'calculator', 'annual'));
  await page.keyboard.press('ArrowLeft');
  await expect(page).toHaveURL(/period=monthly/);
  await tabTo(page, 'link', new RegExp(say('site', 'pricing', 'start_trial')));
  await page.keyboard.press('Enter');

  await tabTo(page, 'textbox', say('site', 'sign_up', 'email'));
  await page.keyboard.type(address);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: say('site', 'sent', 'title') })).toBeVisible();

  await page.goto(await activationLink(server, 'en', address));
  await tabTo(page, 'textbox', say('site', 'activate', 'name'));
  await page.keyboard.type('Ada Lovelace');
  await tabTo(page, 'textbox', say('site', 'activate', 'company'));
  await page.keyboard.type(companyOf(address));
  await page.keyboard.press('Tab');
  await page.keyboard.type(PASSWORD);
  await tabTo(page, 'combobox', say('site', 'activate', 'country'));
  await page.keyboard.type('France');
  await tabTo(page, 'checkbox', pattern('site', 'activate', 'terms'));
  await page.keyboard.press('Space');
  await tabTo(page, 'button', say('site', 'activate', 'submit'));
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/app$/);

  await tabTo(page, 'button', say('admin', 'shell', 'more_applications'));
  await page.keyboard.press('Enter');
  await tabTo(page, 'link', say('admin', 'shell', 'administration'));
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: say('admin', 'shell', 'more_applications') })).toBeFocused();
  await page.keyboard.press('Enter');
  await tabTo(page, 'link', say('admin', 'shell', 'administration'));
  await page.keyboard.press('Enter');
  await tabTo(page, 'link', say('admin', 'shell', 'subscription'));
  await page.keyboard.press('Enter');
  await tabTo(page, 'button', pattern('admin', 'subscription', 'subscribe_to'));
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: say('admin', 'confirmation', 'title') });
  await expect(dialog).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await tabTo(page, 'button', pattern('admin', 'subscription', 'subscribe_to'));
  await page.keyboard.press('Enter');
  await tabTo(page, 'button', say('admin', 'confirmation', 'confirm'));
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/sandbox\/pay\//);

  await tabTo(page, 'textbox', pattern('sandbox_payment', 'form', 'number'));
  await page.keyboard.type(CARDS.pays);
  await page.keyboard.press('Tab');
  await page.keyboard.type('12/40');
  await page.keyboard.press('Tab');
  await page.keyboard.type('123');
  await tabTo(page, 'textbox', pattern('sandbox_payment', 'form', 'name'));
  await page.keyboard.type('Ada Lovelace');
  await page.keyboard.press('Enter');
  await expectReceipt(page, 'en');
});

test('a confirmation that is opened again at once stays open', async ({ page, server, address }) => {
  // The `close` event of a dialog comes a moment late: it once dismissed the dialog that had been opened meanwhile.
  await openAccount(page, server, address);
  await openAdministration(page, 'en', 'subscription');
  const subscribe = page.getByRole('button', { name: pattern('admin', 'subscription', 'subscribe_to') }).first();
  const dialog = page.getByRole('dialog', { name: say('admin', 'confirmation', 'title') });
  for (let times = 0; times < 5; times += 1) {
    await subscribe.focus();
    await page.keyboard.press('Enter');
    await expect(dialog).toBeVisible();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Enter');
    await expect(dialog.getByRole('button', { name: say('admin', 'confirmation', 'confirm') })).toBeVisible();
    // The late event has come by then.
    await page.evaluate(() => new Promise((done) => setTimeout(done)));
    await expect(dialog).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
  }
});

const CHOICE: Choice = { plan: 'premium', seats: 2, period: 'monthly', currency: 'EUR' };

/** Tab keeps within the dialog that is open. */
async function expectFocusKeptIn(page: Page, dialog: Locator): Promise<void> {
  for (let presses = 0; presses < 8; presses += 1) {
    await page.keyboard.press('Tab');
    // Between the last and the first element Chromium hands the focus to itself, and the document has none.
    const place = await dialog.evaluate((element) => {
      const focused = document.activeElement;
      return focused === document.body || element.contains(focused) ? 'inside' : (focused?.outerHTML ?? 'nowhere');
    });
    expect(place).toBe('inside');
  }
}

test('a change by keyboard alone: dialled in, put away, confirmed, withdrawn', async ({ page, server, address }) => {
  await openSubscription(page, server, address, { choice: CHOICE });
  const { press, dialog, news } = changeScreen(page, 'en');
  const add = pattern('changes', 'button', 'add_licences', 'one');
  await tabTo(page, 'textbox', say('site', 'calculator', 'seats'));
  await page.keyboard.press('ArrowUp');
  await tab(page, press(add));
  await page.keyboard.press('Enter');
  await expect(dialog('title').getByRole('heading')).toBeFocused();
  await expectFocusKeptIn(page, dialog('title'));
  await page.keyboard.press('Escape');
  await expect(press(add)).toBeFocused();
  await page.keyboard.press('Enter');
  await tab(page, dialog('title').getByRole('button', { name: add }));
  await page.keyboard.press('Enter');
  await expect(news).toBeVisible();
  // What was done is read next, and the link to its invoice is the next thing to reach.
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: say('changes', 'news', 'see_invoice') })).toBeFocused();

  await tabTo(page, 'textbox', say('site', 'calculator', 'seats'));
  await page.keyboard.press('ArrowDown');
  const schedule = pattern('changes', 'button', 'schedule');
  await tab(page, press(schedule));
  await page.keyboard.press('Enter');
  await tab(page, dialog('title').getByRole('button', { name: schedule }));
  await page.keyboard.press('Enter');
  await expect(news).toBeVisible();
  await tabTo(page, 'button', pattern('changes', 'scheduled', 'withdraw_what'));
  await page.keyboard.press('Enter');
  const withdraw = dialog('withdraw_title').getByRole('button', { name: say('changes', 'button', 'withdraw') });
  await tab(page, withdraw);
  await page.keyboard.press('Enter');
  await expect(dialog('withdraw_title')).toBeHidden();
  await expect(news).toBeVisible();

  await tabTo(page, 'button', say('changes', 'button', 'cancel'));
  await page.keyboard.press('Enter');
  await expect(dialog('cancel_title').getByRole('heading')).toBeFocused();
  await tab(page, dialog('cancel_title').getByRole('button', { name: say('changes', 'dialog', 'keep') }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: say('changes', 'button', 'cancel') })).toBeFocused();
});

test('users, their licences and their deactivation by keyboard alone', async ({ page, server, address, guard }) => {
  await openSubscription(page, server, address, { choice: { ...CHOICE, seats: 1 } });
  await page.goto(USERS);
  guard.expectFailedRequest(409, '/api/users');
  await tabTo(page, 'textbox', say('admin', 'add_users', 'emails'));
  await page.keyboard.type(`bob.${address}`);
  await tabTo(page, 'button', say('admin', 'add_users', 'submit'));
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: say('changes', 'licences', 'title', { count: 1 }) });
  await expect(dialog.getByRole('heading', { level: 2 })).toBeFocused();
  await expectFocusKeptIn(page, dialog);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('button', { name: say('admin', 'add_users', 'submit') })).toBeFocused();
  await page.keyboard.press('Enter');
  await tab(page, dialog.getByRole('button', { name: pattern('changes', 'button', 'add_licences', 'one') }));
  await page.keyboard.press('Enter');
  await expect(page.getByText(pattern('admin', 'add_users', 'added', 'one'))).toBeVisible();

  const name = `bob.${address}`;
  await tabTo(page, 'button', say('admin', 'users', 'deactivate_whom', { name }));
  await page.keyboard.press('Enter');
  const question = page.getByRole('dialog', { name: say('admin', 'users', 'deactivate_title', { name }) });
  await tab(page, question.getByRole('button', { name: say('admin', 'users', 'deactivate') }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: say('admin', 'users', 'reactivate_whom', { name }) })).toBeFocused();
});

test('invoices by keyboard alone: from the list to one, its file, and back', async ({ page, server, address }) => {
  const account = await openSubscription(page, server, address, { choice: CHOICE });
  const [number] = await account.invoices();
  // Another program draws them: its page is loaded, and begins at its beginning.
  await tabTo(page, 'link', say('billing', 'titles', 'invoices'));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: say('billing', 'titles', 'invoices') })).toBeVisible();
  await tabTo(page, 'link', number!);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await tabTo(page, 'link', `${say('billing', 'invoices', 'download')} ${number}`);
  const file = page.waitForEvent('download');
  await page.keyboard.press('Enter');
  expect((await file).suggestedFilename()).toBe(`${number}.pdf`);
  await tabTo(page, 'link', say('billing', 'invoices', 'all'));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: say('billing', 'titles', 'invoices') })).toBeFocused();
});

test('a transfer is marked as paid by keyboard alone', async ({ page, browser, startServer, address, guard }) => {
  const server = await startServer();
  await addStaff(server);
  const account = await Account.open(page, server, address);
  const order = await account.order(CHOICE, 'transfer');
  const context = await browser.newContext();
  await guard.watch(context);
  const staff = await context.newPage();
  await staff.goto(`${server.url}/staff`);
  await tabTo(staff, 'textbox', 'E-mail address');
  await staff.keyboard.type(MEMBER.email);
  await staff.keyboard.press('Tab');
  await staff.keyboard.type(PASSWORD);
  await staff.keyboard.press('Enter');
  await tabTo(staff, 'searchbox', 'Reference or company');
  await staff.keyboard.type(companyOf(address));
  await staff.keyboard.press('Enter');
  await tabTo(staff, 'link', order.transfer!.reference);
  await staff.keyboard.press('Enter');
  await tabTo(staff, 'textbox', /Amount received/);
  await staff.keyboard.type((order.total.minor / 100).toFixed(2));
  await tabTo(staff, 'textbox', /Note/);
  await staff.keyboard.type('Statement 7');
  await tabTo(staff, 'button', 'Check');
  await staff.keyboard.press('Enter');
  await tabTo(staff, 'button', 'Mark as paid');
  await staff.keyboard.press('Enter');
  await expect(staff.getByText('Marked as paid', { exact: true })).toBeVisible();
  await tabTo(staff, 'link', 'Accounts');
  await staff.keyboard.press('Enter');
  await tabTo(staff, 'link', companyOf(address));
  await staff.keyboard.press('Enter');
  await expect(staff.getByRole('heading', { level: 1, name: companyOf(address) })).toBeVisible();
  await tabTo(staff, 'button', 'Sign out');
  await staff.keyboard.press('Enter');
  await expect(staff).toHaveURL(/\/staff\/sign-in/);
  await context.close();
});
