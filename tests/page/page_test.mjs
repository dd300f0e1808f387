// Reports in a real browser: node page_test.mjs MODULES CORRIDOR SOURCE OUT
// MODULES holds playwright-core, CORRIDOR is the command, SOURCE the source tree; pictures go to OUT. Needs Chromium.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';

const [modules, corridor, source, out] = process.argv.slice(2).map((path) => resolve(path));
const { chromium } = createRequire(join(modules, 'x.js'))('playwright-core');
mkdirSync(out, { recursive: true });
rmSync(join(out, 'sweep.sqlite'), { force: true });  // of an earlier time

const run = (...words) => execFileSync(corridor, words, { encoding: 'utf8', maxBuffer: 1 << 28 });
const scenario = join(source, 'scenarios', 'upper-yangtze-2020h1');
const report = (name, folder, ...more) => {
    const file = join(out, name);
    run('run', folder, '--replications', '10', '--draws', '30', '--report', file, '--force', '--quiet', ...more);
    return file;
};

/** What a page was given. */
const dataOf = (file) => JSON.parse(gunzipSync(Buffer.from(/id="data">([^<]*)</.exec(readFileSync(file, 'utf8'))[1], 'base64')));

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
const faults = [];

async function open(file, options = {}) {
    const page = await browser.newPage({ viewport: { width: 1280, height: 1000 }, acceptDownloads: true, ...options });
    page.on('console', (message) => ['error', 'warning'].includes(message.type()) && faults.push(`console: ${message.text()}`));
    page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
    page.on('request', (request) => /^(file|blob|data):/.test(request.url()) || faults.push(`request: ${request.url()}`));
    await page.goto(`file://${file}`);
    await page.waitForSelector('#beliefs table');
    return page;
}

/** Charts are drawn when they come into view. */
async function showAll(page) {
    for (const node of await page.$$('main section:not([hidden]), main section:not([hidden]) .chart')) await node.scrollIntoViewIfNeeded();
}

const tests = [];
const only = process.env.ONLY ?? '';  // those alone whose names have this in them
const test = (name, body) => tests.push([name, body]);
const main = report('upper-yangtze.html', scenario);
const json = JSON.parse(run('run', scenario, '--replications', '10', '--draws', '30', '--format', 'json', '--quiet'));

test('The figures on the page are those of the JSON', async () => {
    const page = await open(main);
    const rows = await page.$$eval('#comparison .body > .scroll tbody tr', (found) => found.map((row) => [...row.cells].map((cell) => cell.innerText)));
    assert.equal(rows.length, json.comparison.length);
    const plain = (text) => Number(text.replaceAll(',', '').split(' ')[0]);
    json.comparison.forEach((row, i) => {
        assert.ok(rows[i][0].startsWith(row.name));
        const close = (shown, exact) => assert.ok(Math.abs(shown - exact) <= Math.max(0.5, 6e-4 * Math.abs(exact)), `${shown} for ${exact}`);
        close(plain(rows[i][1]), row.reported);
        close(plain(rows[i][2]), row.simulated.mean);
    });
    await page.close();
});

test('Every section is there, with a table behind each chart, and draws itself', async () => {
    const page = await open(main);
    const ids = await page.$$eval('main section:not([hidden])', (found) => found.map((section) => section.id));
    for (const id of ['answer', 'comparison', 'map', 'sankey', 'throughput', 'waiting', 'utilisation', 'busy', 'yards', 'times', 'spread', 'vehicles', 'money', 'beliefs']) assert.ok(ids.includes(id), id);
    await showAll(page);
    await page.waitForFunction(() => [...document.querySelectorAll('main section:not([hidden]) .chart')].every((chart) => chart.querySelector('svg')));
    assert.ok((await page.$$eval('figure', (found) => found.filter((f) => f.querySelector('details table')).length)) >= 8);
    assert.ok(await page.$eval('.map .land', (land) => land.getAttribute('d').length > 1000));
    assert.ok((await page.innerText('footer')).includes(json.fingerprint));
    await page.close();
});

/** The tables behind the pictures of a section, by their caption. */
async function tablesOf(page, section) {
    const found = await page.$$eval(`#${section} figure`, (figures) => figures.map((figure) => [figure.querySelector('caption').textContent, [...figure.querySelectorAll('tr')].map((row) => [...row.cells].map((cell) => cell.textContent))]));
    return new Map(found);
}

const share = (text) => Number(text.split('%')[0].trim()) / 100;

/** The hours between which a class of times lies: "≤ 1 h", "36 h – 2 d", "> 84 d". */
function hoursOf(name) {
    const ends = [...name.matchAll(/([\d,]+) (h|d)/g)].map(([, n, unit]) => Number(n.replaceAll(',', '')) * (unit === 'd' ? 24 : 1));
    return ends.length === 2 ? ends : name.startsWith('≤') ? [0, ends[0]] : [ends[0], Infinity];
}

test('Times are distributed as their means in the JSON say', async () => {
    const page = await open(main);
    for (const button of await page.$$('#spread button')) await button.click();
    const tables = await tablesOf(page, 'spread');
    let checked = 0;
    for (const [kind, label, measure] of [['terminal', 'Dwell', 'dwell_mean'], ['demand', 'Door to door', 'door_to_door_time_mean']]) {
        for (const { subject, mean } of json.measures.filter((m) => m.name === measure && m.subject.startsWith(`${kind}.`) && m.mean !== null)) {
            const rows = tables.get(`${label}: ${json.names[subject] ?? subject.slice(kind.length + 1)}`).slice(1);
            const sum = (of) => rows.reduce((total, row) => total + (share(row[1]) > 0 ? share(row[1]) * of(hoursOf(row[0])) : 0), 0);
            assert.ok(Math.abs(sum(() => 1) - 1) < 0.01, subject);
            assert.equal(share(rows.at(-1)[2]), 1);
            // A container is in its class, or up to 1.6 % beyond it.
            assert.ok(sum(([low]) => low) <= mean * 1.005, `${subject}: ${mean}`);
            assert.ok(sum(([, high]) => high) * 1.016 >= mean * 0.995, `${subject}: ${mean}`);
            ++checked;
        }
    }
    assert.equal(checked, tables.size);
    assert.ok(checked >= 15);
    await page.close();
});

test('The tutorial by hand: a barge loads from 5 h before each of three departures a week, and cranes work by week as in all', async () => {
    const tutorial = join(source, 'scenarios', 'tutorial');
    const page = await open(report('tutorial-times.html', tutorial));
    const result = JSON.parse(run('run', tutorial, '--replications', '10', '--draws', '30', '--format', 'json', '--quiet'));
    const dwell = (await tablesOf(page, 'spread')).get('Dwell: port');
    const upTo = (name) => share(dwell.find((row) => row[0].endsWith(name))[2]);
    // Who comes at any time of the 56 h between two departures is taken if the list is open, and waits from 5 to 61 h.
    for (const [name, part] of [['6 h', 1 / 56], ['12 h', 7 / 56], ['24 h', 19 / 56], ['2 d', 43 / 56], ['3 d', 1]]) assert.ok(Math.abs(upTo(name) - part) < 0.01, `${name}: ${upTo(name)}`);
    assert.deepEqual(hoursOf(dwell[1][0]), [4, 6]);
    assert.deepEqual(hoursOf(dwell.at(-1)[0]), [48, 72]);
    const busy = await tablesOf(page, 'busy');
    for (const [label, measure] of [['Cranes', 'crane_utilisation'], ['Berths and tracks', 'berth_utilisation']]) {
        const [head, ...rows] = [...busy].find(([caption]) => caption.endsWith(`: ${label}`))[1];
        assert.deepEqual(head.slice(1), ['port · quay']);
        assert.equal(rows.length, 12);  // whole weeks
        const mean = rows.reduce((sum, row) => sum + share(row[1]), 0) / rows.length;
        const exact = result.measures.find((m) => m.name === measure && m.subject === 'terminal.port.quay').mean;
        assert.ok(Math.abs(mean - exact) <= 0.005 * exact, `${measure}: ${mean} for ${exact}`);
    }
    await page.close();
});

test('A corridor too large for a page: it says on standard error and in their place what it leaves out', async () => {
    const ports = Array.from({ length: 500 }, (_, i) => `p${i}`);
    const folder = join(out, 'large');
    mkdirSync(folder, { recursive: true });
    const text = `title = "Many ports"
period = { start = 2020-01-06, end = 2020-06-29 }
[terminal.hub]
quay_cranes = "unlimited"
[vehicle.barge]
mode = "waterway"
capacity = "120 TEU"
${ports.map((p) => `[terminal.${p}]
berths = { count = 1 }
quay_cranes = { count = 2, rate = "25 moves/h" }
[link.${p}]
mode = "waterway"
from = "${p}"
to = "hub"
length = "275 km"
speed = "17 km/h"
[service.${p}]
route = ["${p}", "hub"]
directions = "one-way"
vehicle = "barge"
departures = { per_week = 7 }
[demand.${p}]
from = "${p}"
to = "hub"
rate = "300 TEU/week"
`).join('')}`;
    writeFileSync(join(folder, 'scenario.toml'), text);
    const file = join(out, 'large.html');
    const { status, stderr } = spawnSync(corridor, ['run', folder, '--replications', '2', '--report', file, '--force'], { encoding: 'utf8' });
    assert.equal(status, 0, stderr);
    console.log(`    ${stderr.trim().split('\n').at(-1)}`);
    assert.match(stderr, /the page of a result as large as this would have [0-9.]+ MB \(pages have 2\.5 at most\); it leaves out figures that no picture shows, vehicles in time and space[^;]*; --out writes every figure/);
    const page = await open(file);
    assert.match(await page.innerText('#vehicles .note'), /Left out: with it this page would be larger than 2\.5 MB/);
    assert.ok((await page.$$('#utilisation .chart')).length > 0);
    await page.close();
});

test('It is readable at three widths, in the dark, in Chinese, and prints', async () => {
    const chinese = report('upper-yangtze-zh.html', scenario, '--lang', 'zh');
    for (const [file, width, scheme] of [[main, 1280, 'light'], [main, 768, 'light'], [main, 375, 'light'], [main, 1280, 'dark'], [chinese, 1280, 'light']]) {
        const page = await open(file, { viewport: { width, height: 900 }, colorScheme: scheme });
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(wide <= 0, `${wide} px too wide at ${width}`);
        await showAll(page);
        await page.waitForTimeout(600);
        await page.screenshot({ path: join(out, `page-${file === chinese ? 'zh' : scheme}-${width}.png`), fullPage: true });
        if (file === chinese) assert.match(await page.innerText('#comparison h2'), /公布/);
        await page.close();
    }
    const page = await open(main);
    await page.pdf({ path: join(out, 'page.pdf'), format: 'A4' });
    await page.close();
});

test('First paint comes within 1.5 s, and keys reach the map and the tables', async () => {
    const page = await open(main);
    const paint = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0].startTime);
    console.log(`    first contentful paint ${Math.round(paint)} ms`);
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement.className), 'skip');
    const words = await page.$$eval('.map [tabindex="0"]', (found) => found.map((node) => node.getAttribute('aria-label')));
    assert.ok(words.length >= json.names ? Object.keys(json.names).length : 1);
    assert.ok(words.every((text) => text.length > 0));
    await page.close();
});

test('Hostile names stay text', async () => {
    const evil = '<script>alert(1)</script><img src=x onerror=alert(2)>" onload=alert(3) </title>';
    const folder = join(out, 'hostile');
    mkdirSync(folder, { recursive: true });
    const text = readFileSync(join(source, 'scenarios', 'tutorial', 'scenario.toml'), 'utf8').replace(/^title = .*$/m, `title = ${JSON.stringify(evil)}`);
    writeFileSync(join(folder, 'scenario.toml'), text);
    const harmless = await open(report('tutorial.html', join(source, 'scenarios', 'tutorial')));
    const hostile = await open(report('hostile.html', folder));
    assert.equal(await hostile.innerText('h1'), evil);
    const kinds = (page) => page.$$eval('*', (all) => [...new Set(all.flatMap((node) => [node.tagName, ...node.getAttributeNames()]))].sort());
    assert.deepEqual(await kinds(hostile), await kinds(harmless));
    await harmless.close();
    await hostile.close();
});

/** Until all is there, causes of waiting last. */
const again = (page) => page.waitForFunction(() => globalThis.corridor?.last?.isWhole, null, { polling: 20, timeout: 120000 });

/** How many measures the page has; each of them is as in the run, and in its order. What compares with the undisturbed corridor and, but where a report is by month, what is by month is left out. */
function same(found, native) {
    const left = new Set(found.map((m) => `${m.name} ${m.subject}`));
    assert.deepEqual(found, native.filter((m) => left.has(`${m.name} ${m.subject}`)));
    return found.length;
}

test('A slider runs the scenario again: the same to the last bit as the command with --set, and the overlay runs', async () => {
    const page = await open(main);
    if (!(await page.$('#live:not([hidden])')) && (await page.textContent('#engine')).trim() === '') {
        console.log('    skipped: built without Emscripten');
        return page.close();
    }
    await page.waitForSelector('#live .slider');
    await page.fill('#replications', '10');
    const path = await page.$eval('#live .slider input', (slider) => {
        slider.value = slider.max;
        slider.dispatchEvent(new Event('input'));
        slider.dispatchEvent(new Event('change'));
        return slider.dataset.path;
    });
    const began = Date.now();
    await again(page);
    console.log(`    10 replications again, with all pictures: ${Date.now() - began} ms`);
    const { run: result, series: pictures, overrides } = await page.evaluate(() => ({ ...globalThis.corridor.last, overrides: globalThis.corridor.overrides }));
    assert.ok(overrides[0].startsWith(`${path}=`));
    const native = JSON.parse(run('run', scenario, '--replications', '10', '--draws', '1', '--format', 'json', '--quiet', '--set', overrides[0]));
    assert.ok(same(result.measures, native.measures) > 1000);
    assert.deepEqual(result.comparison.map((row) => row.simulated), native.comparison.map((row) => row.simulated));
    const { series } = dataOf(report('changed.html', scenario, '--set', overrides[0]));
    assert.deepEqual([pictures.distributions, pictures.busy, pictures.waits], [series.distributions, series.busy, series.waits]);
    const until = async (replications, precision) => {
        await page.fill('#replications', String(replications));
        await page.fill('#precision', precision);
        await page.evaluate(() => { globalThis.corridor.last = null; });
        const from = Date.now();
        await page.click('#run-again');
        const drawing = await page.waitForFunction(() => globalThis.corridor.last, null, { polling: 20, timeout: 120000 });
        const drawn = Date.now() - from;
        const first = await drawing.evaluate((last) => last.series.explained);
        await again(page);
        const { run: result, series: all } = await page.evaluate(() => globalThis.corridor.last);
        return { drawn, first, took: Date.now() - from, run: result, series: all };
    };
    const fifty = await until(50, '');
    console.log(`    50 replications again: figures and pictures ${fifty.drawn} ms, causes of waiting from all ${fifty.took} ms`);
    assert.deepEqual([fifty.run.replications, fifty.series.replications, fifty.first, fifty.series.explained], [50, 50, 10, 50]);
    const narrow = await until(10, '0.3');
    const exact = JSON.parse(run('run', scenario, '--replications', '10', '--precision', '0.3 %', '--max-replications', '1000', '--draws', '1', '--format', 'json', '--quiet', '--set', overrides[0]));
    console.log(`    until every figure is within 0.3 %: ${narrow.run.replications} replications, ${narrow.took} ms`);
    assert.ok(narrow.run.replications > 10);
    assert.equal(narrow.run.replications, exact.replications);
    assert.deepEqual(narrow.run.comparison.map((row) => row.simulated), exact.comparison.map((row) => row.simulated));
    assert.match(await page.innerText('#live .state'), /0\.3/);
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('#save')]);
    const folder = join(out, 'overlay');
    mkdirSync(folder, { recursive: true });
    execFileSync('cp', ['-r', `${scenario}/.`, folder]);
    await download.saveAs(join(folder, 'overlay.toml'));
    const overlaid = JSON.parse(run('run', join(folder, 'overlay.toml'), '--replications', '10', '--draws', '1', '--format', 'json', '--quiet'));
    assert.deepEqual(overlaid.measures, native.measures);
    await page.screenshot({ path: join(out, 'page-again.png'), fullPage: true });
    await page.close();
});

test('Where a report is compared by month the page runs again as well', async () => {
    const folder = join(out, 'monthly');
    mkdirSync(folder, { recursive: true });
    const tutorial = readFileSync(join(source, 'scenarios', 'tutorial', 'scenario.toml'), 'utf8');
    writeFileSync(join(folder, 'scenario.toml'), `${tutorial}
[reported.february]
value = "1250 TEU"
start = 2020-02-01
end = 2020-03-01
use = "validate"
reading.shipped = { measure = "teu_shipped", of = ["service.feeder"] }
`);
    const page = await open(report('monthly.html', folder));
    if ((await page.textContent('#engine')).trim() === '') return page.close();
    await page.fill('#replications', '12');
    await page.click('#run-again');
    await again(page);
    const result = await page.evaluate(() => globalThis.corridor.last);
    const native = JSON.parse(run('run', folder, '--replications', '12', '--draws', '1', '--format', 'json', '--quiet'));
    assert.deepEqual(result.run.comparison.map((row) => row.simulated), native.comparison.map((row) => row.simulated));
    assert.equal(same(result.run.measures, native.measures), native.measures.length);
    assert.equal(result.series.explained, 12);
    await page.close();
});

test('The film plays', async () => {
    const page = await open(main);
    await page.click('#map .controls button');
    await page.waitForTimeout(1500);
    assert.ok((await page.$$('.vehicle')).length > 0);
    assert.ok(Number(await page.$eval('#map input[type=range]', (slider) => slider.value)) > 24);
    await page.close();
});

test('Studies have pages of their own, with the figures of their JSON', async () => {
    const tutorial = join(source, 'scenarios', 'tutorial');
    const studies = {
        options: ['options', tutorial, 'daily: service.feeder.departures.per_week=7', '--replications', '10'],
        sensitivity: ['sensitivity', tutorial, '--rows', '32'],
        calibration: ['calibrate', join(scenario, 'calibration.toml'), '--members', '40', '--assimilations', '2'],
    };
    const shown = (page, selector) => page.$$eval(`${selector} tbody tr`, (rows) => rows.map((row) => [...row.cells].map((cell) => cell.textContent)));
    const plain = (text) => Number(text.replaceAll(',', '').match(/-?[0-9.]+/)[0]);
    const close = (text, exact) => assert.ok(Math.abs(plain(text) - exact) <= Math.max(0.5, 6e-4 * Math.abs(exact)), `${text} for ${exact}`);
    for (const [kind, words] of Object.entries(studies)) {
        for (const lang of ['en', 'zh']) {
            const file = join(out, `${kind}-${lang}.html`);
            const result = JSON.parse(run(...words, '--format', 'json', '--quiet', '--report', file, '--force', '--lang', lang));
            const page = await open(file, { viewport: { width: lang === 'en' ? 1280 : 375, height: 1000 } });
            assert.ok((await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 0);
            await showAll(page);
            await page.waitForFunction(() => [...document.querySelectorAll('.chart')].every((chart) => chart.querySelector('svg')));
            await page.screenshot({ path: join(out, `${kind}-${lang}.png`), fullPage: true });
            for (const { fingerprint } of result.horizons ?? [result]) assert.ok((await page.innerText('footer')).includes(fingerprint));
            if (kind === 'options') {
                const measures = result.horizons[0].options[0].measures.filter((m) => m.headline);
                const rows = await shown(page, '#differences');
                assert.equal(rows.length, measures.length);
                measures.forEach((m, i) => [close(rows[i][2], m.base), close(rows[i][3], m.option)]);
            } else if (kind === 'sensitivity') {
                const shares = result.outputs[0].inputs.filter((input) => input.total).map((input) => input.total.value * 100).sort((a, b) => b - a);
                const rows = await shown(page, '#tornado figure:first-of-type details');
                shares.forEach((share, i) => close(rows[i][1], share));
            } else {
                const rows = await shown(page, '#comparison .body > .scroll');
                assert.equal(rows.length, result.figures.length);
                result.figures.forEach((figure, i) => [close(rows[i][3], figure.prior.median), close(rows[i][4], figure.posterior.median)]);
                assert.ok(await page.$('#parameters .chart svg'));
            }
            await page.close();
        }
    }
    const file = join(out, 'sweep.html');
    run('sweep', join(tutorial, 'study.toml'), '--store', join(out, 'sweep.sqlite'), '--report', file, '--force', '--quiet');
    const page = await open(file);
    const exported = run('export', join(out, 'sweep.sqlite')).trim().split('\n').slice(1);
    const rows = await shown(page, '#points details');
    assert.ok(rows.length > 1 && exported.length % rows.length === 0);
    assert.deepEqual(rows.map((row) => row.at(-1)), [...new Set(exported.map((line) => line.split(',').at(-1)))]);
    await page.selectOption('#points select >> nth=1', { index: 1 });
    await page.waitForSelector('#points .chart svg');
    await page.close();
});

let [passed, failed] = [0, 0];
for (const [name, body] of tests) {
    if (!name.includes(only)) continue;
    faults.length = 0;
    try {
        await body();
        assert.deepEqual(faults, []);
        console.log(`passed  ${name}`);
        passed += 1;
    } catch (problem) {
        failed += 1;
        console.log(`FAILED  ${name}\n${problem.stack.slice(0, 3000)}`);
    }
}
await browser.close();
console.log(`${passed} of ${passed + failed} passed; pictures are in ${out}`);
process.exit(failed > 0 ? 1 : 0);
