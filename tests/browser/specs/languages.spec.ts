import type { Page } from '@playwright/test';
import { openAccount, ready, sitePath } from '../fixtures/journey.ts';
import { checkScreen, expect, test } from '../fixtures/test.ts';
import { EVERY_LANGUAGE, type Language, words } from '../fixtures/words.ts';

/** What a language calls itself. */
const nameOf = (language: Language) => words(language).say('shared', 'language', 'native_name');

/** The bar that offers the page in a language. */
const offer = (page: Page, language: Language) => page.getByText(words(language).say('site', 'offer', 'question'));

const expectLanguage = (page: Page, language: Language) => expect(page.locator('html')).toHaveAttribute('lang', language);

for (const language of EVERY_LANGUAGE) {
  const { say } = words(language);

  // Long words are short of room on a phone.
  const tag = language === 'en' ? '@phone' : '@phone-only';
  test(`site and application speak the language of the address (${language})`, { tag }, async ({ page, server, address }) => {
    test.slow();
    await page.goto(sitePath(language, '/pricing?seats=3'));
    await ready(page);
    await expectLanguage(page, language);
    await expect(page.getByLabel(say('site', 'calculator', 'seats'), { exact: true })).toHaveValue('3');
    // What the program says, not the page: it comes from the texts that the page brought.
    await page.getByLabel(say('site', 'calculator', 'seats'), { exact: true }).fill('0');
    await expect(page.getByText(say('site', 'seats_error', 'too_few')).first()).toBeVisible();
    await checkScreen(page);

    await openAccount(page, server, address, { language });
    await expectLanguage(page, language);
    await checkScreen(page);
    for (const [path, title] of [
      ['users', say('admin', 'users', 'title')],
      ['subscription', say('admin', 'subscription', 'title')],
    ] as const) {
      await page.goto(`/app/administration/${path}`);
      await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
      await checkScreen(page);
    }
  });

  test(`search engines are told of the page in every language (${language})`, async ({ page, server }) => {
    await page.goto(sitePath(language, '/pricing'));
    const here = server.url + sitePath(language, '/pricing');
    await expect(page.locator('link[rel=canonical]')).toHaveAttribute('href', here);
    await expect(page.locator('meta[property="og:url"]')).toHaveAttribute('content', here);
    await expect(page.locator('meta[property="og:title"]')).toHaveAttribute('content', await page.title());
    await expect(page.locator('meta[property="og:locale"]')).toHaveAttribute('content', new RegExp(`^${language}_`));
    await expect(page.locator('meta[property="og:locale:alternate"]')).toHaveCount(EVERY_LANGUAGE.length - 1);
    await expect(page.locator('meta[name="twitter:card"]')).toHaveAttribute('content', 'summary_large_image');
    // What is in the picture is said for those who do not see it; and it is there, of the size that is told.
    const told = async (name: string) => (await page.locator(`meta[property="og:${name}"]`).getAttribute('content'))!;
    expect(await told('image:alt')).toContain(words(language).say('site', 'pricing', 'title'));
    const address = await told('image');
    expect(address).toMatch(new RegExp(`^${server.url}/assets/social-${language}-\\w+\\.png$`));
    const size = await page.evaluate(async (address) => {
      const picture = new Image();
      picture.src = address;
      await picture.decode();
      return [picture.naturalWidth, picture.naturalHeight].map(String);
    }, address);
    expect(size).toEqual([await told('image:width'), await told('image:height')]);
    for (const other of EVERY_LANGUAGE) {
      const link = page.locator(`link[rel=alternate][hreflang=${other}]`);
      await expect(link).toHaveAttribute('href', server.url + sitePath(other, '/pricing'));
    }
    await expect(page.locator('link[hreflang=x-default]')).toHaveAttribute('href', `${server.url}/pricing`);
  });
}

test('the sitemap names every public page in every language, and each is there', async ({ request, server }) => {
  expect(await (await request.get('/robots.txt')).text()).toContain(`Sitemap: ${server.url}/sitemap.xml`);
  const sitemap = await (await request.get('/sitemap.xml')).text();
  const addresses = [...sitemap.matchAll(/<loc>(.*?)<\/loc>/g)].map(([, address]) => address!);
  expect(addresses.sort()).toEqual(
    EVERY_LANGUAGE.flatMap((language) => ['/pricing', '/signup'].map((path) => server.url + sitePath(language, path))).sort(),
  );
  for (const address of addresses) expect((await request.get(address)).status(), address).toBe(200);
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('the language is switched without scripts', async ({ page }) => {
    await page.goto('/pricing');
    const { say } = words('en');
    await expect(page.getByRole('link', { name: nameOf('de') })).toBeHidden();
    await page.getByRole('button', { name: `${say('site', 'nav', 'languages')}, ${nameOf('en')}` }).click();
    await page.getByRole('link', { name: nameOf('de') }).click();
    await expect(page).toHaveURL(/\/de\/pricing$/);
    await expectLanguage(page, 'de');
    for (const language of EVERY_LANGUAGE) await expect(offer(page, language)).toBeHidden();
  });
});

test('the switch keeps the choice, follows the page, and is left by Escape', { tag: '@phone' }, async ({ page }) => {
  await page.goto('/pricing?plan=premium&seats=7&period=monthly&currency=CHF');
  await ready(page);
  const button = page.getByRole('button', { name: new RegExp(`, ${nameOf('en')}$`) });
  await button.click();
  await checkScreen(page);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('link', { name: nameOf('es') })).toBeHidden();
  await expect(button).toBeFocused();

  // To another page without a load: the links of the header lead to that page by now.
  await page.getByRole('link', { name: words('en').say('site', 'pricing', 'start_trial') }).first().click();
  await expect(page).toHaveURL(/\/signup\?/);
  await button.click();
  await page.getByRole('link', { name: nameOf('es') }).click();
  await expect(page).toHaveURL(/\/es\/signup\?.*seats=7.*currency=CHF/);
  await expectLanguage(page, 'es');
});

test.describe('a visitor whose browser asks for German', () => {
  test.use({ locale: 'de-AT' });

  test('is offered the page in German, and what is declined is not offered again', { tag: '@phone' }, async ({ page }) => {
    await page.goto('/pricing');
    await expect(offer(page, 'de')).toBeVisible();
    await expect(offer(page, 'fr')).toBeHidden();
    await expectLanguage(page, 'en');
    await checkScreen(page);
    await page.getByRole('button', { name: words('de').say('site', 'offer', 'decline') }).click();
    await expect(offer(page, 'de')).toBeHidden();
    await page.reload();
    await ready(page);
    await expect(offer(page, 'de')).toBeHidden();
  });

  test('the offer leaves the foot of the page free', { tag: '@phone' }, async ({ page }) => {
    await page.goto('/pricing');
    await expect(offer(page, 'de')).toBeInViewport();
    const { y } = (await offer(page, 'de').boundingBox())!;
    expect(y, 'it stands at the foot of the window').toBeGreaterThan(page.viewportSize()!.height * 0.6);
    await page.keyboard.press('End');
    await expect(offer(page, 'de')).toBeInViewport();
    // A click that something else would take fails.
    await page.getByRole('contentinfo').getByRole('link').last().click({ trial: true, timeout: 5_000 });
    await page.getByRole('contentinfo').getByRole('link').first().click({ trial: true, timeout: 5_000 });
  });

  test('reads on in German once that is chosen, with the choice that was made', async ({ page }) => {
    await page.goto('/pricing?seats=9');
    await page.getByRole('link', { name: words('de').say('site', 'offer', 'accept') }).click();
    await expect(page).toHaveURL(/\/de\/pricing\?.*seats=9/);
    await ready(page);
    for (const language of EVERY_LANGUAGE) await expect(offer(page, language)).toBeHidden();
    // The application begins in the language that was chosen.
    await page.goto('/app/sign-in');
    await expectLanguage(page, 'de');
  });
});

test.describe('a visitor whose browser asks for a language that nothing is written in', () => {
  test.use({ locale: 'pt-BR' });

  test('is offered none, and meets the application in English', async ({ page }) => {
    await page.goto('/fr/pricing');
    await ready(page);
    for (const language of EVERY_LANGUAGE) await expect(offer(page, language)).toBeHidden();
    await page.goto('/app/sign-in');
    await expectLanguage(page, 'en');
  });
});

test('an application that could not load its texts says so in the language, and can be tried again', async ({ page, guard }) => {
  const { say } = words('fr');
  guard.expectConsoleError(/Failed to load resource.*texts-fr/);
  guard.expectConsoleError(/uncaught.*fetch/);
  await page.route('**/assets/texts-*', (route) => route.abort());
  await page.goto('/app/sign-in?lang=fr');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(say('admin', 'shell', 'unreachable_title'));
  await expect(page.getByRole('alert')).toContainText(say('admin', 'shell', 'unreachable'));
  await expectLanguage(page, 'fr');
  await checkScreen(page);
  await page.unroute('**/assets/texts-*');
  await page.getByRole('link', { name: say('shared', 'action', 'try_again') }).click();
  await expect(page.getByLabel(say('shared', 'field', 'email'))).toBeVisible();
});

test('a language whose texts could not be loaded is not spoken, which is said, and is spoken at the next try', async ({ page, guard }) => {
  guard.expectConsoleError(/Failed to load resource.*texts-es/);
  await page.goto('/app/sign-in');
  await page.route('**/assets/texts-es*', (route) => route.abort());
  await page.getByRole('button', { name: nameOf('es') }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await expectLanguage(page, 'en');
  await page.unroute('**/assets/texts-es*');
  await page.getByRole('button', { name: nameOf('es') }).click();
  await expect(page.getByRole('button', { name: words('es').say('shared', 'action', 'sign_in') })).toBeVisible();
  await expectLanguage(page, 'es');
});
