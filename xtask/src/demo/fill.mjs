// Fills the data folder of a running sandbox server with sample accounts, through the same doors that people use, and
// prints how to sign in to each. All people and companies in it are invented.
//
//   node fill.mjs http://127.0.0.1:8080
//
// The server's clock is set back and let run forward again, so that what only time brings about has happened by itself:
// ended trials, renewals, failed payments.

import { Account, PASSWORD, Sandbox } from './account.mjs';

const sandbox = new Sandbox(process.argv[2]);
const accounts = [];

/** Opens an account, and notes what it is there to show. */
async function open(about, details) {
  const account = await Account.open(sandbox, details);
  accounts.push({ about, account });
  return account;
}

// Each step tells how many days before today it is taken; they are taken in the order of time.
const story = [
  [75, async () => {
    const ended = await open('Subscription that was cancelled and has ended', { company: 'Ended Example', time_zone: 'Europe/London', country: 'GB' });
    await ended.subscribe({ plan: 'standard', seats: 2, period: 'monthly', currency: 'GBP' });
    await ended.change('cancel');
  }],
  [45, async () => {
    const suspended = await open('Suspended: the renewal could not be charged, and no retry is left', { company: 'Suspended Example', country: 'US', time_zone: 'America/New_York' });
    await suspended.invite('colleague');
    await suspended.subscribe({ plan: 'standard', seats: 3, period: 'monthly', currency: 'USD' }, Sandbox.CARD_DECLINED_LATER);
  }],
  [40, async () => {
    const monthly = await open('Monthly, renewed by itself', { company: 'Monthly Example', country: 'FR', time_zone: 'Europe/Paris', language: 'fr' });
    await monthly.invite('collegue');
    await monthly.billing({ company: 'Monthly Example SARL', address: ['2 rue de l’Exemple'], postcode: '69000', city: 'Lyon', country: 'FR' });
    await monthly.subscribe({ plan: 'premium', seats: 4, period: 'monthly', currency: 'EUR' });
  }],
  [38, async () => {
    await open('Trial over: every user but the owner is deactivated', { company: 'Late Example', country: 'CA', time_zone: 'America/Toronto' }).then((late) => late.invite('one', 'two', 'three'));
  }],
  [33, async () => {
    const overdue = await open('Overdue: the renewal failed and is tried again, the users keep working', { company: 'Overdue Example', country: 'DE', time_zone: 'Europe/Berlin' });
    await overdue.invite('kollege');
    // Renewed two days ago for a month of 31 days, three days ago for one of 30.
    await overdue.subscribe({ plan: 'premium', seats: 2, period: 'monthly', currency: 'EUR' }, Sandbox.CARD_DECLINED_LATER);
  }],
  [20, async () => {
    const raised = await open('Annual: licences added in the middle of the period, then the plan raised', { company: 'Raised Example', country: 'US', time_zone: 'America/Los_Angeles' });
    await raised.subscribe({ plan: 'standard', seats: 5, period: 'annual', currency: 'USD' });
    const scheduled = await open('Fewer licences and a lower plan are scheduled for the renewal', { company: 'Scheduled Example', country: 'IE', time_zone: 'Europe/Dublin' });
    await scheduled.billing({ company: 'Scheduled Example Ltd', address: ['3 Example Street'], postcode: 'D01 X2X2', city: 'Dublin', country: 'IE' });
    await scheduled.subscribe({ plan: 'enterprise', seats: 12, period: 'annual', currency: 'EUR' });
  }],
  [13, async () => {
    await open('Trial on its last day', { company: 'Hurry Example', country: 'JP', time_zone: 'Asia/Tokyo' });
  }],
  [10, async () => {
    await account('Raised Example').change({ change: { seats: 8 } });
    await account('Scheduled Example').change({ change: { seats: 6, plan: 'premium' } });
  }],
  [6, async () => {
    const business = await open('Business in another member state: reverse charge', { company: 'Reverse Example', country: 'DE', time_zone: 'Europe/Berlin' });
    await business.billing({ company: 'Reverse Example GmbH', address: ['Beispielweg 4'], postcode: '10115', city: 'Berlin', country: 'DE', vat_number: 'DE123456788' });
    await business.subscribe({ plan: 'premium', seats: 3, period: 'annual', currency: 'EUR' });
    await account('Raised Example').change({ change: { plan: 'premium' } });
  }],
  [5, async () => {
    const leaving = await open('Cancelled, and can be resumed until the end of the period', { company: 'Leaving Example', country: 'CH', time_zone: 'Europe/Zurich' });
    await leaving.subscribe({ plan: 'standard', seats: 1, period: 'monthly', currency: 'CHF' });
    await leaving.change('cancel');
  }],
  [2, async () => {
    const transfer = await open('Order that waits for a bank transfer; staff mark it paid at /staff', { company: 'Transfer Example', country: 'FR', time_zone: 'Europe/Paris', language: 'fr' });
    await transfer.order({ plan: 'enterprise', seats: 25, period: 'annual', currency: 'EUR' }, 'transfer');
  }],
  [0, async () => {
    const fresh = await open('Trial, just begun', { company: 'Fresh Example', country: 'GB', time_zone: 'Europe/London' });
    await fresh.invite('first', 'second');
  }],
];

function account(company) {
  return accounts.find(({ account }) => account.company === company).account;
}

const DAY = 24 * 60 * 60 * 1000;
const today = Date.now();
for (const [daysAgo, step] of story) {
  await sandbox.turnClock(new Date(today - daysAgo * DAY));
  await step();
}
await sandbox.resetClock();

console.log(`Sample accounts (sign in at /app/sign-in; the password of all is “${PASSWORD}”):\n`);
for (const { about, account } of accounts) console.log(`  ${account.email.padEnd(40)}${about}`);
