import { activate, activationLink, companyOf, openAccount, PASSWORD, ready, signIn, signUp } from '../fixtures/journey.ts';
import { checkScreen, expect, Mailbox, test } from '../fixtures/test.ts';
import { words } from '../fixtures/words.ts';

const { say, pattern } = words('en');

/** Links from e-mails: used twice, too late, mangled; and what sign-up tells of addresses. */
test.describe('links and addresses', () => {
  test('an activation link works once', async ({ page, server, address, guard }) => {
    await openAccount(page, server, address);
    const link = await activationLink(server, 'en', address);
    guard.expectFailedRequest(410, '/api/activations/');
    await page.goto(link);
    await expect(page.getByText(say('site', 'activate', 'used_title'))).toBeVisible();
    await expect(page.getByRole('main').getByRole('link', { name: say('shared', 'action', 'sign_in') })).toBeVisible();
    await checkScreen(page);
  });

  test('an activation link expires, and signing up again brings a new one', async ({ page, startServer, address, guard }) => {
    const server = await startServer();
    await page.goto(`${server.url}/signup`);
    await ready(page);
    await signUp(page, 'en', address);
    const link = await activationLink(server, 'en', address);
    await server.clock.advanceDays(8);
    guard.expectFailedRequest(410, '/api/activations/');
    await page.goto(server.url + link);
    await expect(page.getByText(say('site', 'activate', 'expired_title'))).toBeVisible();
    await checkScreen(page);
    await page.getByRole('link', { name: say('site', 'activate', 'sign_up_again') }).click();
    await signUp(page, 'en', address);
    await expect.poll(async () => (await server.mail.to(address)).length).toBe(2);
    const links = (await server.mail.to(address)).map((message) => Mailbox.link(message, /activate\?token=/));
    const fresh = links.find((candidate) => candidate !== link)!;
    await activate(page, 'en', server.url + fresh, companyOf(address));
  });

  for (const token of ['', 'x', 'A'.repeat(43), '..%2F..%2Fapi', '%00']) {
    test(`an activation link with the token “${token}” is unknown`, async ({ page, guard }) => {
      if (token) guard.expectFailedRequest(404, '/api/activations/');
      await page.goto(`/activate?token=${token}`);
      await expect(page.getByText(say('site', 'activate', 'link_title'))).toBeVisible();
      await expect(page.getByRole('link', { name: say('site', 'activate', 'sign_up_again') })).toBeVisible();
      if (token === 'x') await checkScreen(page);
    });
  }

  test('a sign-up is answered alike for a known address, which gets another letter', async ({ page, server, address }) => {
    await openAccount(page, server, address);
    await page.goto('/signup');
    await ready(page);
    await signUp(page, 'en', address);
    await server.mail.waitFor(address, pattern('mail', 'already_known', 'subject'));
  });

  for (const typed of ['ada', 'ada@', 'ada@example', 'a b@example.com', '']) {
    test(`the address “${typed}” is refused beside the field`, async ({ page }) => {
      await page.goto('/signup');
      await ready(page);
      const field = page.getByLabel(say('site', 'sign_up', 'email'));
      await field.fill(typed);
      await page.getByRole('button', { name: say('site', 'sign_up', 'submit') }).click();
      await expect(field).toHaveAttribute('aria-invalid', 'true');
      await expect(field).toHaveValue(typed);
      if (typed === 'ada') await checkScreen(page);
      await expect(page).toHaveURL(/\/signup$/);
    });
  }

  test('an activation form tells every mistake at once and keeps what was typed', async ({ page, server, address }) => {
    await page.goto('/signup');
    await ready(page);
    await signUp(page, 'en', address);
    await page.goto(await activationLink(server, 'en', address));
    await page.getByLabel(say('site', 'activate', 'name')).fill('Ada');
    await page.getByLabel(say('site', 'activate', 'password'), { exact: true }).fill('short');
    await page.getByRole('button', { name: say('site', 'activate', 'submit') }).click();
    for (const key of ['company', 'password']) {
      await expect(page.getByLabel(say('site', 'activate', key), { exact: true })).toHaveAttribute('aria-invalid', 'true');
    }
    await expect(page.getByRole('checkbox')).toHaveAttribute('aria-invalid', 'true');
    await expect(page.getByRole('alert').or(page.locator(':focus'))).not.toHaveCount(0);
    await checkScreen(page);
    await expect(page.getByLabel(say('site', 'activate', 'name'))).toHaveValue('Ada');
  });

  test('a forgotten password is replaced, once, and ends every session', async ({ page, server, address, browser, guard }) => {
    test.slow();
    await openAccount(page, server, address);
    const elsewhere = await browser.newContext();
    await guard.watch(elsewhere);
    const other = await elsewhere.newPage();
    await other.goto(`${server.url}/app/forgot-password`);
    await other.getByLabel(say('shared', 'field', 'email')).fill(address);
    await checkScreen(other);
    await other.getByRole('button', { name: say('admin', 'forgotten', 'submit') }).click();
    await expect(other.getByText(say('admin', 'forgotten', 'sent_title'))).toBeVisible();
    await checkScreen(other);
    const message = await server.mail.waitFor(address, pattern('mail', 'password_reset', 'subject'));
    const link = server.url + Mailbox.link(message, /reset-password\?token=/);
    await other.goto(link);
    await other.getByLabel(say('shared', 'field', 'new_password'), { exact: true }).fill('a quite different secret');
    await checkScreen(other);
    await other.getByRole('button', { name: say('admin', 'reset', 'submit') }).click();
    await expect(other.getByText(say('admin', 'sign_in', 'password_set'))).toBeVisible();
    await checkScreen(other);
    guard.expectFailedRequest(410, '/api/password-resets/');
    await other.goto(link);
    await expect(other.getByRole('heading', { level: 1, name: say('admin', 'link', 'used_title') })).toBeVisible();
    await checkScreen(other);

    guard.expectFailedRequest(401, '/api/');
    await page.goto('/app');
    await expect(page.getByRole('heading', { level: 1, name: say('admin', 'sign_in', 'title') })).toBeVisible();
    await checkScreen(page);
    await signIn(page, server, address);
    await expect(page.getByText(say('admin', 'sign_in', 'wrong'))).toBeVisible();
    await checkScreen(page);
    await signIn(page, server, address, { password: 'a quite different secret' });
    await expect(page).toHaveURL(/\/app$/);
    await elsewhere.close();
  });

  test('an invited user joins, and is told so when the link is used again', async ({ page, server, address, browser, guard }) => {
    await openAccount(page, server, address);
    await page.goto('/app/administration/users');
    const invited = `bob.${address}`;
    await page.getByLabel(say('admin', 'add_users', 'emails')).fill(invited);
    await page.getByRole('button', { name: say('admin', 'add_users', 'submit') }).click();
    const message = await server.mail.waitFor(invited, pattern('mail', 'invitation', 'subject'));
    const link = server.url + Mailbox.link(message, /invitation\?token=/);
    const elsewhere = await browser.newContext();
    await guard.watch(elsewhere);
    const bob = await elsewhere.newPage();
    await bob.goto(link);
    await bob.getByLabel(say('shared', 'field', 'name')).fill('Bob');
    await checkScreen(bob);
    await bob.getByLabel(say('shared', 'field', 'password'), { exact: true }).or(bob.getByLabel(say('shared', 'field', 'new_password'), { exact: true })).fill(PASSWORD);
    await bob.getByRole('button', { name: say('admin', 'invitation', 'submit') }).click();
    await expect(bob.getByRole('heading', { level: 1 })).toContainText('Bob');
    await bob.goto(`${server.url}/app/administration/users`);
    await expect(bob.getByText(say('admin', 'guard', 'title'))).toBeVisible();
    await checkScreen(bob);
    guard.expectFailedRequest(410, '/api/invitations/');
    await bob.goto(link);
    await expect(bob.getByText(say('admin', 'link', 'used_title'))).toBeVisible();
    await checkScreen(bob);
    await elsewhere.close();
  });

  test('an address that leads nowhere says so, on the site and in the application', async ({ page, server, address, guard }) => {
    guard.expectFailedRequest(404, '/no-such-page');
    await page.goto('/no-such-page');
    await ready(page);
    await expect(page.getByRole('heading', { level: 1, name: say('site', 'not_found', 'title') })).toBeVisible();
    await checkScreen(page);
    await openAccount(page, server, address);
    await page.goto('/app/no-such-screen');
    await expect(page.getByRole('heading', { level: 1, name: say('admin', 'shell', 'not_found_title') })).toBeVisible();
    await checkScreen(page);
  });
});
