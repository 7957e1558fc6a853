import { openAccount } from '../../fixtures/journey.ts';
import { expect } from '../../fixtures/test.ts';
import { type Screen, signInTo, type Visit } from '../screen.ts';

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
  const [newest] = await (await signInTo(company, visit)).invoices();
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
