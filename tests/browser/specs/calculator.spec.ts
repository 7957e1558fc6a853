import { ready } from '../fixtures/journey.ts';
import { catalogOf, costOf, query, written, type Choice } from '../fixtures/prices.ts';
import { checkScreen, expect, test } from '../fixtures/test.ts';
import { words } from '../fixtures/words.ts';

const { say, pattern } = words('en');
const SEATS = say('site', 'calculator', 'seats');

/** What can be done to the calculator of the pricing page, good and bad. */
test.describe('calculator', () => {
  test('totals of all plans follow every change', async ({ page, server }) => {
    const catalog = await catalogOf(server);
    await page.goto('/pricing');
    await ready(page);
    const expectTotals = async (choice: Omit<Choice, 'plan'>) => {
      for (const { id, name } of catalog.plans) {
        const total = written('en', costOf(catalog, { ...choice, plan: id }));
        await expect(page.getByRole('article', { name })).toContainText(total);
      }
    };
    await page.getByLabel(SEATS, { exact: true }).fill('37');
    await page.getByRole('radio', { name: say('site', 'calculator', 'monthly') }).check();
    await expectTotals({ seats: 37, period: 'monthly', currency: 'USD' });
    await page.getByLabel(say('site', 'calculator', 'currency')).selectOption('JPY');
    await expectTotals({ seats: 37, period: 'monthly', currency: 'JPY' });
    await page.getByRole('radio', { name: say('site', 'calculator', 'annual') }).check();
    await page.getByRole('button', { name: say('site', 'calculator', 'more') }).click();
    await expectTotals({ seats: 38, period: 'annual', currency: 'JPY' });
    await page.getByRole('slider').fill('0');
    await expectTotals({ seats: 1, period: 'annual', currency: 'JPY' });
    await expect(page.getByRole('button', { name: say('site', 'calculator', 'fewer') })).toBeDisabled();
  });

  for (const [typed, key] of [
    ['0', 'too_few'],
    ['-1', 'too_few'],
    ['1.5', 'not_whole'],
    ['', 'empty'],
    ['1e9', 'not_a_number'],
    ['99999999999999999999', 'too_many'],
    ['10001', 'too_many'],
    ['twelve people, please', 'not_a_number'],
    ['<img src=x onerror=alert(1)>', 'not_a_number'],
  ] as const) {
    test(`seats “${typed}” are told what is wrong, and nothing is lost`, async ({ page }) => {
      await page.goto('/pricing?plan=premium&seats=7&period=annual&currency=EUR');
      await ready(page);
      const seats = page.getByLabel(SEATS, { exact: true });
      await seats.fill(typed);
      await expect(seats).toHaveValue(typed);
      await expect(seats).toHaveAttribute('aria-invalid', 'true');
      await expect(seats).toHaveAccessibleDescription(pattern('site', 'seats_error', key));
      if (typed === '0') await checkScreen(page);
      await seats.fill('8');
      await expect(seats).not.toHaveAttribute('aria-invalid');
      await expect(page).toHaveURL(/seats=8/);
    });
  }

  test('what is dialled in while the page is taken over stands everywhere on it', async ({ page, server }) => {
    const catalog = await catalogOf(server);
    // The parts of the page are taken over in tasks of their own: after each, somebody presses “one more”.
    await page.addInitScript(() => {
      const later = window.setTimeout.bind(window);
      const impatient = (act: () => void, wait?: number) =>
        later(() => {
          act();
          if (!document.documentElement.hasAttribute('data-ready')) {
            document.querySelector<HTMLElement>('.seats__step[aria-controls=seats]:last-of-type')?.click();
          }
        }, wait);
      window.setTimeout = impatient as typeof window.setTimeout;
    });
    await page.goto('/pricing?plan=enterprise&seats=40&period=monthly&currency=GBP&partner=acme');
    await ready(page);
    const dialled = page.getByLabel(SEATS, { exact: true });
    await expect(dialled).not.toHaveValue('40');
    const seats = Number(await dialled.inputValue());
    expect(seats, 'presses that came while other parts still waited for their turn').toBeGreaterThan(41);
    for (const { id, name } of catalog.plans) {
      const choice: Choice = { plan: id, seats, period: 'monthly', currency: 'GBP' };
      const card = page.getByRole('article', { name });
      await expect(card).toContainText(written('en', costOf(catalog, choice)));
      await expect(card.getByRole('radio')).toBeChecked({ checked: id === 'enterprise' });
      await expect(card.getByRole('link')).toHaveAttribute('href', new RegExp(`seats=${seats}&.*partner=acme|partner=acme&.*seats=${seats}`));
    }
    await expect(page).toHaveURL(new RegExp(`seats=${seats}`));
    await expect(page.getByRole('slider')).toHaveAttribute('aria-valuetext', new RegExp(`^${seats} `));
  });

  test('the choice survives a reload and goes along with a shared address', async ({ page, context }) => {
    const choice: Choice = { plan: 'enterprise', seats: 12, period: 'monthly', currency: 'GBP' };
    await page.goto(`/pricing${query(choice)}`);
    await ready(page);
    await page.getByLabel(SEATS, { exact: true }).fill('13');
    await expect(page).toHaveURL(/seats=13/);
    await page.reload();
    await expect(page.getByLabel(SEATS, { exact: true })).toHaveValue('13');
    const friend = await context.newPage();
    await friend.goto(page.url());
    await expect(friend.getByRole('radio', { name: 'Enterprise', exact: true })).toBeChecked();
    await expect(friend.getByRole('radio', { name: say('site', 'calculator', 'monthly') })).toBeChecked();
    await expect(friend.getByLabel(say('site', 'calculator', 'currency'))).toHaveValue('GBP');
  });

  for (const [address, told] of [
    ['?plan=gold&seats=12&period=annual&currency=EUR', 'gold'],
    ['?plan=premium&seats=-3&period=annual&currency=EUR', '-3'],
    ['?plan=premium&seats=1e9&period=annual&currency=EUR', '1e9'],
    ['?plan=premium&seats=12&period=weekly&currency=EUR', 'weekly'],
    ['?plan=premium&seats=12&period=annual&currency=XAU', 'XAU'],
    ['?plan=%FF%FE&seats=%00&period=&currency=%3Cscript%3E', '<script>'],
  ] as const) {
    test(`a broken address ${address} falls back and says so`, async ({ page }) => {
      await page.goto(`/pricing${address}`);
      await ready(page);
      await expect(page.getByText(say('site', 'choice', 'title'))).toBeVisible();
      await expect(page.getByRole('main')).toContainText(told);
      if (told === 'gold') await checkScreen(page);
      await expect(page.getByRole('article')).toHaveCount(3);
      await expect(page.getByLabel(SEATS, { exact: true })).not.toHaveValue('');
    });
  }

  test('a settled total is told politely, once', async ({ page }) => {
    await page.goto('/pricing?plan=standard&seats=2&period=monthly&currency=USD');
    await ready(page);
    await page.getByLabel(SEATS, { exact: true }).press('End');
    await page.keyboard.type('3');
    const told = page.locator('[aria-live="polite"], [role="status"]').filter({ hasText: 'Standard, 23 users' });
    await expect(told).toHaveCount(1);
    await expect(told).toContainText('$321.77');
  });

  test('the language changes with the choice kept', async ({ page }) => {
    await page.goto('/pricing?plan=standard&seats=21&period=monthly&currency=CAD');
    await ready(page);
    await page.getByRole('banner').getByRole('button', { name: 'Language' }).click();
    await page.getByRole('link', { name: 'Français' }).first().click();
    await expect(page).toHaveURL(/\/fr\/pricing\?.*seats=21/);
    await ready(page);
    await expect(page.getByRole('article', { name: 'Standard' })).toContainText(/398,79\s\$CA/);
  });
});
