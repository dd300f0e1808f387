// How busy cranes, berths and fleets are, week by week.
import { axis, chart, ink, tooltip } from './charts.js';
import { partName } from './data.js';
import { element } from './dom.js';
import { day, instant, percent } from './format.js';
import { text } from './text.js';
import { busyColour } from './times.js';

const kMostRows = 40;  // of a picture; its table has all
const kRowHeight = 22;

function rowsOf(result, measure) {
    return Object.entries(result?.series?.busy[measure] ?? {})
        .filter(([, band]) => band.mean.some((share) => share !== null))
        .map(([subject, band]) => ({ subject, ...band, name: partName(subject, text), period: result.mean(measure, subject) ?? 0 }))
        .sort((a, b) => b.period - a.period);
}

/** A square of the picture: its colour, and its figure where there is room. */
function square(params, api) {
    const [x, y] = api.coord([api.value(0), api.value(1)]);
    const [width, height] = api.size([1, 1]);
    const share = api.value(2);
    const shape = { x: x - width / 2 + 0.5, y: y - height / 2 + 1, width: width - 1, height: height - 2 };
    return {
        type: 'rect', shape, style: { fill: busyColour(share) },
        textContent: width < 30 ? undefined : { style: { text: percent(Math.round(share * 100) / 100), fill: '#1f2328', fontSize: 10 } },
        textConfig: { position: 'inside' },
    };
}

function squares(measure, rows, earlier, weeks) {
    const shown = rows.slice(0, kMostRows);
    const cells = shown.flatMap((row, y) => row.mean.map((share, x) => [x, y, share]).filter(([, , share]) => share !== null));
    const spoken = (row, i) => (row.low[i] === null ? percent(row.mean[i]) : `${percent(row.mean[i])} (${percent(Math.max(row.low[i], 0))} – ${percent(row.high[i])})`);
    const told = ([x, y]) => {
        const old = earlier.get(shown[y].subject);
        return `${shown[y].name}\n${text('week')} ${weeks[x]}: ${spoken(shown[y], x)}${old ? `\n${text('before')}: ${percent(old.mean[x])}` : ''}`;
    };
    return chart({
        label: `${text('busy')}: ${text(measure)}`,
        height: 30 + kRowHeight * shown.length,
        make: () => ({
            tooltip: tooltip({ trigger: 'item', formatter: (p) => told(p.value) }),
            grid: { left: 8, right: 8, top: 4, bottom: 4, containLabel: true },
            xAxis: axis({ type: 'category', data: weeks, splitLine: { show: false }, axisTick: { show: false } }),
            yAxis: axis({ type: 'category', inverse: true, data: shown.map((row) => row.name), splitLine: { show: false }, axisTick: { show: false }, axisLabel: { color: ink().text, width: innerWidth < 600 ? 110 : 240, overflow: 'truncate' } }),
            series: [{ type: 'custom', renderItem: square, data: cells, encode: { x: 0, y: 1 } }],
        }),
        head: [text('week'), ...rows.map((row) => row.name)],
        rows: weeks.map((week, i) => [week, ...rows.map((row) => spoken(row, i))]),
        numeric: rows.map((_, i) => i + 1),
    });
}

export function busy(result, before) {
    if (!result.series) return null;
    const weeks = result.series.weeks.map((week) => day(instant(week)));
    const blocks = ['crane_utilisation', 'berth_utilisation', 'fleet_utilisation'].flatMap((measure) => {
        const rows = rowsOf(result, measure);
        const earlier = new Map(rowsOf(before, measure).map((row) => [row.subject, row]));
        return rows.length === 0 ? [] : [element('h3', {}, text(measure)), squares(measure, rows, earlier, weeks)];
    });
    const key = element('p', { class: 'note' }, `${text('busy_note')} `, ...[0, 0.5, 1].flatMap((share) => [element('span', { class: 'swatch', style: `background:${busyColour(share)}` }), ` ${percent(share)} `]), text('short_weeks'));
    return blocks.length > 0 ? [...blocks, key] : null;
}
