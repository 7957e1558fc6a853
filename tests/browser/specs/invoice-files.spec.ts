import { Account } from '../fixtures/account.ts';
import { copyOfCatalog } from '../fixtures/catalog.ts';
import { changeScreen, SUBSCRIPTION } from '../fixtures/changing.ts';
import { expectFileToSayTheSame } from '../fixtures/invoice.ts';
import { catalogOf, type Choice } from '../fixtures/prices.ts';
import { checkScreen, expect, test } from '../fixtures/test.ts';
import { readers } from '../fixtures/readers.ts';
import { words } from '../fixtures/words.ts';

const CHOICE: Choice = { plan: 'standard', seats: 3, period: 'monthly', currency: 'EUR' };
const INVOICES = '/app/administration/invoices';

const BUYER = {
  company: 'Machines & Fils SARL',
  address: ['12 rue des Machines', 'Bâtiment B'],
  postcode: '69003',
  city: 'Lyon',
  country: 'FR',
  vat_number: 'FR44732829320',
};

/** What stands on a screen stands in the file, word for word and cent for cent. */
for (const { language, tag } of readers('fr')) {
  const { say, pattern } = words(language);

  test.describe(`files of invoices (${language})`, { tag }, () => {
    test('a first order, added licences, and a higher plan with its credit', async ({ page, startServer, address }) => {
      test.slow();
      const server = await startServer();
      const account = await Account.open(page, server, address, { language });
      await account.bill(BUYER);
      await account.subscribe(CHOICE);
      const openNewest = async () => page.goto(`${server.url}${INVOICES}/${(await account.invoices())[0]}`);
      await openNewest();
      expect((await expectFileToSayTheSame(page, language)).lines).toHaveLength(1);
      await checkScreen(page);

      await server.clock.advanceDays(10);
      await account.change({ change: { seats: 5 } });
      await openNewest();
      expect((await expectFileToSayTheSame(page, language)).lines).toHaveLength(1);

      await account.change({ change: { plan: 'premium' } });
      await openNewest();
      const raised = await expectFileToSayTheSame(page, language);
      expect(raised.lines).toHaveLength(2);
      expect(raised.lines[0]![1], 'the unused part is given back').toMatch(/^-/);
      await checkScreen(page);

      // Through the list, as a person gets there.
      await page.getByRole('main').getByRole('link', { name: say('billing', 'invoices', 'all') }).click();
      await expect(page.getByRole('row').filter({ hasText: 'INV-' })).toHaveCount(3);
      await checkScreen(page);
    });

    test('a business in another member state, whose VAT number turns the tax over to it', async ({ page, server, address }) => {
      const account = await Account.open(page, server, address, { language });
      await account.bill({ ...BUYER, postcode: '10115', city: 'Berlin', country: 'DE', vat_number: 'DE100000008' });
      await account.subscribe({ ...CHOICE, period: 'annual' });
      await page.goto(`${INVOICES}/${(await account.invoices())[0]}`);
      const said = await expectFileToSayTheSame(page, language);
      await expect(page.getByRole('main')).toContainText(say('invoice', 'mention', 'reverse_charge'));
      expect(said.sums[1]![1], 'no tax').toMatch(/0[.,]00/);
      await checkScreen(page);
    });

    test('a credit note, and what its credit pays: an order whole, and another in part', async ({
      page,
      startServer,
      address,
    }) => {
      test.slow();
      // Bought dearly: when prices fall, even a higher plan costs less than what is given back.
      const catalog = await copyOfCatalog();
      await catalog.rewrite((text) => text.replaceAll('"12.99"', '"62.99"').replaceAll('"18.49"', '"68.49"').replaceAll('"27.49"', '"77.49"'));
      const server = await startServer({ catalog: catalog.file, env: { SUBSCRIBE_DEV_RELOAD: 'true' } });
      const account = await Account.open(page, server, address, { language });
      await account.bill(BUYER);
      await account.subscribe({ ...CHOICE, plan: 'premium' });
      await server.stop();
      await catalog.remove();
      await server.resume({});

      const { plan, seats, summary, press, dialog, confirm } = changeScreen(page, language);
      const openNewest = async () => {
        await page.getByRole('link', { name: say('changes', 'news', 'see_invoice') }).click();
        await expect(page.getByRole('main')).toContainText(say('invoice', 'totals', 'net'));
      };
      await page.goto(server.url + SUBSCRIPTION);
      await plan((await catalogOf(server, language)).plans.find(({ id }) => id === 'enterprise')!.name).check();
      await expect(summary).toContainText(say('changes', 'summary', 'credit_added'));
      await expect(summary).toContainText(say('changes', 'summary', 'no_charge'));
      await checkScreen(page);
      const free = pattern('changes', 'button', 'free');
      await press(free).click();
      await checkScreen(page);
      await confirm('title', free);
      await openNewest();
      await expect(page.getByRole('heading', { level: 1 })).toContainText(say('invoice', 'document', 'credit_note'));
      const given = await expectFileToSayTheSame(page, language);
      expect(given.sums.at(-1)![0]).toBe(say('invoice', 'totals', 'credited'));
      await checkScreen(page);

      await page.goto(server.url + SUBSCRIPTION);
      await seats.fill('4');
      await expect(summary).toContainText(say('changes', 'summary', 'credit_used'));
      await press(free).click();
      await expect(dialog('title')).toContainText(say('changes', 'summary', 'no_charge'));
      await checkScreen(page);
      await confirm('title', free);
      expect((await account.subscription()).subscription.term.seats).toBe(4);
      await openNewest();
      const whole = await expectFileToSayTheSame(page, language);
      expect(whole.sums.at(-1)![1], 'nothing is left to pay').toMatch(/0[.,]00/);
      expect(whole.sums.at(-2), 'what the credit pays is taken off').toEqual([
        say('invoice', 'totals', 'credit_used'),
        expect.stringMatching(/^-/),
      ]);
      await checkScreen(page);

      await account.change({ change: { seats: 20 } });
      const [newest] = await account.invoices();
      await page.goto(`${server.url}${INVOICES}/${newest}`);
      const part = await expectFileToSayTheSame(page, language);
      expect(part.sums.map(([name]) => name)).toContain(say('invoice', 'totals', 'credit_used'));
      expect((await account.subscription()).credits).toEqual([]);

      await page.goto(server.url + INVOICES);
      await expect(page.getByRole('row').filter({ hasText: 'INV-' })).toHaveCount(4);
      await expect(page.getByRole('row').filter({ hasText: say('invoice', 'document', 'credit_note') })).toHaveCount(1);
      await checkScreen(page);
    });
  });
}
