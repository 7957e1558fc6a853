import type { Page } from '@playwright/test';
import {
  activationLink,
  CARDS,
  companyOf,
  expectReceipt,
  openAccount,
  openAdministration,
  PASSWORD,
  ready,
} from '../fixtures/journey.ts';
import { expect, test } from '../fixtures/test.ts';
import { words } from '../fixtures/words.ts';

const { say, pattern } = words('en');

/** Presses Tab until the element of a role and name has the focus, as somebody without a mouse does. */
async function tabTo(page: Page, role: Parameters<Page['getByRole']>[0], name: string | RegExp): Promise<void> {
  const wanted = page.getByRole(role, { name, exact: typeof name === 'string' }).first();
  await expect(wanted).toBeVisible();
  for (let presses = 0; presses < 60; presses += 1) {
    if (await wanted.evaluate((element) => element === document.activeElement)) {
      // A radio button shows its focus on the label that holds it.
      const shown = await wanted.evaluate((element) =>
        [element, element.closest('label')].some((place) => place && getComputedStyle(place).outlineStyle !== 'none'),
      );
      expect(shown, `${role} “${name}” shows that it has the focus`).toBe(true);
      return;
    }
    await page.keyboard.press('Tab');
  }
  throw new Error(`60 presses of Tab did not reach ${role} “${name}”`);
}

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
