// Where containers go, and how many a week.
import { axis, chart, ink, legend, palette, tooltip } from './charts.js';
import { nameOf, page } from './data.js';
import { day, instant, number } from './format.js';
import { text } from './text.js';

const kWeek = 604800000;

/** The rides of each demand in order of travel: from its first terminal to its last. */
function chains(result) {
    const byDemand = new Map();
    for (const m of result.named('containers_carried')) {
        const match = /^(demand|empties)\.(.+)\.ride\.([^.]+)\.([^.]+)\.([^.]+)\.([^.]+)$/.exec(m.subject);
        if (!match || !(m.mean > 0)) continue;
        const ride = { service: match[3], direction: match[4], from: match[5], to: match[6], containers: m.mean };
        const key = `${match[1]}.${match[2]}`;
        byDemand.set(key, [...(byDemand.get(key) ?? []), ride]);
    }
    return byDemand;
}

/** Nodes in layers: origins, then services by how many rides came before, then destinations; so there are no cycles. */
function graph(result) {
    const nodes = new Map();
    const links = new Map();
    const node = (key, label, depth) => nodes.set(key, { name: key, label, depth });
    const flow = (from, to, containers) => links.set(`${from}\u0000${to}`, (links.get(`${from}\u0000${to}`) ?? 0) + containers);
    let last = 1;
    const ends = [];
    for (const rides of chains(result).values()) {
        const level = new Map();
        const depthOf = (ride, guard = 0) => {
            if (level.has(ride)) return level.get(ride);
            const feeders = guard > 6 ? [] : rides.filter((r) => r !== ride && r.to === ride.from);
            const depth = 1 + Math.max(0, ...feeders.map((r) => depthOf(r, guard + 1)));
            level.set(ride, depth);
            return depth;
        };
        for (const ride of rides) {
            const depth = depthOf(ride);
            last = Math.max(last, depth);
            const key = `${depth}/${ride.service}/${ride.from}/${ride.to}`;
            node(key, `${nameOf(`terminal.${ride.from}`)} → ${nameOf(`terminal.${ride.to}`)}`, depth);
            const feeders = rides.filter((r) => r !== ride && r.to === ride.from);
            const onward = rides.some((r) => r !== ride && r.from === ride.to);
            if (feeders.length === 0) {
                node(`from/${ride.from}`, nameOf(`terminal.${ride.from}`), 0);
                flow(`from/${ride.from}`, key, ride.containers);
            }
            const total = feeders.reduce((sum, r) => sum + r.containers, 0);
            for (const feeder of feeders) flow(`${depthOf(feeder)}/${feeder.service}/${feeder.from}/${feeder.to}`, key, (ride.containers * feeder.containers) / total);
            if (!onward) ends.push([key, ride.to, ride.containers]);
        }
    }
    for (const [key, to, containers] of ends) {
        node(`to/${to}`, nameOf(`terminal.${to}`), last + 1);
        flow(key, `to/${to}`, containers);
    }
    return { nodes: [...nodes.values()], links: [...links].map(([key, value]) => ({ source: key.split('\u0000')[0], target: key.split('\u0000')[1], value })) };
}

export function sankey(result) {
    const { nodes, links } = graph(result);
    if (links.length === 0) return null;
    const label = new Map(nodes.map((n) => [n.name, n.label]));
    return [
        chart({
            label: text('sankey'),
            height: Math.min(560, 160 + 26 * nodes.length),
            make: () => ({
                tooltip: tooltip({
                    formatter: (p) => (p.dataType === 'edge' ? `${label.get(p.data.source)} → ${label.get(p.data.target)}: ${number(p.value)}` : `${label.get(p.name)}: ${number(p.value)}`),
                }),
                series: [
                    {
                        type: 'sankey', left: 4, right: 110, top: 8, bottom: 8, nodeGap: 10, nodeWidth: 12, draggable: false,
                        data: nodes.map((n) => ({ name: n.name, depth: n.depth })), links,
                        label: { color: ink().text, formatter: (p) => label.get(p.name), fontSize: 11, width: 105, overflow: 'truncate' },
                        lineStyle: { color: 'source', opacity: 0.35 }, emphasis: { focus: 'adjacency' },
                    },
                ],
            }),
            head: [text('from'), text('to'), text('containers')],
            rows: links.map((l) => [label.get(l.source), label.get(l.target), number(l.value)]),
            numeric: [2],
        }),
    ];
}

/** The first reading of a report about this measure that is made of whole services or directions: its sum by week, and the level of the report. */
function reportedRow(result, measure) {
    for (const reading of page.readings ?? []) {
        const row = page.run.comparison.find((r) => r.id === reading.id && r.reading === reading.reading);
        if (reading.measure !== measure || row.use === 'limit') continue;
        const parts = reading.subjects.map((subject) => {
            const [kind, id, way = 'both', more] = subject.split('.');
            return kind === 'service' && !more ? result.series.services[id]?.[way] : undefined;
        });
        if (parts.length === 0 || parts.some((part) => !part)) continue;
        const weeks = (instant(result.series.end) - instant(result.series.start)) / kWeek;
        return { name: `${row.name}: ${row.reading_name}`, mean: parts[0].mean.map((_, i) => parts.reduce((sum, part) => sum + part.mean[i], 0)), level: row.reported / weeks };
    }
    return null;
}

function band(name, colour, low, high) {
    const line = { type: 'line', symbol: 'none', lineStyle: { opacity: 0 }, silent: true, tooltip: { show: false } };
    return [
        { ...line, name: `${name} `, stack: name, data: low },
        { ...line, name: `${name} `, stack: name, data: high.map((h, i) => h - low[i]), areaStyle: { color: colour, opacity: 0.18 } },
    ];
}

/** Lines with their intervals over the weeks; what was before is drawn grey. */
export function byWeek({ label, result, rows, before = [], level = null, height = 320 }) {
    const weeks = result.series.weeks.map((week) => day(instant(week)));
    return chart({
        label,
        height,
        make: () => ({
            tooltip: tooltip({ trigger: 'axis', valueFormatter: (v) => number(v) }),
            legend: legend({ data: rows.map((row) => row.name) }),
            grid: { left: 8, right: 12, top: 20 + 22 * Math.ceil(rows.length / (innerWidth < 600 ? 1 : 3)), bottom: 8, containLabel: true },
            xAxis: axis({ type: 'category', data: weeks, boundaryGap: false }),
            yAxis: axis({ type: 'value', min: 0, axisLabel: { formatter: (v) => number(v) } }),
            series: [
                ...before.map((row) => ({ name: `${row.name} – ${text('before')}`, type: 'line', symbol: 'none', data: row.mean, lineStyle: { type: 'dashed', width: 1, color: ink().ghost }, itemStyle: { color: ink().ghost } })),
                ...rows.flatMap((row, i) => (row.low ? band(row.name, palette[i % palette.length], row.low, row.high) : [])),
                ...rows.map((row, i) => ({
                    name: row.name, type: 'line', symbol: 'none', data: row.mean, lineStyle: { width: 2 }, itemStyle: { color: palette[i % palette.length] },
                    markLine: i === 0 && level !== null
                        ? { silent: true, symbol: 'none', lineStyle: { color: ink().text, type: 'dotted' }, label: { color: ink().text, formatter: `${text('reported_level')}: ${number(level)}`, position: 'insideEndTop' }, data: [{ yAxis: level }] }
                        : undefined,
                })),
            ],
        }),
        head: [text('week'), ...rows.map((row) => row.name)],
        rows: weeks.map((week, i) => [week, ...rows.map((row) => (row.low ? `${number(row.mean[i])} (${number(row.low[i])} – ${number(row.high[i])})` : number(row.mean[i])))]),
        numeric: rows.map((_, i) => i + 1),
    });
}

export function throughput(result, before) {
    if (!result.series) return null;
    const services = (some, mode) =>
        Object.entries(some?.series?.services ?? {})
            .filter(([, service]) => service.mode === mode)
            .map(([id, service]) => ({ name: nameOf(`service.${id}`), ...service.both }))
            .filter((row) => row.mean?.some((v) => v > 0));
    const note = document.createElement('p');
    note.className = 'note';
    note.textContent = text('short_weeks');
    const blocks = ['waterway', 'railway'].flatMap((mode) => {
        const rows = services(result, mode);
        if (rows.length === 0) return [];
        const measure = mode === 'waterway' ? 'containers_shipped' : 'containers_railed';
        const reported = reportedRow(result, measure);
        const all = reported && rows.length > 1 ? [reported, ...rows] : rows;
        const label = text(mode === 'waterway' ? 'shipped' : 'railed');
        const h3 = document.createElement('h3');
        h3.textContent = label;
        return [h3, byWeek({ label, result, rows: all, before: services(before, mode), level: reported?.level ?? null })];
    });
    return blocks.length > 0 ? [...blocks, note] : null;
}
