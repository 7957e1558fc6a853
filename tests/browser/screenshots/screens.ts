import { APPLICATION } from './screens/application.ts';
import { BILLING } from './screens/billing.ts';
import { ENTRANCE } from './screens/entrance.ts';
import { GUESTS } from './screens/guests.ts';
import { ORDERS } from './screens/orders.ts';
import { QUESTIONS } from './screens/questions.ts';
import { SANDBOX } from './screens/sandbox.ts';
import { SITE } from './screens/site.ts';
import { STAFF } from './screens/staff.ts';
import { SUBSCRIPTIONS } from './screens/subscriptions.ts';
import type { Screen } from './screen.ts';

/** Every screen, in the order in which people meet them. */
export const SCREENS: Screen[] = [
  ...SITE,
  ...GUESTS,
  ...ENTRANCE,
  ...APPLICATION,
  ...SUBSCRIPTIONS,
  ...ORDERS,
  ...QUESTIONS,
  ...BILLING,
  ...STAFF,
  ...SANDBOX,
];
