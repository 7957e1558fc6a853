import { activationLink, companyOf, PASSWORD, sitePath } from '../fixtures/journey.ts';
import { catalogOf, costOf, written } from '../fixtures/prices.ts';
import { expect, test } from '../fixtures/test.ts';
import { EVERY_LANGUAGE, words } from '../fixtures/words.ts';

test.use({ javaScriptEnabled: false });

/** The same pages with scripts off: read, sign up, activate. */
for (const language of EVERY_LANGUAGE) {
  const { say } = words(language);

  test(`prices, features and questions can be read without scripts (${language})`, async ({ page, server }) => {
    const catalog = await catalogOf(server, language);
    await page.goto(sitePath(language, '/pricing'));
    for (const { id, name } of catalog.plans) {
      const currency = language === 'en' ? 'USD' : 'EUR';
      const unit = costOf(catalog, { plan: id, seats: 1, period: 'monthly', currency });
      const annual = { minor: costOf(catalog, { plan: id, seats: 1, period: 'annual', currency }).minor / 12, currency };
      const card = page.getByRole('article', { name });
      await expect(card).toContainText(new RegExp(`${escape(written(language, annual))}|${escape(written(language, unit))}`));
    }
    const { question } = catalog.faq[0]!;
    await page.locator('summary', { hasText: question }).click();
    await expect(page.locator('details[open]')).toContainText(question);
    await expect(page.getByRole('table')).toBeVisible();
  });

  test(`a trial is asked for and activated without scripts (${language})`, async ({ page, server, address }) => {
    await page.goto(sitePath(language, '/signup?plan=premium&seats=3&period=annual&currency=EUR'));
    await page.getByLabel(say('site', 'sign_up', 'email')).fill(address);
    await page.getByRole('button', { name: say('site', 'sign_up', 'submit') }).click();
    await expect(page).toHaveURL(new RegExp(`${sitePath(language, '/signup/sent')}$`));
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(say('site', 'sent', 'title'));

    await page.goto(await activationLink(server, language, address));
    await page.getByLabel(say('site', 'activate', 'name')).fill('Ada Lovelace');
    await page.getByLabel(say('site', 'activate', 'company'), { exact: true }).fill(companyOf(address));
    await page.getByLabel(say('site', 'activate', 'password'), { exact: true }).fill(PASSWORD);
    await page.getByLabel(say('site', 'activate', 'country'), { exact: true }).selectOption('FR');
    await page.getByLabel(say('site', 'activate', 'terms')).check();
    await page.getByRole('button', { name: say('site', 'activate', 'submit') }).click();
    await expect(page).toHaveURL(/\/app$/);
  });

  test(`an address that is none is told without scripts (${language})`, async ({ page, guard }) => {
    await page.goto(sitePath(language, '/signup'));
    // Past the browser's own check, as an old one would let it through.
    const response = await page.request.post(sitePath(language, '/signup'), { form: { email: 'ada at example' } });
    expect(response.status()).toBe(422);
    expect(await response.text()).toContain(`<html lang="${language}"`);
    await page.goto(sitePath(language, '/signup/invalid'));
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(say('site', 'invalid', 'title'));
    expect(guard.verdict()).toEqual([]);
  });
}

test('the application says that it needs scripts', async ({ page }) => {
  // Asked of the page itself: a browser that is told to run no scripts draws no `noscript` here.
  expect(await (await page.request.get('/app')).text()).toMatch(/<noscript>.*JavaScript.*\/pricing.*<\/noscript>/s);
});

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/ /g, '\\s');
}
