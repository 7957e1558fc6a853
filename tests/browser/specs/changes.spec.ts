import { openSubscription } from '../fixtures/journey.ts';
import { changeScreen, SUBSCRIPTION } from '../fixtures/changing.ts';
import { catalogOf, chargeFor, written, type Choice } from '../fixtures/prices.ts';
import { checkScreen, expect, test } from '../fixtures/test.ts';
import { readers } from '../fixtures/readers.ts';
import { words } from '../fixtures/words.ts';

const CHOICE: Choice = { plan: 'premium', seats: 3, period: 'monthly', currency: 'EUR' };

/** Each change of a subscription, as it is dialled in, previewed, confirmed and told. */
for (const { language, tag } of readers('de')) {
  test.describe(`changes at once (${language})`, { tag }, () => {
    test(`licences are added for the rest of the period`, async ({ page, server, address }) => {
      const { say, seats, summary, press, dialog, confirm, news } = changeScreen(page, language);
      const account = await openSubscription(page, server, address, { language, choice: CHOICE });
      await expect(press(say('changes', 'button', 'nothing'))).toBeDisabled();
      await checkScreen(page);

      await seats.fill('5');
      // On the day of payment the whole period is left.
      const amount = written(language, chargeFor(await catalogOf(server, language), { ...CHOICE, seats: 2 }));
      const what = say('changes', 'button', 'add_licences', { count: 2 });
      const button = say('changes', 'button', 'pay', { what, amount });
      await expect(summary).toContainText(say('changes', 'doing', 'add_licences', { count: 2, total: 5 }));
      await expect(press(button)).toBeEnabled();
      await checkScreen(page);

      await press(button).click();
      await expect(dialog('title')).toContainText(amount);
      await expect(dialog('title')).toContainText('Visa •••• 4242');
      await checkScreen(page);
      await confirm('title', button);
      await expect(page.getByRole('main')).toContainText(say('admin', 'subscription', 'in_use', { used: 1, owned: 5 }));
      await expect(news).toBeVisible();
      await expect(page.getByRole('link', { name: say('changes', 'news', 'see_invoice') })).toBeVisible();
      await expect(press(say('changes', 'button', 'nothing'))).toBeDisabled();
      expect((await account.subscription()).subscription).toMatchObject({ term: { seats: 5 } });
      await checkScreen(page);
    });

    test('the plan is raised: one line of credit, one line of charge', async ({ page, server, address }) => {
      const { plan, summary, press, confirm } = changeScreen(page, language);
      const name = (await catalogOf(server, language)).plans.find(({ id }) => id === 'enterprise')!.name;
      const account = await openSubscription(page, server, address, { language, choice: CHOICE });
      await plan(name).check();
      await expect(summary.getByRole('definition')).toHaveCount(5);
      const button = words(language).pattern('changes', 'button', 'raise_plan');
      await press(button).click();
      await confirm('title', button);
      expect((await account.subscription()).subscription).toMatchObject({ term: { plan: 'enterprise', seats: 3 } });
    });

    test('monthly becomes annual: the preview says that the renewal date moves', async ({ page, startServer, address }) => {
      const { say, period, summary, press, dialog, confirm } = changeScreen(page, language);
      const server = await startServer();
      const account = await openSubscription(page, server, address, { language, choice: CHOICE });
      // On the first day of a period, the year would begin on the same day.
      await server.clock.advanceDays(3);
      await page.goto(server.url + SUBSCRIPTION);
      await period('annual').check();
      await expect(summary).toContainText(say('changes', 'summary', 'anchor'));
      const button = new RegExp(say('changes', 'button', 'go_annual'));
      await press(button).click();
      await expect(dialog('title')).toContainText(say('changes', 'summary', 'anchor'));
      await confirm('title', button);
      expect((await account.subscription()).subscription).toMatchObject({ term: { period: 'annual' } });
    });
  });

  test.describe(`what waits for the renewal (${language})`, { tag }, () => {
    test('fewer licences are scheduled, survive another change, and are withdrawn', async ({ page, server, address }) => {
      const { say, pattern, seats, press, dialog, confirm } = changeScreen(page, language);
      const account = await openSubscription(page, server, address, { language, choice: CHOICE });
      await seats.fill('2');
      const schedule = pattern('changes', 'button', 'schedule');
      await press(schedule).click();
      await expect(dialog('title')).toContainText(say('changes', 'summary', 'no_charge'));
      await confirm('title', schedule);
      const what = say('changes', 'part', 'licences', { count: 2, old: 3 });
      const withdraw = page.getByRole('button', { name: say('changes', 'scheduled', 'withdraw_what', { what }) });
      await expect(withdraw).toBeVisible();
      await checkScreen(page);

      await seats.fill('4');
      const add = pattern('changes', 'button', 'add_licences', 'one');
      await press(add).click();
      await confirm('title', add);
      expect((await account.subscription()).subscription).toMatchObject({ term: { seats: 4 }, scheduled: { seats: 2 } });

      await page.getByRole('button', { name: pattern('changes', 'scheduled', 'withdraw_what') }).click();
      await confirm('withdraw_title', say('changes', 'button', 'withdraw'));
      await expect(page.getByRole('button', { name: pattern('changes', 'scheduled', 'withdraw_what') })).toBeHidden();
      expect((await account.subscription()).subscription.scheduled['seats'] ?? null).toBeNull();
    });

    test('a lower plan and another currency are scheduled together', async ({ page, server, address }) => {
      const { pattern, plan, currency, press, confirm } = changeScreen(page, language);
      const name = (await catalogOf(server, language)).plans.find(({ id }) => id === 'standard')!.name;
      const account = await openSubscription(page, server, address, { language, choice: CHOICE });
      await plan(name).check();
      await currency.selectOption('CHF');
      const schedule = pattern('changes', 'button', 'schedule');
      await press(schedule).click();
      await confirm('title', schedule);
      await expect(page.getByRole('button', { name: pattern('changes', 'scheduled', 'withdraw_what') })).toHaveCount(2);
      expect((await account.subscription()).subscription).toMatchObject({ scheduled: { plan: 'standard', currency: 'CHF' } });
    });

    test('annual becomes monthly at the renewal', async ({ page, server, address }) => {
      const { pattern, period, press, confirm } = changeScreen(page, language);
      const account = await openSubscription(page, server, address, { language, choice: { ...CHOICE, period: 'annual' } });
      await period('monthly').check();
      const schedule = pattern('changes', 'button', 'schedule');
      await press(schedule).click();
      await confirm('title', schedule);
      expect((await account.subscription()).subscription).toMatchObject({ term: { period: 'annual' }, scheduled: { period: 'monthly' } });
    });

    test('cancelled, then resumed', async ({ page, server, address }) => {
      const { say, dialog, confirm } = changeScreen(page, language);
      const account = await openSubscription(page, server, address, { language, choice: CHOICE });
      const cancel = say('changes', 'button', 'cancel');
      await page.getByRole('button', { name: cancel }).click();
      await checkScreen(page);
      await dialog('cancel_title').getByRole('button', { name: say('changes', 'dialog', 'keep') }).click();
      await expect(dialog('cancel_title')).toBeHidden();
      await page.getByRole('button', { name: cancel }).click();
      await confirm('cancel_title', cancel);
      await expect(page.getByText(say('changes', 'cancelling', 'cancelled_title'))).toBeVisible();
      expect((await account.subscription()).subscription).toMatchObject({ cancels_at_period_end: true });
      await checkScreen(page);

      const resume = say('changes', 'button', 'resume');
      await page.getByRole('button', { name: resume }).click();
      await confirm('resume_title', resume);
      await expect(page.getByRole('button', { name: cancel })).toBeVisible();
      expect((await account.subscription()).subscription).toMatchObject({ cancels_at_period_end: false });
    });
  });
}
