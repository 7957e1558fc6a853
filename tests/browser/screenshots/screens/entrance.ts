import { Account, PASSWORD } from '../../fixtures/account.ts';
import { expect, Mailbox } from '../../fixtures/test.ts';
import { LONGEST, type Screen, type Visit } from '../screen.ts';

/** Opens a page of the entrance for somebody who is not signed in. */
async function go({ page, server, language }: Visit, path: string): Promise<void> {
  await page.goto(`${server.url}${path}?lang=${language}`);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
}

/** Opens a link that was mailed to somebody. */
async function follow({ page, server }: Visit, address: string, link: RegExp): Promise<void> {
  const message = await server.mail.waitForLink(address, link);
  await page.context().clearCookies();
  await page.goto(server.url + Mailbox.link(message, link));
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
}

/** An account whose owner asked for a new password. */
async function forgetful({ page, server, language, address }: Visit): Promise<Account> {
  const account = await Account.open(page, server, address, { language });
  await account.send('POST', '/api/password-resets', { email: address });
  return account;
}

/** An account that invited Bob, and his address. */
async function inviting({ page, server, language, address }: Visit): Promise<{ account: Account; bob: string }> {
  const account = await Account.open(page, server, address, { language });
  const bob = `bob.${address}`;
  await account.invite([bob]);
  return { account, bob };
}

/** Where users come in. */
export const ENTRANCE: Screen[] = [
  { name: 'sign-in', title: 'Sign-in', open: (visit) => go(visit, '/app/sign-in') },
  {
    name: 'sign-in-wrong',
    title: 'Sign-in with a wrong password',
    open: async (visit) => {
      const { page, address, say, guard } = visit;
      await go(visit, '/app/sign-in');
      guard.expectFailedRequest(401, '/api/sessions');
      await page.getByLabel(say('shared', 'field', 'email')).fill(address);
      await page.getByLabel(say('shared', 'field', 'password'), { exact: true }).fill(PASSWORD);
      await page.getByRole('button', { name: say('shared', 'action', 'sign_in') }).click();
      await expect(page.getByText(say('admin', 'sign_in', 'wrong'))).toBeVisible();
    },
  },
  { name: 'forgotten-password', title: 'Forgotten password', open: (visit) => go(visit, '/app/forgot-password') },
  {
    name: 'reset-password',
    title: 'A new password',
    open: async (visit) => {
      const { page, address, say } = visit;
      await forgetful(visit);
      await follow(visit, address, /reset-password\?token=/);
      await expect(page.getByRole('heading', { level: 1, name: say('admin', 'reset', 'title') })).toBeVisible();
    },
  },
  {
    name: 'invitation',
    title: 'An invitation',
    open: async (visit) => {
      const { page, pattern } = visit;
      const { bob } = await inviting(visit);
      await follow(visit, bob, /invitation\?token=/);
      await expect(page.getByRole('heading', { level: 1, name: pattern('admin', 'invitation', 'title') })).toBeVisible();
    },
  },
  {
    name: 'invitation-used',
    title: 'An invitation that was taken',
    languages: LONGEST,
    open: async (visit) => {
      const { page, guard } = visit;
      const { account, bob } = await inviting(visit);
      await account.join(page, bob, 'Bob');
      guard.expectFailedRequest(410, '/api/invitations/');
      await follow(visit, bob, /invitation\?token=/);
    },
  },
  {
    name: 'reset-password-used',
    title: 'A link for a new password that was used',
    languages: LONGEST,
    open: async (visit) => {
      const { server, address, guard } = visit;
      const account = await forgetful(visit);
      const link = /reset-password\?token=/;
      const path = Mailbox.link(await server.mail.waitForLink(address, link), link);
      const token = new URLSearchParams(path.slice(path.indexOf('?'))).get('token');
      await account.send('POST', `/api/password-resets/${token}`, { password: PASSWORD });
      guard.expectFailedRequest(410, '/api/password-resets/');
      await follow(visit, address, link);
    },
  },
];
