import { activationLink, openAccount, ready, signUp, sitePath } from '../../fixtures/journey.ts';
import { expect } from '../../fixtures/test.ts';
import type { Screen, Visit } from '../screen.ts';

/** Opens a page of the site, whose program runs. */
async function go({ page, server, language }: Visit, path: string): Promise<void> {
  await page.goto(server.url + sitePath(language, path));
  await ready(page);
}

/** The activation form of a fresh address. */
async function goToActivation(visit: Visit): Promise<void> {
  const { page, server, language, address, say } = visit;
  await go(visit, '/signup?plan=premium&seats=12&period=annual');
  await signUp(page, language, address);
  await page.goto(server.url + (await activationLink(server, language, address)));
  await expect(page.getByLabel(say('site', 'activate', 'company'), { exact: true })).toBeVisible();
}

/** What visitors see before they have an account. */
export const SITE: Screen[] = [
  { name: 'pricing', title: 'Plans and prices', open: (visit) => go(visit, '/pricing') },
  {
    name: 'pricing-large',
    title: 'Plans and prices for 10,000 users, in yen',
    open: (visit) => go(visit, '/pricing?plan=enterprise&seats=10000&period=annual&currency=JPY'),
  },
  {
    name: 'pricing-broken-address',
    title: 'Plans and prices at an address that cannot be used',
    open: (visit) => go(visit, '/pricing?plan=gold&seats=-3&period=weekly&currency=XAU'),
  },
  {
    name: 'pricing-no-number',
    title: 'Plans and prices while the seats are no number',
    open: async (visit) => {
      await go(visit, '/pricing');
      const { page, say } = visit;
      await page.getByLabel(say('site', 'calculator', 'seats'), { exact: true }).fill('a dozen');
      await expect(page.getByText(say('site', 'seats_error', 'not_a_number')).first()).toBeVisible();
    },
  },
  {
    name: 'languages',
    title: 'The list of languages',
    window: true,
    open: async (visit) => {
      await go(visit, '/pricing');
      await visit.page.getByRole('banner').getByRole('button').click();
    },
  },
  {
    name: 'language-offer',
    title: 'A page that is there in the reader’s language, too',
    window: true,
    open: async (visit) => {
      await go({ ...visit, language: visit.language === 'en' ? 'de' : 'en' }, '/pricing');
      await expect(visit.page.getByText(visit.say('site', 'offer', 'question'))).toBeVisible();
    },
  },
  { name: 'sign-up', title: 'Sign-up with what was chosen', open: (visit) => go(visit, '/signup?plan=premium&seats=12&period=annual') },
  {
    name: 'sign-up-error',
    title: 'Sign-up: no e-mail address',
    open: async (visit) => {
      await go(visit, '/signup');
      const { page, say } = visit;
      await page.getByLabel(say('site', 'sign_up', 'email')).fill('ada@');
      await page.getByRole('button', { name: say('site', 'sign_up', 'submit') }).click();
      await expect(page.getByLabel(say('site', 'sign_up', 'email'))).toHaveAttribute('aria-invalid', 'true');
    },
  },
  {
    name: 'sign-up-sent',
    title: 'Sign-up: the link is on its way',
    open: async (visit) => {
      await go(visit, '/signup');
      await signUp(visit.page, visit.language, visit.address);
    },
  },
  { name: 'activation', title: 'Activation', open: goToActivation },
  {
    name: 'activation-errors',
    title: 'Activation: what is missing',
    open: async (visit) => {
      await goToActivation(visit);
      const { page, say } = visit;
      await page.getByLabel(say('site', 'activate', 'password'), { exact: true }).fill('short');
      await page.getByRole('button', { name: say('site', 'activate', 'submit') }).click();
      await expect(page.getByRole('alert').first()).toBeVisible();
    },
  },
  {
    name: 'activation-without-scripts',
    title: 'Activation without scripts: what is missing',
    open: async (visit) => {
      await goToActivation(visit);
      visit.guard.expectFailedRequest(422, '/activate');
      // As a browser without scripts sends it: nobody looks at it before the server.
      await visit.page.locator('form').first().evaluate((form: HTMLFormElement) => form.submit());
      await expect(visit.page.locator('.problems')).toBeVisible();
    },
  },
  {
    name: 'activation-used',
    title: 'Activation: a link that was used',
    open: async (visit) => {
      const { page, server, language, address, say, guard } = visit;
      await openAccount(page, server, address, { language });
      guard.expectFailedRequest(410, '/api/activations/');
      await page.goto(server.url + (await activationLink(server, language, address)));
      await expect(page.getByText(say('site', 'activate', 'used_title'))).toBeVisible();
    },
  },
  {
    name: 'not-found',
    title: 'Nothing at this address',
    open: async (visit) => {
      visit.guard.expectFailedRequest(404, '/no-such-page');
      await go(visit, '/no-such-page');
    },
  },
];
