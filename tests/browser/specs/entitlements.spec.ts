import type { Page } from '@playwright/test';
import { Account, PASSWORD } from '../fixtures/account.ts';
import { changeScreen, SUBSCRIPTION } from '../fixtures/changing.ts';
import { openAccount, openSubscription } from '../fixtures/journey.ts';
import { tabTo } from '../fixtures/keyboard.ts';
import type { Choice } from '../fixtures/prices.ts';
import { checkScreen, expect, type Server, test } from '../fixtures/test.ts';
import { type Language, words } from '../fixtures/words.ts';

const CHOICE: Choice = { plan: 'standard', seats: 3, period: 'monthly', currency: 'EUR' };

interface Feature {
  id: string;
  name: string;
  plans: string[];
  in_menu?: boolean;
}

/** The plans from the lowest to the highest, and for each the first feature of the menu that begins with it. */
async function levels(server: Server, language: Language) {
  const catalog = (await (await fetch(`${server.url}/api/catalog?lang=${language}`)).json()) as {
    plans: { id: string; name: string }[];
    feature_groups: { features: Feature[] }[];
  };
  const features = catalog.feature_groups.flatMap((group) => group.features).filter((feature) => feature.in_menu);
  const level = (id: string) => ({
    plan: catalog.plans.find((plan) => plan.id === id)!,
    feature: features.find(({ plans }) => plans[0] === id)!,
  });
  return { features, standard: level('standard'), premium: level('premium'), enterprise: level('enterprise') };
}

/** The menu *More applications* and what a feature in it opens, in the words of a language. */
function featureMenu(page: Page, language: Language) {
  const { say } = words(language);
  const button = page.getByRole('button', { name: say('admin', 'shell', 'more_applications') });
  return {
    say,
    button,
    list: page.getByRole('list', { name: say('admin', 'features', 'heading', { vendor: 'OneDesk' }) }),
    open: (feature: Feature) => page.getByRole('button', { name: feature.name, exact: true }),
    // As a screen reader says it.
    locked: (feature: Feature, plan: { name: string }) =>
      page.getByRole('button', {
        name: `${feature.name} ${say('admin', 'features', 'locked')}, ${say('admin', 'features', 'included_in', { plan: plan.name })}`,
      }),
    dialog: (feature: Feature) => page.getByRole('dialog', { name: feature.name, exact: true }),
    see: (plan: { name: string }) => page.getByRole('link', { name: say('admin', 'features', 'see', { plan: plan.name }) }),
  };
}

test('a trial has every feature open, and says where each is used', { tag: '@phone' }, async ({ page, server, address }) => {
  await openAccount(page, server, address);
  const { features, enterprise } = await levels(server, 'en');
  const { say, button, list, open, dialog } = featureMenu(page, 'en');
  await button.click();
  await expect(list.getByRole('button')).toHaveCount(features.length);
  for (const feature of features) await expect(open(feature)).toBeVisible();
  await checkScreen(page);

  await open(enterprise.feature).click();
  await expect(dialog(enterprise.feature)).toContainText(say('admin', 'features', 'in_trial'));
  await expect(dialog(enterprise.feature)).toContainText(say('admin', 'features', 'elsewhere', { vendor: 'OneDesk' }));
  await expect(dialog(enterprise.feature).getByRole('link')).toHaveCount(0);
  await checkScreen(page);
  await page.keyboard.press('Escape');
  await expect(dialog(enterprise.feature)).toBeHidden();
  await expect(button).toBeFocused();
});

test('a locked feature leads by keyboard to the plan that unlocks it, and is open once it is paid', async ({ page, server, address }) => {
  const account = await Account.open(page, server, address);
  await account.subscribe(CHOICE);
  await page.goto(`${server.url}/app`);
  const { standard, premium, enterprise } = await levels(server, 'en');
  const { say, button, open, locked, dialog, see } = featureMenu(page, 'en');
  await tabTo(page, button);
  await page.keyboard.press('Enter');
  await expect(open(standard.feature)).toBeVisible();
  await expect(locked(enterprise.feature, enterprise.plan)).toBeVisible();
  await checkScreen(page);
  await tabTo(page, locked(premium.feature, premium.plan));
  await page.keyboard.press('Enter');
  await expect(dialog(premium.feature)).toContainText(
    say('admin', 'features', 'in_other_plan', { plan: premium.plan.name, held: standard.plan.name }),
  );
  await checkScreen(page);
  await tabTo(page, see(premium.plan));
  await page.keyboard.press('Enter');

  const { plan, seats, press, confirm } = changeScreen(page, 'en');
  await expect(page).toHaveURL(`${server.url}${SUBSCRIPTION}?plan=premium`);
  await expect(plan(premium.plan.name)).toBeChecked();
  await expect(seats).toHaveValue('3');
  const raise = words('en').pattern('changes', 'button', 'raise_plan');
  await tabTo(page, press(raise));
  await page.keyboard.press('Enter');
  await confirm('title', raise);
  expect((await account.subscription()).subscription).toMatchObject({
    term: { plan: 'premium', seats: 3, period: 'monthly' },
  });
  // The address has had its word.
  await expect(page).toHaveURL(server.url + SUBSCRIPTION);
  await button.click();
  await expect(open(premium.feature)).toBeVisible();
  await expect(locked(enterprise.feature, enterprise.plan)).toBeVisible();
});

test('a user who does not administer is told whom to ask, in German', { tag: '@phone' }, async ({ page, browser, guard, server, address }) => {
  const account = await Account.open(page, server, address, { language: 'de' });
  await account.subscribe(CHOICE);
  const bob = `bob.${address}`;
  await account.invite([bob]);
  const context = await browser.newContext({ viewport: page.viewportSize(), baseURL: server.url });
  await guard.watch(context);
  const his = await context.newPage();
  const member = await account.join(his, bob, 'Bob');
  await member.send('PATCH', '/api/account/language', { language: 'de' });
  await his.goto(`${server.url}/app`);
  const { premium } = await levels(server, 'de');
  const { say, button, locked, dialog } = featureMenu(his, 'de');
  await button.click();
  await locked(premium.feature, premium.plan).click();
  await expect(dialog(premium.feature)).toContainText(say('admin', 'features', 'ask', { owner: 'Ada Lovelace' }));
  await expect(dialog(premium.feature).getByRole('link')).toHaveCount(0);
  await checkScreen(his);
  await context.close();
});

test('the link to a plan survives the sign-in', async ({ page, server, address, guard }) => {
  const account = await Account.open(page, server, address);
  await account.subscribe(CHOICE);
  await page.context().clearCookies();
  guard.expectFailedRequest(401, '/api/account');
  await page.goto(`${server.url}${SUBSCRIPTION}?plan=enterprise`);
  const { say } = words('en');
  await page.getByLabel(say('shared', 'field', 'email')).fill(address);
  await page.getByLabel(say('shared', 'field', 'password'), { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: say('shared', 'action', 'sign_in') }).click();
  const { enterprise } = await levels(server, 'en');
  await expect(changeScreen(page, 'en').plan(enterprise.plan.name)).toBeChecked();
  await expect(page).toHaveURL(`${server.url}${SUBSCRIPTION}?plan=enterprise`);
});

test('a plan in the address is dialled in when something is bought, and the rest stays', async ({ page, server, address }) => {
  const preferred: Choice = { plan: 'standard', seats: 7, period: 'monthly', currency: 'CHF' };
  await Account.open(page, server, address, { choice: preferred });
  const { standard, premium } = await levels(server, 'en');
  const { say, plan, seats, currency, period } = changeScreen(page, 'en');
  await page.goto(`${server.url}${SUBSCRIPTION}?plan=premium`);
  await expect(page.getByRole('button', { name: say('admin', 'subscription', 'subscribe_to', { plan: premium.plan.name }) })).toHaveCount(2);
  await expect(plan(premium.plan.name)).toBeChecked();
  await expect(seats).toHaveValue('7');
  await expect(currency).toHaveValue('CHF');
  await expect(period('monthly')).toBeChecked();

  await page.goto(`${server.url}${SUBSCRIPTION}?plan=gold`);
  await expect(page.getByText(say('site', 'choice', 'plan', { value: 'gold', used: standard.plan.name }))).toBeVisible();
  await expect(plan(standard.plan.name)).toBeChecked();
});

test('a subscription is changed to the plan in the address: a lower, an unknown, its own', { tag: '@phone' }, async ({ page, server, address }) => {
  await openSubscription(page, server, address, { choice: { ...CHOICE, plan: 'premium' } });
  const { standard, premium } = await levels(server, 'en');
  const { say, pattern, plan, seats, summary, press } = changeScreen(page, 'en');

  // Nothing is charged for it, and nothing taken away before the renewal.
  await page.goto(`${server.url}${SUBSCRIPTION}?plan=standard`);
  await expect(plan(standard.plan.name)).toBeChecked();
  await expect(summary).toContainText(pattern('changes', 'doing', 'scheduled'));
  await expect(press(pattern('changes', 'button', 'schedule'))).toBeEnabled();
  await checkScreen(page);

  await page.goto(`${server.url}${SUBSCRIPTION}?plan=gold&seats=5`);
  const unknown = page.getByText(say('site', 'choice', 'plan', { value: 'gold', used: premium.plan.name }));
  await expect(unknown).toBeVisible();
  await expect(plan(premium.plan.name)).toBeChecked();
  await expect(seats).toHaveValue('5');
  await checkScreen(page);
  await seats.fill('6');
  await expect(unknown).toBeHidden();
  await expect(page).toHaveURL(server.url + SUBSCRIPTION);

  await page.goto(`${server.url}${SUBSCRIPTION}?plan=premium`);
  const same = page.getByText(say('changes', 'change', 'same_plan', { plan: premium.plan.name }));
  await expect(same).toBeVisible();
  await expect(press(say('changes', 'button', 'nothing'))).toBeDisabled();
  await checkScreen(page);
  await plan(standard.plan.name).check();
  await expect(same).toBeHidden();
});

test('once the trial is over every feature is locked, and leads to the calculator', async ({ page, startServer, address }) => {
  const server = await startServer();
  const account = await Account.open(page, server, address);
  await server.clock.advanceDays(15);
  await account.signIn();
  await page.goto(`${server.url}/app`);
  const { features, standard, premium } = await levels(server, 'en');
  const { say, button, list, locked, dialog, see } = featureMenu(page, 'en');
  await button.click();
  await expect(list.getByRole('button', { name: say('admin', 'features', 'locked') })).toHaveCount(features.length);
  await expect(locked(standard.feature, standard.plan)).toBeVisible();
  await locked(premium.feature, premium.plan).click();
  await expect(dialog(premium.feature)).toContainText(say('admin', 'features', 'not_subscribed', { plan: premium.plan.name }));
  await see(premium.plan).click();
  await expect(changeScreen(page, 'en').plan(premium.plan.name)).toBeChecked();
});

test('what cannot be loaded is said, and asked for again', { tag: '@phone' }, async ({ page, server, address, guard }) => {
  await openAccount(page, server, address);
  const { features } = await levels(server, 'en');
  const { say, button, list } = featureMenu(page, 'en');
  await page.route('**/api/account/entitlements?*', (route) => route.fulfill({ status: 503, body: 'away' }));
  guard.expectFailedRequest(503, '/api/account/entitlements');
  await button.click();
  await expect(page.getByText(say('admin', 'features', 'failed'))).toBeVisible();
  // The ways that need no answer are there.
  await expect(page.getByRole('link', { name: say('admin', 'shell', 'administration') })).toBeVisible();
  await checkScreen(page);
  await page.unroute('**/api/account/entitlements?*');
  await page.getByRole('button', { name: say('shared', 'action', 'try_again') }).click();
  await expect(list.getByRole('button')).toHaveCount(features.length);
  await expect(button).toBeFocused();
});
