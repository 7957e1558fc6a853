import type { Locator, Page } from '@playwright/test';
import { CARDS, companyOf, openAccount, openSubscription } from '../fixtures/journey.ts';
import { type Choice } from '../fixtures/prices.ts';
import { checkScreen, expect, test } from '../fixtures/test.ts';
import { readers } from '../fixtures/readers.ts';
import { type Language, words } from '../fixtures/words.ts';

const CHOICE: Choice = { plan: 'premium', seats: 3, period: 'monthly', currency: 'EUR' };
const ADMINISTRATION = '/app/administration';

/** Opens a screen of Administration by its entry in the list at the side. */
async function openScreen(page: Page, language: Language, screen: 'invoices' | 'details' | 'history'): Promise<void> {
  const { say } = words(language);
  const name = say('billing', 'titles', screen);
  await page
    .getByRole('navigation', { name: say('admin', 'shell', 'administration') })
    .getByRole('link', { name })
    .click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
}

/** Types what an address in a country needs, with a VAT number or none. */
async function fillAddress(page: Page, language: Language, country: string, vatNumber: string): Promise<void> {
  const { say } = words(language);
  await page.getByLabel(say('billing', 'details', 'address'), { exact: true }).fill('12 rue des Machines');
  await page.getByLabel(say('billing', 'details', 'postcode')).fill('10115');
  await page.getByLabel(say('billing', 'details', 'city')).fill('Ville');
  await page.getByLabel(say('shared', 'field', 'country')).selectOption(country);
  await page.getByLabel(say('billing', 'details', 'vat_number')).fill(vatNumber);
}

async function save(page: Page, language: Language): Promise<void> {
  await page.getByRole('button', { name: words(language).say('shared', 'action', 'save') }).click();
}

const taxCard = (page: Page, language: Language): Locator =>
  page.getByRole('region', { name: words(language).say('billing', 'tax', 'title') });

for (const { language, tag } of readers('de')) {
  const { say, pattern } = words(language);

  test.describe(`billing (${language})`, { tag }, () => {
    test('before the first payment, the list of invoices says how to get one', async ({ page, server, address }) => {
      await openAccount(page, server, address, { language });
      await page.goto(`${ADMINISTRATION}/users`);
      await openScreen(page, language, 'invoices');
      await expect(page.getByText(say('billing', 'invoices', 'empty'))).toBeVisible();
      await checkScreen(page);
      await page.getByRole('main').getByRole('link', { name: say('shared', 'action', 'subscribe') }).click();
      await expect(page.getByRole('heading', { level: 1, name: say('admin', 'subscription', 'title') })).toBeVisible();
    });

    test('a payment has its invoice: in the list, on a screen of its own, and as a file', async ({ page, server, address }) => {
      await openSubscription(page, server, address, { language, choice: CHOICE });
      await openScreen(page, language, 'invoices');
      const row = page.getByRole('row').filter({ hasText: 'INV-' });
      await expect(row).toHaveCount(1);
      await expect(row).toContainText(say('invoice', 'document', 'invoice'));
      await checkScreen(page);
      const file = page.waitForEvent('download');
      await row.getByRole('link', { name: /^PDF/ }).click();
      expect((await file).suggestedFilename()).toMatch(/^INV-\d{6,}\.pdf$/);

      const number = (await row.getByRole('link').first().textContent())!;
      await row.getByRole('link', { name: number, exact: true }).click();
      const title = say('invoice', 'document', 'numbered', { title: say('invoice', 'document', 'invoice'), number });
      await expect(page.getByRole('heading', { level: 1, name: title })).toBeFocused();
      const main = page.getByRole('main');
      await expect(main).toContainText(companyOf(address));
      await expect(main).toContainText('Premium');
      await expect(main).toContainText(pattern('invoice', 'totals', 'tax_rate'));
      await expect(main).toContainText('4242');
      await checkScreen(page);

      // What is on the screen is what the server holds.
      const held = (await (await page.request.get(`${server.url}/api/invoices/${number}`)).json()) as {
        lines: { text: string }[];
        taxed: Record<'net' | 'tax' | 'gross', { minor: number; currency: string }>;
      };
      for (const { text } of held.lines) await expect(main).toContainText(text.replace(/\s/g, ' '));
      expect(held.taxed.net.minor + held.taxed.tax.minor).toBe(held.taxed.gross.minor);
      const again = page.waitForEvent('download');
      await main.getByRole('link', { name: pattern('billing', 'invoices', 'download') }).click();
      expect((await again).suggestedFilename()).toBe(`${number}.pdf`);
      await main.getByRole('link', { name: say('billing', 'invoices', 'all') }).click();
      await expect(row).toHaveCount(1);
    });

    test('the number of nobody’s invoice, or of somebody else’s, is told as unknown', async ({ page, server, address, guard }) => {
      await openAccount(page, server, address, { language });
      guard.expectFailedRequest(404, '/api/invoices/INV-999999');
      await page.goto(`${ADMINISTRATION}/invoices/INV-999999`);
      await expect(page.getByRole('heading', { level: 1, name: say('billing', 'invoices', 'unknown') })).toBeVisible();
      await page.goto(`${ADMINISTRATION}/invoices/nonsense%20`);
      await expect(page.getByRole('heading', { level: 1, name: say('billing', 'invoices', 'unknown') })).toBeVisible();
      await checkScreen(page);
    });

    test('what is wrong in the billing details is told beside the fields and above them', async ({ page, server, address, guard }) => {
      await openAccount(page, server, address, { language });
      await page.goto(`${ADMINISTRATION}/users`);
      await openScreen(page, language, 'details');
      await expect(page.getByLabel(say('shared', 'field', 'company'))).toHaveValue(companyOf(address));
      await expect(page.getByLabel(say('shared', 'field', 'country'))).toHaveValue('FR');
      await checkScreen(page);
      guard.expectFailedRequest(422, '/api/billing-details');
      await page.getByLabel(say('billing', 'details', 'vat_number')).fill('FR12123456782');
      await save(page, language);
      const summary = page.getByRole('alert');
      await expect(summary.getByRole('listitem')).toHaveCount(3);
      const number = page.getByLabel(say('billing', 'details', 'vat_number'));
      await expect(number).toHaveAccessibleDescription(pattern('shared', 'field_error', 'vat_number_check_digits'));
      await checkScreen(page);
      await summary.getByRole('link', { name: say('billing', 'details', 'address') }).click();
      await expect(page.getByLabel(say('billing', 'details', 'address'), { exact: true })).toBeFocused();

      // A number of another country than the address's contradicts it.
      await fillAddress(page, language, 'DE', 'FR11123456782');
      await save(page, language);
      await expect(number).toHaveAccessibleDescription(pattern('shared', 'field_error', 'vat_number_of_other_country'));
    });

    test('a VAT number of another member state turns the tax into reverse charge, and without it back', async ({ page, server, address }) => {
      await openAccount(page, server, address, { language });
      await page.goto(`${ADMINISTRATION}/billing`);
      const tax = taxCard(page, language);
      await expect(tax).toContainText(pattern('billing', 'tax', 'added'));
      await fillAddress(page, language, 'DE', 'de 100 000 008');
      await save(page, language);
      await expect(page.getByText(say('billing', 'details', 'saved'))).toBeVisible();
      await expect(page.getByLabel(say('billing', 'details', 'vat_number'))).toHaveValue('DE100000008');
      await expect(tax).toContainText(pattern('billing', 'tax', 'reverse_charge'));
      await expect(tax).toContainText(pattern('billing', 'tax', 'confirmed'));

      await page.reload();
      await expect(tax).toContainText(pattern('billing', 'tax', 'reverse_charge'));
      await page.getByLabel(say('billing', 'details', 'vat_number')).fill('');
      await save(page, language);
      await expect(tax).toContainText(pattern('billing', 'tax', 'added'));
      await expect(tax).toContainText(pattern('billing', 'tax', 'without_number'));
      await checkScreen(page);
    });

    test('the register’s answer is told: a wrong number with what follows, one that is not answered as pending', async ({ page, server, address }) => {
      await openAccount(page, server, address, { language });
      await page.goto(`${ADMINISTRATION}/billing`);
      const tax = taxCard(page, language);
      await fillAddress(page, language, 'DE', 'DE200000005');
      await save(page, language);
      await expect(tax).toContainText(pattern('billing', 'tax', 'wrong'));
      await expect(tax).toContainText(pattern('billing', 'tax', 'added'));
      await checkScreen(page);
      await page.getByLabel(say('billing', 'details', 'vat_number')).fill('DE300000002');
      await save(page, language);
      await expect(tax).toContainText(pattern('billing', 'tax', 'pending'));
      await expect(tax).toContainText(pattern('billing', 'tax', 'reverse_charge'));
    });

    test('a subscriber sees the stored card and replaces it', async ({ page, server, address }) => {
      await openSubscription(page, server, address, { language, choice: CHOICE });
      await openScreen(page, language, 'details');
      const card = page.getByRole('region', { name: say('billing', 'card', 'title'), exact: true });
      await expect(card).toContainText('4242');
      await expect(card).toContainText('12/2040');
      await checkScreen(page);
      await card.getByRole('button', { name: say('billing', 'card', 'replace') }).click();
      await expect(page).toHaveURL(/\/sandbox\/pay\//);
      await page.getByLabel(say('sandbox_payment', 'form', 'number')).fill(CARDS.asksHolder);
      await page.getByLabel(say('sandbox_payment', 'form', 'expiry')).fill('11/39');
      await page.getByLabel(say('sandbox_payment', 'form', 'cvc')).fill('123');
      await page.getByLabel(say('sandbox_payment', 'form', 'name')).fill('Ada Lovelace');
      await page.locator('form').getByRole('button').first().click();
      await page.getByRole('button', { name: say('sandbox_payment', 'challenge', 'complete') }).click();
      await expect(page.getByRole('heading', { level: 1, name: say('billing', 'card', 'replaced') })).toBeVisible();
      await checkScreen(page);
      await page.getByRole('link', { name: say('billing', 'card', 'back') }).click();
      await expect(card).toContainText('3155');
      await expect(card).toContainText('11/2039');
    });

    test('the history shows what was done, by whom', async ({ page, server, address }) => {
      await openSubscription(page, server, address, { language, choice: CHOICE });
      await openScreen(page, language, 'history');
      const deeds = page.getByRole('row').filter({ hasText: 'Ada Lovelace' });
      await expect(deeds.first()).toBeVisible();
      const before = await deeds.count();
      await checkScreen(page);
      await openScreen(page, language, 'details');
      await fillAddress(page, language, 'FR', '');
      await save(page, language);
      await expect(page.getByText(say('billing', 'details', 'saved'))).toBeVisible();
      await openScreen(page, language, 'history');
      await expect(deeds).toHaveCount(before + 1);
    });
  });
}

test.describe('lists and their ends', () => {
  const { say } = words('en');

  /** Answers as the history of a busy account: 3 entries a page, two of one day. */
  const entry = (at: number) => ({
    at: `2026-11-${String(20 - Math.floor(at / 2)).padStart(2, '0')}T10:00:00Z`,
    on: `2026-11-${String(20 - Math.floor(at / 2)).padStart(2, '0')}`,
    time: '10:00',
    actor: 'Ada Lovelace',
    action: 'user.added',
    text: `Deed ${at}`,
  });

  test('older entries come page by page, and reading goes on at the first of them', async ({ page, server, address, guard }) => {
    await openAccount(page, server, address);
    let fail = true;
    await page.route('**/api/history*', async (route) => {
      const before = Number(new URL(route.request().url()).searchParams.get('before') ?? 0);
      if (before === 3 && fail) {
        fail = false;
        return route.fulfill({ status: 500, body: 'proxy error' });
      }
      const entries = [before, before + 1, before + 2].map(entry);
      return route.fulfill({ json: before < 6 ? { entries, older_than: String(before + 3) } : { entries } });
    });
    await page.goto(`${ADMINISTRATION}/history`);
    const deeds = page.getByRole('row').filter({ hasText: 'Deed' });
    const older = page.getByRole('button', { name: say('billing', 'titles', 'older') });
    await expect(deeds).toHaveCount(3);
    guard.expectFailedRequest(500, '/api/history');
    await older.click();
    await expect(page.getByRole('alert')).toBeVisible();
    await expect(deeds).toHaveCount(3);
    await older.click();
    await expect(deeds).toHaveCount(6);
    await expect(page.getByRole('alert')).toHaveCount(0);
    await expect(deeds.nth(3)).toBeFocused();
    // A day that goes on on the next page is not named twice.
    await expect(page.getByRole('row', { name: 'November 19, 2026' })).toHaveCount(1);
    await older.click();
    await expect(deeds).toHaveCount(9);
    await expect(deeds.nth(6)).toBeFocused();
    await expect(older).toHaveCount(0);
    await checkScreen(page);
  });

  test('a screen that could not be filled says so, and tries again', async ({ page, server, address, guard }) => {
    await openAccount(page, server, address);
    guard.expectConsoleError(/ERR_/);
    await page.route('**/api/billing-details', (route) => route.abort('connectionreset'));
    await page.goto(`${ADMINISTRATION}/billing`);
    await expect(page.getByText(say('shared', 'problem', 'no_answer'))).toBeVisible();
    await page.unroute('**/api/billing-details');
    await page.getByRole('button', { name: say('shared', 'action', 'try_again') }).click();
    await expect(taxCard(page, 'en')).toBeVisible();
  });
});
