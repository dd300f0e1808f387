// The answer in a sentence, and the comparison with what was reported.
import { page, sourcesOf } from './data.js';
import { behind, element, link, table } from './dom.js';
import { deviation, interval, number, plusMinus } from './format.js';
import { text } from './text.js';

/** The reported volumes with their readings; limits, and figures about time, are left to the table. */
function volumes(run) {
    const figures = new Map();
    for (const row of run.comparison) {
        if (row.use === 'limit' || row.simulated.mean === null || !['containers', 'TEU'].includes(row.unit)) continue;
        figures.set(row.id, [...(figures.get(row.id) ?? []), row]);
    }
    const inContainers = (rows) => (rows.some((row) => row.unit === 'containers') ? 0 : 1);
    return [...figures.values()].sort((a, b) => inContainers(a) - inContainers(b)).slice(0, 3);
}

function sentence(rows) {
    const reported = `${number(rows[0].reported)}`;
    const simulated = (row) => `${plusMinus(row.simulated.mean, row.simulated.ci95)} ${row.unit}`;
    if (rows.length === 1) {
        return text('one_reading', { name: rows[0].name, reading: rows[0].reading_name, reported, simulated: simulated(rows[0]), off: deviation(rows[0].ratio) });
    }
    const sorted = [...rows].sort((a, b) => a.ratio - b.ratio);
    const [least, most] = [sorted[0], sorted.at(-1)];
    return text('readings', { name: rows[0].name, reported, n: number(rows.length), low: simulated(least), low_off: deviation(least.ratio), low_reading: least.reading_name, high: simulated(most), high_off: deviation(most.ratio), high_reading: most.reading_name });
}

export function answer(result) {
    const figures = volumes(result.run);
    if (figures.length === 0) {
        const delivered = result.measure('containers_delivered');
        return [element('p', { class: 'answer' }, text('simulated_alone', { value: number(delivered?.mean), interval: interval(delivered?.ci95) }))];
    }
    return figures.map((rows) => element('p', { class: 'answer' }, sentence(rows)));
}

function sourceLinks(row) {
    const cell = element('span', {});
    sourcesOf(row.source).forEach((source, i) => {
        if (i > 0) cell.append(', ');
        const node = link(source.url, source.id);
        if (node.nodeType === Node.ELEMENT_NODE && source.title) node.title = source.title;
        cell.append(node);
    });
    return cell;
}

export function comparison(result, before) {
    const rows = result.run.comparison;
    if (rows.length === 0) return null;
    const earlier = new Map(before?.run.comparison.map((row) => [`${row.id}/${row.reading}`, row]) ?? []);
    const first = new Map(page.run.comparison.map((row) => [`${row.id}/${row.reading}`, row]));
    const head = ['figure', 'reported', 'simulated', ...(before ? ['before'] : []), 'off', 'first_believed', 'use', 'source'];
    const cells = rows.map((row) => {
        const key = `${row.id}/${row.reading}`;
        const prior = row.prior ?? first.get(key)?.prior;
        const old = earlier.get(key);
        return [
            element('div', { class: 'figure' }, element('strong', {}, row.name), ` – ${row.reading_name} (${row.unit})`),
            number(row.reported),
            plusMinus(row.simulated.mean, row.simulated.ci95),
            ...(before ? [plusMinus(old?.simulated.mean, old?.simulated.ci95)] : []),
            element('strong', { class: Math.abs(row.ratio - 1) <= 0.1 ? 'near' : 'far' }, deviation(row.ratio)),
            prior ? element('span', {}, number(prior.median), element('br'), `(${interval(prior.interval90)})`) : '–',
            text(row.use),
            sourceLinks(row),
        ];
    });
    const shift = before ? 1 : 0;
    return [
        table(head.map((key) => text(key)), cells, { caption: text('comparison'), numeric: [1, 2, ...(before ? [3] : []), 3 + shift, 4 + shift] }),
        before ? null : behind(text('conclusion'), table([text('figure'), text('conclusion')], rows.map((row) => [`${row.name} – ${row.reading_name} (${row.unit})`, row.conclusion]), { caption: text('conclusion') })),
    ];
}

export function warnings(result) {
    if (result.run.warnings.length === 0) return null;
    return [element('ul', { class: 'warnings' }, ...result.run.warnings.map((warning) => element('li', {}, warning)))];
}
