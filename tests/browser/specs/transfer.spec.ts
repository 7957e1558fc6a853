import { openAccount } from '../fixtures/journey.ts';
import { catalogOf, chargeFor, query, written, type Choice } from '../fixtures/prices.ts';
import { checkScreen, expect, test } from '../fixtures/test.ts';
import { words } from '../fixtures/words.ts';

const { say, pattern } = words('en');
const CHOICE: Choice = { plan: 'premium', seats: 3, period: 'annual', currency: 'EUR' };
const SCREEN = '/app/administration/subscription';

/** Paying without a card: the order waits until the money has arrived. */
test('an order by bank transfer says where to pay, waits, and can be cancelled', { tag: '@phone' }, async ({ page, context, server, address }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: server.url });
  await openAccount(page, server, address, { choice: query(CHOICE) });
  const due = written('en', chargeFor(await catalogOf(server), CHOICE));
  await page.goto(server.url + SCREEN);
  await page.getByRole('button', { name: say('admin', 'subscription', 'subscribe_to', { plan: 'Premium' }) }).first().click();
  const dialog = page.getByRole('dialog', { name: say('admin', 'confirmation', 'title') });
  const ways = dialog.getByRole('group', { name: say('admin', 'transfer', 'way') });
  await expect(ways.getByRole('radio', { name: say('admin', 'transfer', 'way_card') })).toBeChecked();
  await ways.getByRole('radio', { name: say('admin', 'transfer', 'way_transfer') }).check();
  await expect(dialog).toContainText(say('admin', 'transfer', 'begins'));
  await expect(dialog).toContainText(due);
  await checkScreen(page);
  await dialog.getByRole('button', { name: say('admin', 'transfer', 'confirm') }).click();

  await expect(page.getByRole('heading', { level: 1, name: say('admin', 'transfer', 'open_title') })).toBeVisible();
  const main = page.getByRole('main');
  await expect(main).toContainText(due);
  await expect(main).toContainText('FR76 3000 6000 0112 3456 7890 189');
  await main.getByRole('button', { name: say('admin', 'transfer', 'copy_what', { name: 'IBAN' }) }).click();
  await expect(main.getByRole('status')).toHaveText(say('admin', 'transfer', 'copied', { name: 'IBAN' }));
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('FR7630006000011234567890189');
  const file = main.getByRole('link', { name: say('admin', 'transfer', 'pro_forma') });
  const pro_forma = await page.request.get(server.url + (await file.getAttribute('href')));
  expect(pro_forma.headers()['content-type']).toBe('application/pdf');
  await checkScreen(page);

  await page.goto(server.url + SCREEN);
  const open = page.getByRole('region', { name: say('admin', 'transfer', 'open_title') });
  await expect(open).toContainText(pattern('admin', 'transfer', 'open'));
  await checkScreen(page);
  await open.getByRole('link', { name: say('admin', 'transfer', 'see') }).click();
  await page.getByRole('button', { name: say('admin', 'open_payment', 'abandon') }).click();
  await expect(page.getByRole('heading', { level: 1, name: say('admin', 'order', 'cancelled_title') })).toBeVisible();
});
