import type { FrameLocator } from '@playwright/test';
import { ready, sitePath } from '../../fixtures/journey.ts';
import { signInAsStaff } from '../../fixtures/staff.ts';
import { expect } from '../../fixtures/test.ts';
import type { Screen, Visit } from '../screen.ts';

/** Opens the chat beside the pricing page. */
async function openPanel({ page, server, language, say }: Visit): Promise<FrameLocator> {
  await page.goto(server.url + sitePath(language, '/pricing'));
  await ready(page);
  await page.getByRole('link', { name: say('chat', 'opener', 'open_short') }).click();
  const panel = page.frameLocator(`iframe[title="${say('chat', 'opener', 'chat')}"]`);
  await expect(panel.getByLabel(say('chat', 'panel', 'question'))).toBeFocused();
  return panel;
}

/** The chat, and what stands on other people's pages. */
export const GUESTS: Screen[] = [
  {
    name: 'chat-away',
    title: 'The chat with nobody there',
    window: true,
    open: async (visit) => {
      const panel = await openPanel(visit);
      await expect(panel.getByText(visit.say('chat', 'panel', 'away'))).toBeVisible();
    },
  },
  {
    name: 'chat',
    title: 'The chat with an answer',
    window: true,
    open: async (visit) => {
      const { server, say, browser, guard } = visit;
      const context = await browser.newContext();
      await guard.watch(context);
      const desk = await context.newPage();
      await signInAsStaff(desk, server, '/staff/chat');
      await expect
        .poll(async () => ((await (await fetch(`${server.url}/api/chat`)).json()) as { presence: { staffed: boolean } }).presence.staffed)
        .toBe(true);
      const panel = await openPanel(visit);
      await expect(panel.getByText(say('chat', 'panel', 'here'))).toBeVisible();
      await panel.getByLabel(say('chat', 'panel', 'question')).fill('SSO, SAML?');
      await panel.getByRole('button', { name: say('chat', 'panel', 'send') }).click();
      await expect(panel.getByRole('log')).toContainText('SSO, SAML?');
      await desk.getByRole('link', { name: 'A visitor' }).first().click();
      await desk.getByLabel('Your answer').fill('SAML and OpenID Connect: Enterprise. https://subscribe.example/pricing?plan=enterprise');
      await desk.getByLabel('Your answer').press('Enter');
      await expect(panel.getByRole('log')).toContainText('OpenID Connect');
      await context.close();
    },
  },
  {
    name: 'chat-page',
    title: 'The chat as a page of its own',
    open: async ({ page, server, language, say }) => {
      await page.goto(server.url + sitePath(language, '/chat'));
      await expect(page.getByLabel(say('chat', 'panel', 'question'))).toBeVisible();
    },
  },
  {
    name: 'partner-demo',
    title: 'The widget on a made-up partner’s page, twice and in a frame',
    languages: ['en'],
    open: async ({ page, server }) => {
      await page.goto(`${server.url.replace('127.0.0.1', 'localhost')}/partner-demo`);
      await expect(page.getByRole('article')).toHaveCount(6);
      await expect(page.frameLocator('iframe').getByRole('article')).toHaveCount(3);
    },
  },
  {
    name: 'partner-demo-frame',
    title: 'The frame on a made-up partner’s page',
    languages: ['en'],
    window: true,
    open: async ({ page, server }) => {
      await page.goto(`${server.url.replace('127.0.0.1', 'localhost')}/partner-demo#frame`);
      await expect(page.frameLocator('iframe').getByRole('article')).toHaveCount(3);
      // Browsers draw frames of other sites only while they can be seen: it stays in view whatever the window becomes.
      await page.evaluate(() => addEventListener('resize', () => document.getElementById('frame')!.scrollIntoView()));
    },
  },
  {
    name: 'embed',
    title: 'The page that is framed on partners’ pages',
    open: async ({ page, server, language }) => {
      await page.goto(`${server.url}/embed/pricing?plan=premium&seats=12&period=annual&lang=${language}&partner=acme`);
      await expect(page.getByRole('article')).toHaveCount(3);
    },
  },
];
