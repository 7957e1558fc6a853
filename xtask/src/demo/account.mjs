// What a person does in the browser, as requests.

import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

/** The password of every sample user. */
export const PASSWORD = 'correct horse battery';

/** A server in sandbox mode. */
export class Sandbox {
  static CARD = '4242 4242 4242 4242';
  /** Pays once; later charges of it are declined. */
  static CARD_DECLINED_LATER = '4000 0000 0000 0341';

  constructor(url) {
    this.url = url;
  }

  async turnClock(to) {
    await this.#clock({ set: to.toISOString() });
  }

  async resetClock() {
    await this.#clock({ reset: true });
  }

  async #clock(move) {
    const answer = await fetch(`${this.url}/sandbox/clock`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(move),
      redirect: 'manual',
    });
    if (answer.status >= 400) throw new Error(`the clock was not moved: ${await answer.text()}`);
  }

  /** The token of the newest link of a kind that was mailed to an address. */
  async linkTo(address, kind) {
    for (let tries = 0; tries < 200; tries++) {
      const mail = await (await fetch(`${this.url}/sandbox/mail.json?to=${encodeURIComponent(address)}`)).json();
      const link = mail.find((message) => message.kind === kind)?.links.find((link) => link.includes('token='));
      if (link) return new URL(link).searchParams.get('token');
      await pause(50);
    }
    throw new Error(`no ${kind} was mailed to ${address}`);
  }
}

/** An account, with its owner signed in. */
export class Account {
  #sandbox;
  #cookie = '';

  constructor(sandbox, company, email) {
    this.#sandbox = sandbox;
    this.company = company;
    this.email = email;
  }

  /** From the address to the activated account. */
  static async open(sandbox, { company, country, time_zone, language = 'en' }) {
    const email = `owner@${company.toLowerCase().replaceAll(' ', '-')}.example.com`;
    const account = new Account(sandbox, company, email);
    await account.#send('POST', '/api/sign-ups', { email, language });
    const token = await sandbox.linkTo(email, 'activation');
    const form = { name: `Owner of ${company}`, company, password: PASSWORD, country, time_zone, terms: true };
    await account.#send('POST', `/api/activations/${token}`, form);
    return account;
  }

  /** Invites users by the first part of their addresses. */
  async invite(...names) {
    const domain = this.email.split('@')[1];
    await this.#send('POST', '/api/users', { emails: names.map((name) => `${name}@${domain}`).join(' '), role: 'member' });
  }

  /** Saves billing details. */
  async billing(details) {
    await this.#send('PUT', '/api/billing-details', details);
  }

  /** Places an order at the price of the day. */
  async order(choice, payment = 'card') {
    // Sessions end while the clock runs.
    await this.#signIn();
    const quote = await this.#send('POST', '/api/quotes', choice);
    return this.#send('POST', '/api/orders', { choice, payment, expected_total: quote.taxed.gross }, randomUUID());
  }

  /** Orders and pays by card. */
  async subscribe(choice, card = Sandbox.CARD) {
    const order = await this.order(choice);
    const form = new URLSearchParams({ number: card, expiry: '12/49', cvc: '123', name: 'Sample Holder' });
    const paid = await fetch(order.pay_url, { method: 'POST', body: form, redirect: 'manual' });
    if (paid.status !== 303) throw new Error(`${this.company}: the card was not charged (${paid.status})`);
    const back = new URL(paid.headers.get('location'));
    await this.#request('GET', back.pathname + back.search);
  }

  /** Makes a change of the subscription as it is previewed now. */
  async change(request) {
    await this.#signIn();
    const { preview, today } = await this.#send('POST', '/api/subscription/previews', { request });
    const { currency } = preview.seen.net;
    const confirmation = { request, seen: preview.seen, expected_due: today?.due ?? { minor: 0, currency } };
    return this.#send('POST', '/api/subscription/changes', confirmation, randomUUID());
  }

  async #signIn() {
    await this.#send('POST', '/api/sessions', { email: this.email, password: PASSWORD });
  }

  async #send(method, path, body, key) {
    const answer = await this.#request(method, path, body, key);
    if (!answer.ok) throw new Error(`${this.company}: ${method} ${path} answered ${answer.status}: ${await answer.text()}`);
    return answer.headers.get('content-type')?.includes('json') ? answer.json() : undefined;
  }

  async #request(method, path, body, key) {
    const headers = { cookie: this.#cookie };
    if (body) headers['content-type'] = 'application/json';
    if (key) headers['idempotency-key'] = key;
    const answer = await fetch(this.#sandbox.url + path, { method, headers, body: body && JSON.stringify(body), redirect: 'manual' });
    const cookie = answer.headers.getSetCookie()[0];
    if (cookie) this.#cookie = cookie.split(';')[0];
    return answer;
  }
}
