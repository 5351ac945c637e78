// SPDX-License-Identifier: Apache-2.0
// Looks at the page in a headless browser and says on every line of standard output what a person would see, as JSON.
// Takes commands on standard input: shot NAME, light, dark, narrow, wide, metrics, end.
// Arguments: folder of the packages and the browser, address of the page, folder for pictures.

import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';

const [packages, address, pictures] = process.argv.slice(2);
const require = createRequire(`${packages}/package.json`);
const { chromium } = require('playwright-core');
const parsePrometheus = require('parse-prometheus-text-format');

const LOOK_MS = 100;
const HEIGHT = 1000;
const errors = [];

function look() {
  const text = id => document.getElementById(id)?.textContent ?? '';
  const isSeen = id => document.getElementById(id)?.checkVisibility() ?? false;
  const table = id => Object.fromEntries([...document.querySelectorAll(`#${id} tr`)].map(row => [row.dataset.key,
    Object.fromEntries([...row.children].filter(cell => cell.dataset.field).map(cell => [cell.dataset.field, cell.textContent]))]));
  return {
    title: document.title, engine: text('engine'), ready: text('ready'), rate: text('total-rate'),
    simulated: isSeen('simulated') ? text('simulated') : '', lost: isSeen('lost') ? text('lost') : '',
    lines: table('lines'), feeds: table('feeds'), stages: table('stages'), queues: table('queues'), rings: table('rings'),
    holes: document.querySelectorAll('#holes tr').length,
    changes: [...document.querySelectorAll('#changes span')].map(item => item.textContent),
    tooWide: document.documentElement.scrollWidth > innerWidth,
    cut: [...document.querySelectorAll('.scroll')].filter(node => node.scrollWidth > node.clientWidth).length,
    shift: globalThis.layoutShift ?? 0, shifted: globalThis.shifted ?? [],
    series: globalThis.Chart ? ['rates-chart', 'times-chart'].map(id => Chart.getChart(id)?.data.datasets.length ?? 0) : [],
  };
}

const browser = await chromium.launch({
  executablePath: `${packages}/chromium`,
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update',
    '--disable-sync', '--no-first-run'],
});
const page = await browser.newPage({ viewport: { width: 1440, height: HEIGHT }, colorScheme: 'light' });
page.on('pageerror', error => errors.push(error.message));
page.on('console', message => {
  if (message.type() === 'error' && !message.text().includes('ERR_CONNECTION_REFUSED')
    && !message.text().includes('ERR_INCOMPLETE_CHUNKED_ENCODING')) {
    errors.push(message.text());
  }
});
await page.addInitScript(() => {
  globalThis.layoutShift = 0;
  globalThis.shifted = [];
  new PerformanceObserver(list => list.getEntries().filter(entry => !entry.hadRecentInput).forEach(entry => {
    globalThis.layoutShift += entry.value;
    globalThis.shifted.push(...entry.sources.map(source => source.node?.id || source.node?.className || source.node?.nodeName));
  })).observe({ type: 'layout-shift', buffered: true });
});

let isOpen = false;
let extra = {};
console.log(JSON.stringify({ isLaunched: true }));

createInterface({ input: process.stdin }).on('line', async line => {
  const [command, name] = line.split(' ');
  try {
    if (command === 'shot') {
      await page.screenshot({ path: `${pictures}/${name}.png`, fullPage: true });
    } else if (command === 'light' || command === 'dark') {
      await page.emulateMedia({ colorScheme: command });
    } else if (command === 'narrow' || command === 'wide') {
      await page.setViewportSize({ width: command === 'narrow' ? 400 : 1440, height: HEIGHT });
    } else if (command === 'metrics') {
      const answer = await fetch(`${address}metrics`);
      const families = parsePrometheus(await answer.text());
      extra.metrics = Object.fromEntries(families.map(family => [family.name, family.type]));
      extra.messages = families.find(family => family.name === 'millrace_feed_messages_total')?.metrics[0].value;
    } else if (command === 'end') {
      await browser.close();
      process.exit(0);
    }
    extra.done = line;
  } catch (error) {
    errors.push(`${line}: ${error.message}`);
  }
}).on('close', async () => {
  await browser.close();
  process.exit(0);
});

for (;;) {
  try {
    if (!isOpen) {
      await page.goto(address);
      isOpen = true;
    }
    console.log(JSON.stringify({ ...await page.evaluate(look), ...extra, errors }));
  } catch (error) {
    if (isOpen) {
      errors.push(error.message);
    }
  }
  await new Promise(resolve => setTimeout(resolve, LOOK_MS));
}
