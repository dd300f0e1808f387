// Where time goes: waiting by cause, how busy things are, yards, and how long containers take.
import { axis, chart, ink, legend, palette, tooltip } from './charts.js';
import { nameOf, partName } from './data.js';
import { element } from './dom.js';
import { byWeek } from './flows.js';
import { number, percent } from './format.js';
import { text } from './text.js';

const ghost = () => ({ color: 'transparent', borderColor: ink().ghost, borderType: 'dashed', borderWidth: 1 });

/** Horizontal bars, the largest on top; what was before as an outline. */
function bars({ label, rows, format, head, max = null }) {
    const sorted = [...rows].sort((a, b) => b.value - a.value);
    const hasBefore = sorted.some((row) => row.before !== undefined);
    return chart({
        label,
        height: 50 + (hasBefore ? 32 : 22) * sorted.length,
        make: () => ({
            tooltip: tooltip({ trigger: 'axis', axisPointer: { type: 'shadow' }, valueFormatter: format }),
            grid: { left: 8, right: 60, top: 8, bottom: 8, containLabel: true },
            xAxis: axis({ type: 'value', min: 0, max, axisLabel: { formatter: format } }),
            yAxis: axis({ type: 'category', inverse: true, data: sorted.map((row) => row.name), splitLine: { show: false }, axisLabel: { color: ink().text } }),
            series: [
                { name: label, type: 'bar', barMaxWidth: 14, data: sorted.map((row) => ({ value: row.value, itemStyle: row.colour ? { color: row.colour } : undefined })), label: { show: true, position: 'right', color: ink().text, formatter: (p) => format(p.value) } },
                ...(hasBefore ? [{ name: text('before'), type: 'bar', barMaxWidth: 8, itemStyle: ghost(), data: sorted.map((row) => row.before ?? null) }] : []),
            ],
        }),
        head,
        rows: sorted.map((row) => [row.name, format(row.value), ...(hasBefore ? [format(row.before)] : [])]),
        numeric: [1, 2],
    });
}

export function waiting(result, before) {
    const rows = (result.series?.waits ?? []).filter((wait) => wait.hours > 0);
    if (rows.length === 0) return null;
    const earlier = new Map(before?.series?.waits?.map((wait) => [wait.cause, wait.hours]));
    return [
        bars({
            label: text('waiting') + ' (' + text('container_hours') + ')',
            rows: rows.map((wait) => ({ name: text(wait.cause), value: wait.hours, before: before ? (earlier.get(wait.cause) ?? 0) : undefined })),
            format: (v) => number(v),
            head: [text('cause'), text('container_hours'), ...(before ? [text('before')] : [])],
        }),
        result.series.explained < result.series.replications ? element('p', { class: 'note' }, text('waiting_note', { n: number(result.series.explained), all: number(result.series.replications) })) : null,
    ];
}

/** Busy from blue to orange, the same for any colour vision. */
export function busyColour(share) {
    const stops = [[86, 180, 233], [230, 159, 0], [213, 94, 0]];
    const at = Math.min(Math.max(share, 0), 1) * 2;
    const i = Math.min(Math.floor(at), 1);
    const mix = stops[i].map((c, k) => Math.round(c + (stops[i + 1][k] - c) * (at - i)));
    return `rgb(${mix.join(',')})`;
}

export function utilisation(result, before) {
    const blocks = ['crane_utilisation', 'berth_utilisation', 'fleet_utilisation'].flatMap((name) => {
        const rows = result
            .named(name)
            .filter((m) => m.mean !== null)
            .map((m) => ({ name: partName(m.subject, text), value: m.mean, colour: busyColour(m.mean), before: before ? before.mean(name, m.subject) : undefined }));
        if (rows.length === 0) return [];
        const h3 = document.createElement('h3');
        h3.textContent = text(name);
        return [h3, bars({ label: text(name), rows, format: (v) => percent(v), max: 1, head: [text('terminal'), text('share'), ...(before ? [text('before')] : [])] })];
    });
    return blocks.length > 0 ? blocks : null;
}

export function yards(result, before) {
    const rowsOf = (some) =>
        Object.entries(some?.series?.yards ?? {}).map(([id, band]) => ({ name: nameOf(`terminal.${id}`), ...band })).filter((row) => row.mean.some((v) => v > 0));
    const rows = rowsOf(result);
    return rows.length === 0 ? null : [byWeek({ label: text('yards'), result, rows, before: rowsOf(before) })];
}

/** Median, mean and 95th percentile of a time, one line each. */
function spans({ label, rows, head }) {
    return chart({
        label,
        height: 60 + 24 * rows.length,
        make: () => ({
            tooltip: tooltip({ trigger: 'item', formatter: (p) => `${p.name || rows[p.dataIndex].name}: ${p.seriesName} ${number(p.value[0])} ${text('hours')}` }),
            legend: legend(),
            grid: { left: 8, right: 24, top: 32, bottom: 8, containLabel: true },
            xAxis: axis({ type: 'value', min: 0, name: text('hours'), nameLocation: 'end', axisLabel: { formatter: (v) => number(v) } }),
            yAxis: axis({ type: 'category', inverse: true, data: rows.map((row) => row.name), axisLabel: { color: ink().text }, splitLine: { show: true, lineStyle: { color: ink().line } } }),
            series: [
                ...(rows.some((row) => row.before) ? [{ name: `${text('mean')} – ${text('before')}`, type: 'scatter', symbol: 'emptyDiamond', symbolSize: 12, itemStyle: { color: ink().ghost }, data: rows.map((row, i) => [row.before, i]) }] : []),
                { name: text('median'), type: 'scatter', symbol: 'rect', symbolSize: [4, 14], itemStyle: { color: palette[0] }, data: rows.map((row, i) => [row.p50, i]) },
                { name: text('mean'), type: 'scatter', symbol: 'diamond', symbolSize: 10, itemStyle: { color: palette[1] }, data: rows.map((row, i) => [row.mean, i]) },
                { name: text('p95'), type: 'scatter', symbol: 'triangle', symbolSize: 9, itemStyle: { color: palette[2] }, data: rows.map((row, i) => [row.p95, i]) },
            ],
        }),
        head,
        rows: rows.map((row) => [row.name, number(row.p50), number(row.mean), number(row.p95), ...(rows.some((r) => r.before) ? [number(row.before)] : [])]),
        numeric: [1, 2, 3, 4],
    });
}

export function times(result, before) {
    const blocks = [];
    for (const [measure, kind, title] of [['door_to_door_time', 'demand', 'door'], ['dwell', 'terminal', 'dwell']]) {
        const rows = result
            .named(`${measure}_p95`)
            .filter((m) => m.subject.startsWith(`${kind}.`) && m.mean !== null)
            .map((m) => ({ name: nameOf(m.subject), p50: result.mean(`${measure}_p50`, m.subject), mean: result.mean(`${measure}_mean`, m.subject), p95: m.mean, before: before?.mean(`${measure}_mean`, m.subject) }));
        if (rows.length === 0) continue;
        const h3 = document.createElement('h3');
        h3.textContent = text(title);
        const head = [text(kind), text('median'), text('mean'), text('p95'), ...(before ? [text('before')] : [])];
        blocks.push(h3, spans({ label: `${text(title)} (${text('hours')})`, rows, head }));
    }
    return blocks.length > 0 ? blocks : null;
}
