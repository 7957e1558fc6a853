import { fileURLToPath } from 'node:url';
import { Account } from '../../fixtures/account.ts';
import { copyOfCatalog } from '../../fixtures/catalog.ts';
import { openAccount } from '../../fixtures/journey.ts';
import { expect, Server } from '../../fixtures/test.ts';
import { LONGEST, type Screen, signInTo, type Visit } from '../screen.ts';

const CATALOG = fileURLToPath(new URL('../../../../catalog/onedesk.toml', import.meta.url));
const ADMINISTRATION = '/app/administration';

/** Opens a screen of a sample account by the last part of its address, and waits for its heading. */
async function go(company: string, path: string, visit: Visit): Promise<void> {
  await signInTo(company, visit);
  await opened(path, visit);
}

async function opened(path: string, { page, server, say }: Visit): Promise<void> {
  await page.goto(`${server.url}${ADMINISTRATION}/${path}`);
  const title = { invoices: 'invoices', billing: 'details', history: 'history' }[path]!;
  await expect(page.getByRole('heading', { level: 1, name: say('billing', 'titles', title) })).toBeVisible();
}

/** Opens the newest invoice of a sample account. */
async function goToInvoice(company: string, visit: Visit): Promise<void> {
  await openInvoice(visit, await signInTo(company, visit));
}

async function openInvoice(visit: Visit, account: Account): Promise<void> {
  const [newest] = await account.invoices();
  await visit.page.goto(`${visit.server.url}${ADMINISTRATION}/invoices/${newest}`);
  await expect(visit.page.getByRole('heading', { level: 1 })).toContainText(newest!);
}

/** Invoices, billing details, history. */
export const BILLING: Screen[] = [
  {
    name: 'invoices',
    title: 'Invoices',
    open: async (visit) => {
      await go('Raised Example', 'invoices', visit);
      await expect(visit.page.getByRole('row').filter({ hasText: 'INV-' }).first()).toBeVisible();
    },
  },
  {
    name: 'invoices-none',
    title: 'Invoices before the first payment',
    open: async (visit) => {
      const { page, server, address, language, say } = visit;
      await openAccount(page, server, address, { language });
      await opened('invoices', visit);
      await expect(page.getByText(say('billing', 'invoices', 'empty'))).toBeVisible();
    },
  },
  { name: 'invoice', title: 'An invoice: a raised plan', open: (visit) => goToInvoice('Raised Example', visit) },
  { name: 'invoice-reverse-charge', title: 'An invoice under reverse charge', open: (visit) => goToInvoice('Reverse Example', visit) },
  {
    name: 'invoice-credit-note',
    title: 'A credit note: a dearer subscription became a cheaper one',
    languages: LONGEST,
    open: async (visit) => {
      const { page, language, address } = visit;
      // Only where prices fell since: a catalog of its own, and after that today's.
      const catalog = await copyOfCatalog();
      await catalog.rewrite((text) => text.replaceAll('"12.99"', '"62.99"').replaceAll('"18.49"', '"68.49"').replaceAll('"27.49"', '"77.49"'));
      const server = await Server.start({ catalog: catalog.file, env: { SUBSCRIBE_DEV_RELOAD: 'true' } });
      const account = await Account.open(page, server, address, { language });
      await account.subscribe({ plan: 'premium', seats: 3, period: 'monthly', currency: 'EUR' });
      await server.stop();
      await server.resume({});
      await account.change({ change: { plan: 'enterprise' } });
      await openInvoice({ ...visit, server }, account);
      await server.remove();
      await catalog.remove();
    },
  },
  {
    name: 'invoice-goodwill',
    title: 'A document of goodwill credit',
    languages: LONGEST,
    open: async (visit) => {
      const { page, server, language, address } = visit;
      const account = await Account.open(page, server, address, { language });
      await account.subscribe({ plan: 'premium', seats: 3, period: 'monthly', currency: 'EUR' });
      const { address: name } = (await account.send('GET', '/api/account')) as { address: string };
      const credit = ['--amount', '20.00', '--currency', 'EUR', '--reason', 'Sorry for the outage of Monday', '--yes'];
      await server.command(['credits', 'give', name.split('.')[0]!, ...credit, '--sandbox', '--public-url', server.url, '--catalog', CATALOG]);
      await openInvoice(visit, account);
    },
  },
  {
    name: 'billing-details',
    title: 'Billing details',
    open: async (visit) => {
      await go('Reverse Example', 'billing', visit);
      await expect(visit.page.getByLabel(visit.say('billing', 'details', 'vat_number'))).toBeVisible();
    },
  },
  {
    name: 'history',
    title: 'History',
    open: async (visit) => {
      await go('Scheduled Example', 'history', visit);
      await expect(visit.page.getByRole('row').nth(1)).toBeVisible();
    },
  },
];
