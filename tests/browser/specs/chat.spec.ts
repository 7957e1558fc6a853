import type { FrameLocator, Page } from '@playwright/test';
import { news, told } from '../fixtures/accessibility.ts';
import { copyOfCatalog, type OwnCatalog } from '../fixtures/catalog.ts';
import { openAccount, ready, sitePath } from '../fixtures/journey.ts';
import { tabTo } from '../fixtures/keyboard.ts';
import { addStaff, signInAsStaff } from '../fixtures/staff.ts';
import { checkScreen, expect, Server, test } from '../fixtures/test.ts';
import { readers } from '../fixtures/readers.ts';
import { type Language, words } from '../fixtures/words.ts';

const SUPPORT = 'support@onedesk.com';

let catalog: OwnCatalog;

/** A catalog whose chat has no hours: the tests run at any time of the week. */
test.beforeAll(async () => {
  catalog = await copyOfCatalog();
  await catalog.rewrite((text) => text.replace(/\[chat\][\s\S]*?(?=# Counted from)/, ''));
});

test.afterAll(async () => catalog.remove());

/** Opens the panel by the link in the foot of the page. */
async function openPanel(page: Page, language: Language): Promise<FrameLocator> {
  const { say } = words(language);
  await page.getByRole('link', { name: say('chat', 'opener', 'open_short') }).click();
  return panelOf(page, language);
}

function panelOf(page: Page, language: Language): FrameLocator {
  return page.frameLocator(`iframe[title="${words(language).say('chat', 'opener', 'chat')}"]`);
}

async function ask(panel: FrameLocator, language: Language, text: string): Promise<void> {
  const { say } = words(language);
  await panel.getByLabel(say('chat', 'panel', 'question')).fill(text);
  await panel.getByRole('button', { name: say('chat', 'panel', 'send') }).click();
}

/** A page of the staff on the list of conversations, which is up to date. */
async function staffed(page: Page, server: Server): Promise<void> {
  await addStaff(server);
  await page.goto(`${server.url}/staff/chat`);
  await expect(page.getByLabel('E-mail address')).toBeVisible();
  await checkScreen(page);
  await signInAsStaff(page, server, '/staff/chat');
  await expect(page.getByRole('status')).toHaveText('Nobody waits for an answer.');
  // The server counts the page as open once it is told of changes.
  await expect.poll(async () => (await (await fetch(`${server.url}/api/chat`)).json()).presence.staffed).toBe(true);
}

for (const { language, tag } of readers('de')) {
  const { say } = words(language);

  test(`a question and its answer are live at both ends (${language})`, { tag }, async ({ page, startServer, browser, guard }) => {
    const server = await startServer({ catalog: catalog.file });
    const staff = await browser.newContext();
    await guard.watch(staff);
    const desk = await staff.newPage();
    await staffed(desk, server);

    await page.goto(server.url + sitePath(language, '/pricing'));
    await ready(page);
    const panel = await openPanel(page, language);
    await expect(panel.getByText(say('chat', 'panel', 'here'))).toBeVisible();
    await expect(panel.getByLabel(say('chat', 'panel', 'question'))).toBeFocused();
    await checkScreen(page);
    await ask(panel, language, 'Is <b>SSO</b> in Premium?');
    await expect(panel.getByRole('log')).toContainText('Is <b>SSO</b> in Premium?');

    await expect(desk.getByRole('status')).toHaveText('1 visitor waits for an answer.');
    await expect(desk).toHaveTitle(/^\(1\) /);
    await checkScreen(desk);
    await desk.getByRole('link', { name: 'A visitor' }).click();
    await expect(desk.getByRole('log')).toContainText('Is <b>SSO</b> in Premium?');
    await expect(desk.getByText('The visitor has the chat open.')).toBeVisible();
    await checkScreen(desk);
    await desk.getByLabel('Your answer').fill('No: in Enterprise.');
    await desk.getByLabel('Your answer').press('Enter');
    await expect(panel.getByRole('log')).toContainText('No: in Enterprise.');
    await expect(desk.getByLabel('Your answer')).toHaveValue('');

    // The conversation goes on after a reload, and its panel stands open as before.
    await page.reload();
    await expect(panelOf(page, language).getByRole('log')).toContainText('No: in Enterprise.');
    await ask(panelOf(page, language), language, 'Thanks!');
    await expect(desk.getByRole('log')).toContainText('Thanks!');

    // While the panel is closed, a screen reader is told how many answers wait in it.
    await panelOf(page, language).getByLabel(say('chat', 'panel', 'question')).press('Escape');
    expect(await news(page)).toEqual([]);
    for (const count of [1, 2]) {
      await desk.getByLabel('Your answer').fill(`Answer ${count}`);
      await desk.getByLabel('Your answer').press('Enter');
      await expect.poll(() => news(page)).toEqual([say('chat', 'panel', 'unread', { count })]);
    }
    await page.getByRole('button', { name: say('chat', 'opener', 'chat') }).click();
    await expect(panelOf(page, language).getByRole('log')).toContainText('Answer 2');
    expect(await news(page)).toEqual([]);
    expect(await server.mail.to(SUPPORT)).toEqual([]);
    await staff.close();
  });

  test(`with nobody there a question becomes an e-mail with a copy (${language})`, { tag }, async ({ page, startServer, address, guard }) => {
    guard.expectFailedRequest(422, '/api/chat/messages');
    const server = await startServer({ catalog: catalog.file });
    await page.goto(server.url + sitePath(language, '/pricing'));
    await ready(page);
    const panel = await openPanel(page, language);
    await expect(panel.getByText(say('chat', 'panel', 'away'))).toBeVisible();
    const email = panel.getByLabel(say('chat', 'panel', 'email'));
    await ask(panel, language, 'Anybody?');
    await expect(email).toHaveAttribute('aria-invalid', 'true');
    await expect(email).toBeFocused();
    await email.fill('nobody at home');
    await panel.getByRole('button', { name: say('chat', 'panel', 'send') }).click();
    await expect(panel.getByText(say('shared', 'field_error', 'invalid_email'))).toBeVisible();
    await checkScreen(page);
    await email.fill(address);
    await panel.getByRole('button', { name: say('chat', 'panel', 'send') }).click();
    await expect(panel.getByText(say('chat', 'panel', 'mailed'))).toBeVisible();
    await expect(email).toBeHidden();
    await server.mail.waitFor(SUPPORT, /Anybody\?/);
    await server.mail.waitFor(address, words(language).pattern('mail', 'chat_copy', 'subject'));
  });
}

const { say } = words('en');

test('a question asked without a connection is sent once there is one', async ({ page, startServer, address, guard }) => {
  const server = await startServer({ catalog: catalog.file });
  await page.goto(`${server.url}/pricing`);
  await ready(page);
  const panel = await openPanel(page, 'en');
  await panel.getByLabel(say('chat', 'panel', 'email')).fill(address);
  guard.expectFailedRequest('offline', '/api/chat/messages');
  await page.context().setOffline(true);
  await ask(panel, 'en', 'From the train');
  await expect(panel.getByRole('status')).toHaveText(say('chat', 'panel', 'offline'));
  await page.context().setOffline(false);
  await expect(panel.getByRole('log')).toContainText('From the train');
  await server.mail.waitFor(SUPPORT, /From the train/);
  expect((await server.mail.to(SUPPORT)).length).toBe(1);
});

test('a panel finds its conversation again after the server was away', async ({ page, startServer, address, guard }) => {
  const server = await startServer({ catalog: catalog.file });
  await page.goto(`${server.url}/pricing`);
  await ready(page);
  const panel = await openPanel(page, 'en');
  await panel.getByLabel(say('chat', 'panel', 'email')).fill(address);
  await ask(panel, 'en', 'Before');
  await expect(panel.getByRole('log')).toContainText('Before');
  guard.expectFailedRequest('offline', '/api/chat/');
  await server.kill();
  await expect(panel.getByRole('status')).toHaveText(say('chat', 'panel', 'reconnecting'));
  await server.resume();
  await expect(panel.getByRole('status')).toHaveText('', { timeout: 15_000 });
  await ask(panel, 'en', 'After');
  await expect(panel.getByRole('log')).toContainText('After');
});

test('the chat by keyboard alone: opened, asked, put away, ended', async ({ page, startServer, address }) => {
  const server = await startServer({ catalog: catalog.file });
  await page.goto(`${server.url}/pricing`);
  await ready(page);
  const link = page.getByRole('link', { name: say('chat', 'opener', 'open_short') });
  await link.focus();
  await page.keyboard.press('Enter');
  const panel = panelOf(page, 'en');
  const question = panel.getByLabel(say('chat', 'panel', 'question'));
  await expect(question).toBeFocused();
  await page.keyboard.type('By keyboard?');
  await tabTo(page, panel.getByLabel(say('chat', 'panel', 'email')));
  await page.keyboard.type(address);
  await tabTo(page, panel.getByRole('button', { name: say('chat', 'panel', 'send') }));
  await page.keyboard.press('Enter');
  await expect(panel.getByRole('log')).toContainText('By keyboard?');
  await page.keyboard.press('Escape');
  await expect(page.locator('.chat-panel')).toBeHidden();
  await expect(link).toBeFocused();
  const launcher = page.getByRole('button', { name: say('chat', 'opener', 'chat') });
  await tabTo(page, launcher);
  await page.keyboard.press('Enter');
  await expect(question).toBeFocused();
  await page.keyboard.type('Sent by Enter');
  await page.keyboard.press('Enter');
  await expect(panel.getByRole('log')).toContainText('Sent by Enter');
  await page.keyboard.press('Shift+Tab');
  await expect(panel.getByRole('log')).toBeFocused();
  await page.keyboard.press('Shift+Tab');
  await expect(panel.getByRole('button', { name: say('chat', 'panel', 'close') })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(launcher).toBeVisible();
});

test('where the panel covers the page, the page cannot be reached, and is there again once it is closed', { tag: '@phone-only' }, async ({ page, startServer }) => {
  const server = await startServer({ catalog: catalog.file });
  await page.goto(`${server.url}/pricing`);
  await ready(page);
  const title = say('site', 'pricing', 'title');
  const headings = async () => (await told(page, 'heading')).map(({ name }) => name);
  expect(await headings()).toContain(title);
  const panel = await openPanel(page, 'en');
  await expect(panel.getByLabel(say('chat', 'panel', 'question'))).toBeFocused();
  expect(await headings()).not.toContain(title);
  for (let presses = 0; presses < 12; presses += 1) {
    await page.keyboard.press('Tab');
    // Between the panel's last and first element Chromium hands the focus to itself, and the document has none.
    expect(await page.evaluate(() => document.activeElement?.tagName)).toMatch(/^(IFRAME|BODY)$/);
  }
  await panel.getByRole('button', { name: say('chat', 'panel', 'close') }).press('Enter');
  expect(await headings()).toContain(title);
  await expect(page.getByRole('link', { name: say('chat', 'opener', 'open_short') })).toBeFocused();
  // A wider window leaves the page beside the panel free.
  await page.getByRole('button', { name: say('chat', 'opener', 'chat') }).press('Enter');
  await expect.poll(headings).not.toContain(title);
  await page.setViewportSize({ width: 900, height: 740 });
  await expect.poll(headings).toContain(title);
});

test('a user of the application asks from its menu, under the own address', async ({ page, startServer, address }) => {
  const server = await startServer({ catalog: catalog.file });
  await openAccount(page, server, address);
  await page.getByRole('button', { name: say('admin', 'shell', 'user_menu') }).click();
  await page.getByRole('link', { name: say('chat', 'opener', 'ask') }).click();
  const panel = panelOf(page, 'en');
  await expect(panel.getByLabel(say('chat', 'panel', 'email'))).toBeHidden();
  await ask(panel, 'en', 'About our invoice');
  await expect(panel.getByText(say('chat', 'panel', 'mailed'))).toBeVisible();
  await server.mail.waitFor(address, words('en').pattern('mail', 'chat_copy', 'subject'));
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('a question is asked, refused with what was typed, and ended', async ({ page, startServer, address, guard }) => {
    guard.expectFailedRequest(422, '/chat');
    const server = await startServer({ catalog: catalog.file });
    await page.goto(`${server.url}/pricing`);
    await page.getByRole('link', { name: say('chat', 'opener', 'open_short') }).click();
    await expect(page).toHaveURL(/\/chat$/);
    await page.getByLabel(say('chat', 'panel', 'question')).fill('Without scripts?');
    await page.getByRole('button', { name: say('chat', 'panel', 'send') }).click();
    await expect(page.getByLabel(say('chat', 'panel', 'question'))).toHaveValue('Without scripts?');
    await expect(page.getByLabel(say('chat', 'panel', 'email'))).toHaveAttribute('aria-invalid', 'true');
    await page.getByLabel(say('chat', 'panel', 'email')).fill(address);
    await page.getByRole('button', { name: say('chat', 'panel', 'send') }).click();
    await expect(page.getByRole('log')).toContainText('Without scripts?');
    await server.mail.waitFor(SUPPORT, /Without scripts\?/);
    await page.getByRole('button', { name: say('chat', 'panel', 'end') }).click();
    await expect(page.getByRole('log')).not.toContainText('Without scripts?');
  });
});
