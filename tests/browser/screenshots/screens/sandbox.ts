import { Account } from '../../fixtures/account.ts';
import { expect } from '../../fixtures/test.ts';
import type { Screen, Visit } from '../screen.ts';

async function go({ page, server }: Visit, path: string, title: string): Promise<void> {
  await page.goto(server.url + path);
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
}

/** What stands in for the outside world, and what developers read: in English alone. */
const IN_ENGLISH: Screen[] = [
  { name: 'sandbox', title: 'The sandbox', open: (visit) => go(visit, '/sandbox', 'Overview') },
  { name: 'sandbox-mail', title: 'E-mails of the sandbox', open: (visit) => go(visit, '/sandbox/mail', 'E-mails'), window: true },
  {
    name: 'sandbox-letter',
    title: 'An e-mail of the sandbox',
    open: async (visit) => {
      const { page, server, address } = visit;
      await Account.open(page, server, address);
      const [letter] = await server.mail.to(address);
      await go(visit, `/sandbox/mail/${letter!.id}`, letter!.subject);
    },
  },
  { name: 'sandbox-clock', title: 'The clock of the sandbox', open: (visit) => go(visit, '/sandbox/clock', 'Clock') },
  { name: 'sandbox-payments', title: 'Behind the scenes of the test payments', open: (visit) => go(visit, '/sandbox/payments', 'Payment notifications'), window: true },
  { name: 'api', title: 'The API, described', open: (visit) => go(visit, '/api/docs', 'The API'), window: true },
];

export const SANDBOX: Screen[] = IN_ENGLISH.map((screen) => ({ ...screen, languages: ['en'] }));
