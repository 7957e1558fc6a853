import { Account } from '../fixtures/account.ts';
import { SUBSCRIPTION, USERS } from '../fixtures/changing.ts';
import { CARDS, expectReceipt, payWith, signIn, subscribe } from '../fixtures/journey.ts';
import { catalogOf, type Choice } from '../fixtures/prices.ts';
import { checkScreen, expect, test } from '../fixtures/test.ts';
import { readers } from '../fixtures/readers.ts';
import { words } from '../fixtures/words.ts';

const CHOICE: Choice = { plan: 'premium', seats: 3, period: 'monthly', currency: 'EUR' };

/** What becomes of an account that did not subscribe in its trial: nothing of it is lost. */
for (const { language, tag } of readers('es')) {
  test(`the trial ends: the owner alone signs in, subscribes, and brings the users back (${language})`, { tag }, async ({
    page,
    startServer,
    address,
    guard,
  }) => {
    test.slow();
    const { say, pattern } = words(language);
    const server = await startServer();
    const account = await Account.open(page, server, address, { language, choice: CHOICE });
    const names = ['bob', 'cy', 'di'].map((name) => `${name}.${address}`);
    await account.invite(names);
    await page.goto(server.url + USERS);
    await expect(page.getByText(pattern('admin', 'banner', 'rule'))).toBeVisible();
    await checkScreen(page);

    await server.clock.advanceDays(15);
    await server.mail.waitFor(address, pattern('mail', 'trial_ended', 'subject'));
    // Nobody is signed in: the page asks, and is told so.
    await page.context().clearCookies();
    guard.expectFailedRequest(401, '/api/account');
    await signIn(page, server, address, { language });
    await expect(page.getByText(say('admin', 'banner', 'over')).first()).toBeVisible();
    await checkScreen(page);
    await page.goto(server.url + USERS);
    await expect(page.getByText(say('admin', 'users', 'deactivated'), { exact: true })).toHaveCount(3);
    await checkScreen(page);
    // Before it is paid, nobody comes back.
    guard.expectFailedRequest(409, '/reactivation');
    await page.getByRole('button', { name: say('admin', 'users', 'reactivate_whom', { name: names[0]! }) }).click();
    await expect(page.getByText(say('admin', 'licence_limit', 'trial_over_title'))).toBeVisible();
    await checkScreen(page);

    await page.goto(server.url + SUBSCRIPTION);
    await expect(page.getByText(pattern('admin', 'subscription', 'over_text'))).toBeVisible();
    await checkScreen(page);
    const name = (await catalogOf(server, language)).plans.find(({ id }) => id === CHOICE.plan)!.name;
    await subscribe(page, language, name);
    await payWith(page, language, CARDS.pays);
    await expectReceipt(page, language);

    await page.goto(`${server.url}/app`);
    await page.getByRole('link', { name: say('admin', 'home', 'reactivate') }).click();
    await page.getByRole('button', { name: say('admin', 'users', 'reactivate_whom', { name: names[0]! }) }).click();
    await expect(page.getByText(say('admin', 'users', 'usage', { used: 2, owned: 3 }))).toBeVisible();
    await page.getByRole('button', { name: say('admin', 'reactivation', 'as_many') }).click();
    await expect(page.getByText(say('admin', 'users', 'usage', { used: 3, owned: 3 }))).toBeVisible();
    await expect(page.getByText(say('admin', 'reactivation', 'left', { count: 1 }))).toBeVisible();
    expect(Object.keys(await account.users()), 'nobody was lost').toHaveLength(4);
    await checkScreen(page);
  });
}
