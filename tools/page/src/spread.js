// How times are distributed over containers: small pictures of one scale, one for each terminal and demand.
import { axis, chart, ink, palette, tooltip } from './charts.js';
import { nameOf } from './data.js';
import { element } from './dom.js';
import { day, instant, number, percent } from './format.js';
import { text } from './text.js';

const kNarrow = innerWidth < 600;
const kAtOnce = kNarrow ? 6 : 12;  // panels, before somebody asks for all
const kDay = 24;

/** "36 h", "3 d". */
function length(hours) {
    return hours < 2 * kDay || hours % kDay !== 0 ? `${number(hours)} ${text('hours')}` : `${number(hours / kDay)} ${text('days')}`;
}

/** The classes between the limits, and one beyond the last: names for the axis and for the table. */
function classesOf(limits) {
    const ends = limits.map((limit, i) => ({ short: `≤ ${length(limit)}`, name: i === 0 ? `≤ ${length(limit)}` : `${length(limits[i - 1])} – ${length(limit)}` }));
    const beyond = `> ${length(limits.at(-1))}`;
    return [...ends, { short: beyond, name: beyond }];
}

/** The share of each class, from the shares within the limits. */
function sharesOf(within) {
    return [...within, 1].map((share, i) => Math.max(0, share - (i === 0 ? 0 : within[i - 1])));
}

function rowsOf(result, kind, volume) {
    return Object.entries(result?.series?.distributions[kind === 'demand' ? 'door' : 'dwell'] ?? {})
        .filter(([, band]) => band.mean[0] !== null)
        .map(([id, band]) => ({ id, ...band, name: nameOf(`${kind}.${id}`), shares: sharesOf(band.mean), volume: result.mean(volume, `${kind}.${id}`) ?? 0 }))
        .sort((a, b) => b.volume - a.volume);
}

/** From the first class with anybody in it to behind the last. */
function rangeOf(rows) {
    const used = rows[0].shares.map((_, i) => rows.some((row) => row.shares[i] > 0));
    return [used.indexOf(true), used.lastIndexOf(true) + 1];
}

function panel({ label, row, old, classes, from, to, most }) {
    const shown = classes.slice(from, to);
    const own = rangeOf(old ? [row, old] : [row]);
    const picture = chart({
        label: `${label}: ${row.name}`,
        height: kNarrow ? 130 : 170,
        make: () => ({
            tooltip: tooltip({ trigger: 'axis', axisPointer: { type: 'shadow' }, valueFormatter: (v) => percent(v), formatter: (points) => [shown[points[0].dataIndex].name, ...points.map((p) => `${p.seriesName}: ${percent(p.value)}`)].join('\n') }),
            grid: { left: 4, right: 4, top: 10, bottom: 2, containLabel: true },
            xAxis: axis({ type: 'category', data: shown.map((c) => c.short), axisTick: { show: false }, axisLabel: { fontSize: 11 } }),
            yAxis: axis({ type: 'value', min: 0, max: most, interval: most / 2, axisLabel: { formatter: (v) => percent(v), fontSize: 11 } }),
            series: [
                { name: text('share'), type: 'bar', barCategoryGap: '8%', itemStyle: { color: palette[0] }, data: row.shares.slice(from, to) },
                ...(old ? [{ name: text('before'), type: 'bar', barGap: '-100%', itemStyle: { color: 'transparent', borderColor: ink().text, borderType: 'dashed', borderWidth: 1 }, data: old.shares.slice(from, to) }] : []),
            ],
        }),
        head: [text('time'), text('share'), text('cumulative'), text('interval95'), ...(old ? [text('before')] : [])],
        rows: classes.slice(own[0], own[1]).map((c, k) => {
            const i = own[0] + k;
            const bounds = row.low[i] === null || i >= row.low.length ? '–' : `${percent(Math.max(row.low[i], 0))} – ${percent(Math.min(row.high[i], 1))}`;
            return [c.name, percent(row.shares[i]), percent(i < row.mean.length ? row.mean[i] : 1), bounds, ...(old ? [percent(old.shares[i])] : [])];
        }),
        numeric: [1, 2, 3, 4],
    });
    picture.prepend(element('figcaption', {}, row.name));
    return picture;
}

/** The panels of the largest; the others when somebody asks for them. */
function panels(rows, draw) {
    const place = element('div', { class: 'panels' }, ...rows.slice(0, kAtOnce).map(draw));
    if (rows.length <= kAtOnce) return [place];
    const more = element('button', { type: 'button', class: 'noprint', onclick: () => {
        place.append(...rows.slice(kAtOnce).map(draw));
        more.remove();
    } }, text('show_panels', { n: number(rows.length) }));
    return [place, more];
}

function block(result, before, title, kind, volume) {
    const rows = rowsOf(result, kind, volume);
    if (rows.length === 0) return [];
    const earlier = new Map(rowsOf(before, kind, volume).map((row) => [row.id, row]));
    const all = [...rows, ...earlier.values()];
    const classes = classesOf(result.series.distributions.limits);
    const [from, to] = rangeOf(all);
    const most = Math.ceil(Math.max(...all.flatMap((row) => row.shares)) * 10) / 10;
    return [element('h3', {}, text(title)), ...panels(rows, (row) => panel({ label: text(title), row, old: earlier.get(row.id), classes, from, to, most }))];
}

export function spread(result, before) {
    if (!result.series) return null;
    const blocks = [...block(result, before, 'door', 'demand', 'containers_delivered'), ...block(result, before, 'dwell', 'terminal', 'lifts')];
    const date = (at) => day(instant(at), { day: 'numeric', month: 'short', year: 'numeric' });
    const note = element('p', { class: 'note' }, text('spread_note', { from: date(result.series.start), to: date(result.series.end), n: number(result.series.replications) }));
    return blocks.length > 0 ? [note, ...blocks] : null;
}
