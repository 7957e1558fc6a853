// Runs Lighthouse on the pricing page in each language, as it runs by itself: a phone, its simulated slow connection.
//
//   node run.mjs http://127.0.0.1:8080 REPORTS LANGUAGE…
//
// Says one line a language; ends with 1 if one of them falls short. The reports of the median run are written to the folder
// REPORTS. CHROME names the browser, CHROME_FLAGS what it is started with, parted by spaces; `cargo xtask lighthouse` says both.

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { launch } from 'chrome-launcher';
import lighthouse from 'lighthouse';

/** The least that each category has to reach, in percent. */
const LEAST = { performance: 98, accessibility: 100, 'best-practices': 100, seo: 100 };
/** What is measured in time varies from run to run: an odd number, whose median counts. */
const RUNS = 3;
const FLAGS = ['--headless=new', ...(process.env.CHROME_FLAGS ?? '--no-sandbox --disable-gpu').split(' ')];

const [server, reports, ...languages] = process.argv.slice(2);

/** The pricing page in a language. */
const addressIn = (language) => server + (language === 'en' ? '' : `/${language}`) + '/pricing';

const percent = (score) => Math.round((score ?? 0) * 100);

/** Audits that cost a category points, with what Lighthouse says of them. */
function faultsOf(lhr, category) {
  return lhr.categories[category].auditRefs
    .filter(({ weight, id }) => weight > 0 && (lhr.audits[id].score ?? 1) < 1)
    .map(({ id }) => `${id}: ${lhr.audits[id].title}${lhr.audits[id].displayValue ? ` (${lhr.audits[id].displayValue})` : ''}`);
}

/** One run in a browser of its own, so that nothing is cached. */
async function measure(address) {
  const chrome = await launch({ chromePath: process.env.CHROME, chromeFlags: FLAGS, logLevel: 'silent' });
  try {
    const result = await lighthouse(address, { port: chrome.port, output: ['html', 'json'], logLevel: 'error' });
    const { runtimeError } = result.lhr;
    if (runtimeError) throw new Error(`Lighthouse could not measure ${address}: ${runtimeError.message}`);
    return result;
  } finally {
    await chrome.kill();
  }
}

/** Measures a language, says how it went, and tells what fell short. */
async function judge(language) {
  const address = addressIn(language);
  // Pages are read and compressed when they are asked for first: no visitor after the first waits for that.
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address} answered ${answer.status}; nothing was measured.`);
  const runs = [];
  for (let run = 0; run < RUNS; run++) runs.push(await measure(address));
  const speed = ({ lhr }) => lhr.categories.performance.score ?? 0;
  const median = runs.toSorted((a, b) => speed(a) - speed(b))[(RUNS - 1) / 2];
  for (const [index, kind] of ['html', 'json'].entries()) {
    await writeFile(join(reports, `pricing-${language}.${kind}`), median.report[index]);
  }

  const short = [];
  const said = [];
  for (const [category, least] of Object.entries(LEAST)) {
    // Only what is measured in time may vary: the rest has to be right each time.
    const reached = category === 'performance' ? percent(speed(median)) : Math.min(...runs.map(({ lhr }) => percent(lhr.categories[category].score)));
    const { title } = median.lhr.categories[category];
    const each = category === 'performance' ? ` (${runs.map((run) => percent(speed(run))).join(', ')})` : '';
    said.push(`${title.toLowerCase()} ${reached}${each}`);
    if (reached >= least) continue;
    const worst = category === 'performance' ? median : runs.find(({ lhr }) => percent(lhr.categories[category].score) === reached);
    short.push(`${language}: ${title} is ${reached}, not ${least}.`, ...faultsOf(worst.lhr, category).map((fault) => `    ${fault}`));
  }
  const { audits } = median.lhr;
  const times = ['first-contentful-paint', 'largest-contentful-paint', 'total-blocking-time', 'cumulative-layout-shift'];
  console.log(`${language}  ${said.join('  ')}  |  ${times.map((id) => `${audits[id].title.toLowerCase()} ${audits[id].displayValue}`).join(', ')}`);
  return short;
}

try {
  await mkdir(reports, { recursive: true });
  const short = [];
  for (const language of languages) short.push(...(await judge(language)));
  if (short.length > 0) {
    console.error(`\n${short.join('\n')}\nThe reports stand in ${reports}.`);
    process.exitCode = 1;
  }
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
