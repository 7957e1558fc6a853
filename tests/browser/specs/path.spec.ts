import {
  activate,
  activationLink,
  addUsers,
  CARDS,
  companyOf,
  expectReceipt,
  openAdministration,
  payWith,
  ready,
  signUp,
  sitePath,
  subscribe,
} from '../fixtures/journey.ts';
import { catalogOf, chargeFor, costOf, query, taxOn, written, type Choice } from '../fixtures/prices.ts';
import { checkScreen, expect, test } from '../fixtures/test.ts';
import { words } from '../fixtures/words.ts';

/** The whole way of a buyer, as the source document tells it, with a look by axe at every screen. */
for (const language of ['en', 'fr'] as const) {
  test(`from the pricing page to a paid subscription (${language})`, { tag: '@phone' }, async ({ page, server, address }) => {
    test.slow();
    const { say, pattern } = words(language);
    const catalog = await catalogOf(server, language);
    const choice: Choice = { plan: 'premium', seats: 4, period: 'annual', currency: 'CHF' };
    const name = catalog.plans.find(({ id }) => id === choice.plan)!.name;
    const net = costOf(catalog, choice);
    const [price, tax] = [written(language, net), written(language, taxOn(net))];
    const due = written(language, chargeFor(catalog, choice));

    await page.goto(sitePath(language, '/pricing'));
    await ready(page);
    await expect(page.locator('html')).toHaveAttribute('lang', language);
    await page.getByLabel(say('site', 'calculator', 'seats'), { exact: true }).fill(String(choice.seats));
    await page.getByRole('radio', { name: say('site', 'calculator', 'annual') }).check();
    await page.getByLabel(say('site', 'calculator', 'currency')).selectOption(choice.currency);
    await page.getByRole('radio', { name, exact: true }).check();
    const card = page.getByRole('article', { name });
    await expect(card).toContainText(price);
    await expect(page).toHaveURL(new RegExp(query(choice).replace('?', '\\?')));
    await checkScreen(page);

    await card.getByRole('link', { name: say('site', 'pricing', 'start_trial') }).click();
    await expect(page.getByText(pattern('site', 'sign_up', 'chosen'))).toBeVisible();
    await checkScreen(page);
    await signUp(page, language, address);
    await checkScreen(page);

    const link = await activationLink(server, language, address);
    await page.goto(link);
    await expect(page.getByLabel(say('site', 'activate', 'company'), { exact: true })).toBeVisible();
    await checkScreen(page);
    await activate(page, language, link, companyOf(address));
    await expect(page.locator('html')).toHaveAttribute('lang', language);
    await expect(page.getByText(pattern('admin', 'banner', 'days_left'))).toBeVisible();
    await checkScreen(page);

    await openAdministration(page, language, 'users');
    await expect(page.getByText(say('admin', 'users', 'empty_title'))).toBeVisible();
    await expect(page.getByText(say('admin', 'customers', 'title'))).toBeVisible();
    await checkScreen(page);
    await addUsers(page, language, [`bob.${address}`, `cy.${address}`]);
    await server.mail.waitFor(`bob.${address}`, pattern('mail', 'invitation', 'subject'));
    await expect(page.getByRole('row')).toHaveCount(4);
    await checkScreen(page);

    await openAdministration(page, language, 'subscription');
    await expect(page.getByLabel(say('site', 'calculator', 'seats'), { exact: true })).toHaveValue('4');
    await expect(page.getByLabel(say('site', 'calculator', 'currency'))).toHaveValue('CHF');
    const summary = page.getByRole('region', { name: say('admin', 'subscription', 'summary') });
    for (const amount of [price, tax, due]) await expect(summary).toContainText(amount);
    await checkScreen(page);
    await page.getByRole('button', { name: say('admin', 'subscription', 'subscribe_to', { plan: name }) }).first().click();
    const dialog = page.getByRole('dialog', { name: say('admin', 'confirmation', 'title') });
    for (const amount of [price, tax, due]) await expect(dialog).toContainText(amount);
    await checkScreen(page);
    await dialog.getByRole('button', { name: say('admin', 'confirmation', 'not_now') }).click();
    await expect(dialog).toBeHidden();
    await subscribe(page, language, name);

    await expect(page.getByRole('button', { name: pattern('sandbox_payment', 'form', 'pay') })).toContainText(due);
    await checkScreen(page);
    await payWith(page, language, CARDS.pays);
    await expectReceipt(page, language);
    for (const amount of [price, tax, due]) await expect(page.getByRole('main')).toContainText(amount);
    await expect(page.getByRole('main')).toContainText('4242');
    await checkScreen(page);

    const file = page.getByRole('link', { name: say('admin', 'tax', 'download') });
    const invoice = await page.request.get((await file.getAttribute('href')) ?? '');
    expect(invoice.headers()['content-type']).toBe('application/pdf');

    const receipt = await server.mail.waitFor(address, pattern('mail', 'receipt', 'subject'));
    expect(receipt.text.replace(/\s/g, ' ')).toContain(due);

    await openAdministration(page, language, 'subscription');
    await expect(page.getByRole('main')).toContainText(say('admin', 'subscription', 'in_use', { used: 3, owned: 4 }));
    await checkScreen(page);
  });
}
