import type { Page } from '@playwright/test';
import { openAccount } from '../fixtures/journey.ts';
import { checkScreen, expect, test } from '../fixtures/test.ts';
import { readers } from '../fixtures/readers.ts';
import { words } from '../fixtures/words.ts';

const HOME = '/app';
const USERS = '/app/administration/users';
const SUBSCRIPTION = '/app/administration/subscription';

const ACTIVE = {
  state: 'active',
  plan: 'premium',
  licences: 3,
  period: 'monthly',
  currency: 'EUR',
  period_start: '2026-10-22',
  renews_on: '2026-11-22',
  renewal_amount: { minor: 6656, currency: 'EUR' },
};

type Subscription = Record<string, unknown>;

/**
 * From now on shows the screens an account that stands as it was last told to. How an account comes to stand so is for
 * the tests of the server.
 */
async function standings(page: Page): Promise<(subscription: Subscription) => void> {
  let shown: Subscription = {};
  await page.route('**/api/account', async (route) => {
    const response = await route.fetch();
    const account = (await response.json()) as Record<string, unknown>;
    await route.fulfill({ response, json: { ...account, subscription: shown } });
  });
  return (subscription) => {
    shown = subscription;
  };
}

for (const { language, tag } of readers('es')) {
  test(`how a subscription stands is told where it matters (${language})`, { tag }, async ({ page, server, address, guard }) => {
    test.slow();
    // The account is only told to be subscribed: of the subscription itself the server knows nothing.
    guard.expectFailedRequest(404, '/api/subscription');
    const { say, pattern } = words(language);
    const banner = page.getByRole('complementary', { name: say('admin', 'standing', 'label') });
    const state = page.getByRole('region', { name: say('admin', 'subscription', 'state') });
    const calculator = page.getByRole('heading', { name: say('admin', 'subscription', 'choose') });
    await openAccount(page, server, address, { language });
    const stand = await standings(page);

    await test.step('overdue: everybody works, and it can be paid', async () => {
      stand({ ...ACTIVE, overdue_since: '2026-11-22' });
      await page.goto(HOME);
      await expect(banner).toContainText(pattern('admin', 'standing', 'overdue'));
      await expect(state).toContainText(say('admin', 'standing', 'overdue_badge'));
      await checkScreen(page);
      await banner.getByRole('link', { name: say('admin', 'standing', 'overdue_action') }).click();
      await expect(page).toHaveURL(new RegExp(`${SUBSCRIPTION}$`));
      await expect(banner.getByRole('link')).toBeHidden();
      await expect(state).toContainText(say('admin', 'standing', 'overdue_fact'));
      await expect(calculator).toBeHidden();
      await checkScreen(page);
    });

    await test.step('cancelled: it can be resumed', async () => {
      stand({ ...ACTIVE, cancelled: true });
      await page.goto(SUBSCRIPTION);
      await expect(banner).toContainText(pattern('admin', 'standing', 'ends'));
      await expect(state).toContainText(pattern('admin', 'standing', 'ends_text'));
      await checkScreen(page);
    });

    await test.step('suspended: what happened, and what brings the users back', async () => {
      stand({ state: 'suspended', since: '2026-11-22' });
      await page.goto(HOME);
      await expect(banner).toContainText(say('admin', 'standing', 'suspended'));
      await expect(page.getByRole('heading', { name: say('admin', 'standing', 'step_pay') })).toBeVisible();
      await checkScreen(page);
      await page.goto(SUBSCRIPTION);
      await expect(state).toContainText(pattern('admin', 'standing', 'suspended_text'));
      await expect(state).toContainText(say('admin', 'standing', 'suspended_next'));
      await expect(calculator).toBeHidden();
      await checkScreen(page);
      await page.goto(USERS);
      await expect(page.getByText(pattern('admin', 'standing', 'users_suspended', 'one'))).toBeVisible();
    });

    await test.step('ended: it can be subscribed anew', async () => {
      stand({ state: 'ended', since: '2026-11-22' });
      await page.goto(HOME);
      await expect(banner).toContainText(pattern('admin', 'standing', 'ended'));
      await expect(page.getByText(say('admin', 'standing', 'step_ended'))).toBeVisible();
      await page.goto(SUBSCRIPTION);
      await expect(state).toContainText(pattern('admin', 'standing', 'ended_text'));
      await expect(calculator).toBeVisible();
      await checkScreen(page);
    });
    await page.unrouteAll({ behavior: 'wait' });
  });
}
