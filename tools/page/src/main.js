import { answer, comparison, warnings } from './answer.js';
import { beliefs } from './beliefs.js';
import { busy } from './busy.js';
import { forget } from './charts.js';
import { page, Result } from './data.js';
import { element } from './dom.js';
import { sankey, throughput } from './flows.js';
import { number } from './format.js';
import { live } from './live.js';
import { map } from './map.js';
import { money } from './money.js';
import { spread } from './spread.js';
import { studies } from './studies.js';
import { text } from './text.js';
import { times, utilisation, waiting, yards } from './times.js';
import { vehicles } from './vehicles.js';

const isRun = page.kind === 'run';

/** In the order of the page: what draws each; of a run, from a result and, after a change, from that before it. */
const sections = isRun ? { answer, comparison, live: null, warnings, map, sankey, throughput, waiting, utilisation, busy, yards, times, spread, vehicles, money, beliefs } : studies[page.kind];

const first = isRun ? new Result(page) : null;
const hosts = new Map();

const leftOut = new Set(page.left_out);

/** In the place of what would have made the page too large. */
function excuse(id) {
    return leftOut.has(id) ? [element('p', { class: 'note' }, text('too_large', { size: number(page.largest / 1e6) }))] : null;
}

function fill(id, found) {
    const host = hosts.get(id);
    const content = found ?? excuse(id);
    const body = host.querySelector('.body');
    forget(body);
    body.replaceChildren(...(content ?? []).filter(Boolean));
    host.hidden = !content;
}

/** Draws the result of a change beside the first; null: the first alone again. */
function show(changed) {
    const result = changed ?? first;
    // The pictures by week follow a moment later; what they show until then is left as it is.
    const later = new Set(changed && !changed.series ? ['map', 'throughput', 'waiting', 'busy', 'yards', 'spread', 'vehicles'] : []);
    for (const [id, render] of Object.entries(sections)) {
        if (render && !later.has(id)) fill(id, render(result, changed ? first : null));
    }
}

const main = document.querySelector('main');
document.title = page.title;
document.querySelector('h1').textContent = page.title;
const skip = document.querySelector('.skip');
skip.textContent = text(sections.comparison ? 'skip' : 'skip_to_answer');
if (!sections.comparison) skip.href = '#answer';
const contents = document.querySelector('nav');
for (const id of Object.keys(sections)) {
    const section = element('section', { id, 'aria-labelledby': `${id}-title` }, element('h2', { id: `${id}-title` }, text(id)), element('div', { class: 'body' }));
    hosts.set(id, section);
    main.append(section);
}
if (isRun) hosts.get('live').hidden = true;
show(null);
for (const [id, host] of hosts) if (!host.hidden) contents.append(element('a', { href: `#${id}` }, text(id)));
const made = page.run ?? page.result;
const fingerprints = [made, ...(made.horizons ?? [])].map((result) => result.fingerprint).filter(Boolean);
document.querySelector('footer').append(
    element('p', {}, isRun ? text('made', { version: page.version, n: number(made.replications), seed: String(made.seed), hash: made.scenario.hash }) : text('made_study', { version: page.version, hash: made.scenario.hash })),
    fingerprints.length > 0 ? element('p', {}, `${text('trajectories')} `, element('code', {}, fingerprints.join(', '))) : '',
    element('p', {}, text('again'), ' ', element('code', {}, made.command)),
    element('p', {}, text('built_with')),
);
if (isRun) {
    live(show).then((content) => {
        if (!content && !leftOut.has('live')) return;
        fill('live', content);
        contents.insertBefore(element('a', { href: '#live' }, text('live')), contents.children[2] ?? null);
    });
}
