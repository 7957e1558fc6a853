import { Guard } from '../fixtures/guard.ts';
import { expect, test } from '../fixtures/test.ts';

/** The guards of the other tests, tested themselves: a guard that sees nothing would let everything pass. */
test.describe('harness', () => {
  test('the server answers on an address of its own', async ({ request }) => {
    for (const path of ['/healthz', '/readyz']) expect((await request.get(path)).status(), path).toBe(200);
  });

  test('console errors, exceptions and failed requests are seen', async ({ page, guard }) => {
    await page.goto('/pricing');
    guard.expectConsoleError(/said aloud/);
    guard.expectConsoleError(/uncaught: .*thrown/s);
    guard.expectFailedRequest(404, '/api/no-such-thing');
    await page.evaluate(async () => {
      console.error('said aloud');
      setTimeout(() => {
        throw new Error('thrown');
      });
      await fetch('/api/no-such-thing');
    });
    await expect.poll(() => guard.verdict()).toEqual([]);
  });

  test('what was not expected is a complaint, in further contexts too', async ({ browser, server }) => {
    const guard = new Guard();
    const context = await browser.newContext();
    await guard.watch(context);
    const page = await context.newPage();
    await page.goto(`${server.url}/healthz`);
    await page.evaluate(() => console.error('unexpected'));
    await expect.poll(() => guard.verdict()).toEqual([expect.stringContaining('unexpected')]);
    await context.close();
  });

  test('what was expected must come', () => {
    const guard = new Guard();
    guard.expectConsoleError(/never said/);
    expect(guard.verdict()).toEqual([expect.stringContaining('never said')]);
  });

  test('a server of its own can be stopped and resumed on the same address and data', async ({ startServer }) => {
    const server = await startServer();
    await server.stop();
    await expect(fetch(`${server.url}/healthz`)).rejects.toThrow();
    await server.resume();
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  });
});
