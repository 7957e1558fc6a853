import type { Browser, Page } from '@playwright/test';
import { Account } from '../fixtures/account.ts';
import type { Guard } from '../fixtures/guard.ts';
import type { Server } from '../fixtures/server.ts';
import { type Language, type Words, words } from '../fixtures/words.ts';

/** For screens that say the same in every language, and are only looked at for their room: German has the longest words. */
export const LONGEST: Language[] = ['en', 'de'];

/** What a screen is reached with. */
export interface Visit {
  page: Page;
  server: Server;
  language: Language;
  say: Words['say'];
  pattern: Words['pattern'];
  /** An e-mail address that nobody else uses. */
  address: string;
  guard: Guard;
  /** For a second person at another browser. */
  browser: Browser;
}

/** Something that people see. */
export interface Screen {
  /** The name of its pictures. Those that belong together begin alike. */
  name: string;
  /** What is seen, for the reader of the pictures. */
  title: string;
  /** The languages that it speaks; every one, if nothing is said. */
  languages?: Language[];
  /** Only what the window shows, not the page to its end: dialogs and what else lies over a page. */
  window?: boolean;
  /** Something is being loaded for good: that is what the picture shows. */
  waits?: boolean;
  /** Goes there, and waits until it stands as it is to be seen. */
  open: (visit: Visit) => Promise<void>;
}

/** Signs the owner of a sample account in, who speaks the language of the pictures from then on. */
export async function signInTo(company: string, { page, server, language }: Visit): Promise<Account> {
  const account = new Account(page, server, `owner@${company.toLowerCase().replaceAll(' ', '-')}.example.com`);
  await account.signIn();
  await account.send('PATCH', '/api/account/language', { language });
  return account;
}

/** A visit's words. */
export function wordsOf(language: Language): Pick<Visit, 'language' | 'say' | 'pattern'> {
  const { say, pattern } = words(language);
  return { language, say, pattern };
}
