import type { Page } from '@playwright/test';
import { Account, CARDS, PASSWORD } from '../fixtures/account.ts';
import { changeScreen, SUBSCRIPTION, USERS } from '../fixtures/changing.ts';
import { tabTo } from '../fixtures/keyboard.ts';
import type { Choice } from '../fixtures/prices.ts';
import { expect, Mailbox, test } from '../fixtures/test.ts';
import { words } from '../fixtures/words.ts';

const { say, pattern } = words('en');
const CHOICE: Choice = { plan: 'premium', seats: 4, period: 'monthly', currency: 'EUR' };

/** What an account needs besides its subscription, by keyboard alone: the entrance, and who pays by what. */

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });
const link = (page: Page, name: string) => page.getByRole('link', { name, exact: true });
const field = (page: Page, name: string) => page.getByLabel(name, { exact: true });
const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name });

/** Goes to a field and types into it. */
async function type(page: Page, name: string, text: string): Promise<void> {
  await tabTo(page, field(page, name));
  await page.keyboard.press('Control+A');
  await page.keyboard.type(text);
}

test('the entrance by keyboard alone: invited, signed out, a password forgotten and replaced, signed in', async ({ page, server, address, guard }) => {
  test.slow();
  const owner = await Account.open(page, server, address);
  const bob = `bob.${address}`;
  await owner.invite([bob]);
  await page.context().clearCookies();
  const invitation = await server.mail.waitFor(bob, pattern('mail', 'invitation', 'subject'));
  await page.goto(Mailbox.link(invitation, /invitation\?token=/));
  await type(page, say('shared', 'field', 'name'), 'Bob');
  await type(page, say('shared', 'field', 'password'), PASSWORD);
  await page.keyboard.press('Enter');
  await expect(heading(page, /Bob/)).toBeVisible();

  await tabTo(page, button(page, say('admin', 'shell', 'user_menu')));
  await page.keyboard.press('Enter');
  await tabTo(page, button(page, say('shared', 'action', 'sign_out')));
  await page.keyboard.press('Enter');
  await expect(heading(page, say('admin', 'sign_in', 'title'))).toBeVisible();

  guard.expectFailedRequest(401, '/api/sessions');
  await type(page, say('shared', 'field', 'email'), bob);
  await type(page, say('shared', 'field', 'password'), 'not the password');
  await page.keyboard.press('Enter');
  await expect(page.getByText(say('admin', 'sign_in', 'wrong'))).toBeVisible();
  await tabTo(page, link(page, say('admin', 'sign_in', 'forgotten')));
  await page.keyboard.press('Enter');
  await expect(heading(page, say('admin', 'forgotten', 'title'))).toBeVisible();
  await type(page, say('shared', 'field', 'email'), bob);
  await page.keyboard.press('Enter');
  await expect(page.getByText(say('admin', 'forgotten', 'sent_title'))).toBeVisible();

  const reset = await server.mail.waitFor(bob, pattern('mail', 'password_reset', 'subject'));
  await page.goto(Mailbox.link(reset, /reset-password\?token=/));
  await type(page, say('shared', 'field', 'new_password'), 'a quite different secret');
  await page.keyboard.press('Enter');
  await expect(page.getByText(say('admin', 'sign_in', 'password_set'))).toBeVisible();
  await type(page, say('shared', 'field', 'email'), bob);
  await type(page, say('shared', 'field', 'password'), 'a quite different secret');
  await tabTo(page, button(page, say('shared', 'action', 'sign_in')));
  await page.keyboard.press('Enter');
  await expect(heading(page, /Bob/)).toBeVisible();
});

test('who pays, by keyboard alone: address, another card, an overdue renewal; a user back, a cancellation taken back', async ({ page, startServer, address }) => {
  test.slow();
  const server = await startServer();
  const account = await Account.open(page, server, address);
  const names = ['bob', 'cy', 'di'].map((name) => `${name}.${address}`);
  await account.invite(names);
  await account.subscribe(CHOICE, CARDS.declinedLater);
  await account.deactivate(names);
  await server.clock.advanceDays(await account.daysToRenewal());
  await account.signIn();
  await page.goto(server.url + SUBSCRIPTION);
  await tabTo(page, link(page, say('changes', 'overdue', 'replace')));
  await page.keyboard.press('Enter');
  await expect(heading(page, say('billing', 'titles', 'details'))).toBeVisible();

  await type(page, say('billing', 'details', 'address'), '12 rue des Machines');
  await type(page, say('billing', 'details', 'postcode'), '75002');
  await type(page, say('billing', 'details', 'city'), 'Paris');
  await tabTo(page, field(page, say('shared', 'field', 'country')));
  await page.keyboard.type('Belgium');
  await tabTo(page, button(page, say('shared', 'action', 'save')));
  await page.keyboard.press('Enter');
  await expect(page.getByText(say('billing', 'details', 'saved'))).toBeVisible();

  await tabTo(page, button(page, say('billing', 'card', 'replace')));
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/sandbox\/pay\//);
  for (const [name, text] of [['number', CARDS.pays], ['expiry', '12/40'], ['cvc', '123'], ['name', 'Ada Lovelace']] as const) {
    await tabTo(page, page.getByLabel(say('sandbox_payment', 'form', name)));
    await page.keyboard.type(text);
  }
  await page.keyboard.press('Enter');
  await expect(heading(page, say('billing', 'card', 'replaced'))).toBeVisible();
  await tabTo(page, link(page, say('billing', 'card', 'back')));
  await page.keyboard.press('Enter');
  await tabTo(page, link(page, say('billing', 'card', 'pay')));
  await page.keyboard.press('Enter');

  const { dialog, news } = changeScreen(page, 'en');
  const pay = pattern('changes', 'button', 'recover');
  /** Confirms the dialog that is open, and waits until it is told what was done. */
  const confirm = async (key: string, name: string | RegExp) => {
    await tabTo(page, dialog(key).getByRole('button', { name }));
    await page.keyboard.press('Enter');
    await expect(dialog(key)).toBeHidden();
    await expect(news).toBeVisible();
  };
  await tabTo(page, page.getByRole('region', { name: say('changes', 'overdue', 'title') }).getByRole('button', { name: pay }));
  await page.keyboard.press('Enter');
  await confirm('recover_title', pay);

  const [cancel, resume] = [say('changes', 'button', 'cancel'), say('changes', 'button', 'resume')];
  await tabTo(page, button(page, cancel));
  await page.keyboard.press('Enter');
  await confirm('cancel_title', cancel);
  await tabTo(page, button(page, resume));
  await page.keyboard.press('Enter');
  await confirm('resume_title', resume);

  await tabTo(page, link(page, say('admin', 'shell', 'users')));
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`${USERS}$`));
  const [bob, ...others] = names as [string, ...string[]];
  await tabTo(page, button(page, say('admin', 'users', 'reactivate_whom', { name: bob })));
  await page.keyboard.press('Enter');
  await expect(page.getByText(say('admin', 'users', 'was_reactivated', { name: bob }))).toBeVisible();
  for (const name of others) {
    await tabTo(page, page.getByRole('checkbox', { name: say('admin', 'reactivation', 'select', { name }) }));
    await page.keyboard.press('Space');
  }
  await tabTo(page, button(page, say('admin', 'reactivation', 'selected', { count: 2 })));
  await page.keyboard.press('Enter');
  await expect(page.getByText(say('admin', 'reactivation', 'done', { count: 2 }))).toBeVisible();
});
