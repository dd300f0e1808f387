// A picture of a report: node picture.mjs MODULES REPORT PICTURE
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

const [modules, report, picture] = process.argv.slice(2).map((path) => resolve(path));
const { chromium } = createRequire(join(modules, 'x.js'))('playwright-core');
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
const page = await browser.newPage({ viewport: { width: 1100, height: 900 } });
await page.goto(`file://${report}`);
await page.waitForSelector('#map .land');
// What fits on one screen: the answer, and the corridor below it.
await page.addStyleTag({ content: '#comparison, #live { display: none !important } ' });
await page.waitForTimeout(1000);
await page.screenshot({ path: picture });
await browser.close();
