import { SUBSCRIPTION, USERS } from '../fixtures/changing.ts';
import { expectToFit } from '../fixtures/fitting.ts';
import { openAccount, openSubscription, ready } from '../fixtures/journey.ts';
import type { Choice } from '../fixtures/prices.ts';
import { expect, test } from '../fixtures/test.ts';
import { words } from '../fixtures/words.ts';

// The language with the longest words, and the largest amounts that there are.
const { say, pattern } = words('de');
const CHOICE: Choice = { plan: 'enterprise', seats: 10_000, period: 'annual', currency: 'JPY' };

test('long words and large text fit before the sign-in: sign-up, sign-in, chat, widget', async ({ page, server, partnerPage }) => {
  await page.goto('/de/signup?plan=enterprise&seats=10000&period=annual&currency=JPY');
  await ready(page);
  await page.getByRole('button', { name: say('site', 'sign_up', 'submit') }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await expectToFit(page);
  await page.goto('/app/sign-in?lang=de');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expectToFit(page);
  await page.goto('/de/chat');
  await expectToFit(page);
  await page.goto('/de/signup');
  await ready(page);
  await page.getByRole('link', { name: say('chat', 'opener', 'open_short') }).click();
  await expect(page.frameLocator('iframe').getByLabel(say('chat', 'panel', 'question'))).toBeFocused();
  await expectToFit(page);
  const widget = '<onedesk-pricing plan="enterprise" seats="10000" period="annual" currency="JPY" lang="de"></onedesk-pricing>';
  const head = `<meta name="viewport" content="width=device-width"><script type="module" src="${server.url}/widget.js"></script>`;
  await page.goto(await partnerPage({ head, body: `<main><h1>Partner</h1>${widget}</main>` }));
  await expect(page.getByRole('article')).toHaveCount(3);
  await expectToFit(page);
});

test('long words and large text fit in the trial: home, users, subscription, confirmation', async ({ page, server, address }) => {
  const account = await openAccount(page, server, address, { language: 'de', choice: CHOICE });
  await expectToFit(page);
  await account.invite([`bernhard.von-und-zu-oberhausen.${address}`]);
  await page.goto(USERS);
  await expect(page.getByRole('row').filter({ hasText: 'bernhard' })).toBeVisible();
  await expectToFit(page);
  await page.goto(SUBSCRIPTION);
  const subscribe = page.getByRole('button', { name: pattern('admin', 'subscription', 'subscribe_to') });
  await expect(subscribe.first()).toBeVisible();
  await expectToFit(page);
  await subscribe.last().click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await expectToFit(page);
});

test('10,000 licences in yen fit where they are paid for: subscription, change, invoices', async ({ page, server, address }) => {
  const account = await openSubscription(page, server, address, { language: 'de', choice: CHOICE });
  await expectToFit(page);
  await page.getByLabel(say('site', 'calculator', 'seats'), { exact: true }).fill('9999');
  await page.getByRole('button', { name: pattern('changes', 'button', 'schedule') }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await expectToFit(page);
  await page.goto('/app');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expectToFit(page);
  const [number] = await account.invoices();
  await page.goto('/app/administration/invoices');
  await expect(page.getByRole('link', { name: number!, exact: true })).toBeVisible();
  await expectToFit(page);
  await page.goto(`/app/administration/invoices/${number}`);
  await expect(page.getByRole('heading', { level: 1 })).toContainText(number!);
  await expectToFit(page);
  await page.goto('/app/administration/billing');
  await expect(page.getByRole('heading', { level: 1, name: say('billing', 'titles', 'details') })).toBeVisible();
  await expectToFit(page);
});
