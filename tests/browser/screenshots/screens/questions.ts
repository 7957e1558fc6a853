import { changeScreen, SUBSCRIPTION, USERS } from '../../fixtures/changing.ts';
import { Account } from '../../fixtures/account.ts';
import type { Choice } from '../../fixtures/prices.ts';
import { expect } from '../../fixtures/test.ts';
import { LONGEST, type Screen, signInTo, type Visit } from '../screen.ts';

const CHOICE: Choice = { plan: 'premium', seats: 1, period: 'monthly', currency: 'EUR' };

/** Presses a button of a sample account's Subscription screen, which asks before it does anything. */
async function press(company: string, visit: Visit, button: string | RegExp, dialog: string): Promise<void> {
  const { page, server, language } = visit;
  await signInTo(company, visit);
  await page.goto(server.url + SUBSCRIPTION);
  await page.getByRole('button', { name: button }).first().click();
  await expect(changeScreen(page, language).dialog(dialog)).toBeVisible();
}

/** What is asked before something is done. */
const ASKED: Screen[] = [
  {
    name: 'change-cancel',
    title: 'Cancel the subscription?',
    open: (visit) => press('Monthly Example', visit, visit.say('changes', 'button', 'cancel'), 'cancel_title'),
  },
  {
    name: 'change-resume',
    title: 'Resume the subscription?',
    open: (visit) => press('Leaving Example', visit, visit.say('changes', 'button', 'resume'), 'resume_title'),
  },
  {
    name: 'change-withdraw',
    title: 'Withdraw a scheduled change?',
    open: (visit) => press('Scheduled Example', visit, visit.pattern('changes', 'scheduled', 'withdraw_what'), 'withdraw_title'),
  },
  {
    name: 'users-reactivate',
    title: 'Users: no licence is left for somebody who comes back',
    open: async (visit) => {
      const { page, server, address, language, say, guard } = visit;
      const account = await Account.open(page, server, address, { language });
      const name = `bob.${address}`;
      await account.invite([name]);
      await account.deactivate([name]);
      await account.subscribe(CHOICE);
      await page.goto(server.url + USERS);
      guard.expectFailedRequest(409, '/reactivation');
      await page.getByRole('button', { name: say('admin', 'users', 'reactivate_whom', { name }) }).click();
      await expect(page.getByRole('dialog')).toBeVisible();
    },
  },
];

export const QUESTIONS: Screen[] = ASKED.map((screen) => ({ ...screen, languages: LONGEST, window: true }));
