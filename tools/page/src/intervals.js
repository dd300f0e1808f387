// Figures with intervals side by side, as lines with a point.
import { axis, chart, ink, legend, palette, tooltip } from './charts.js';

/**
 * `rows`: [{name, spans: [{low, mid, high} or null, one for each group], mark: a value or null}]; `groups`: their names.
 * `zero` draws a line there; a mark is drawn as a diamond, called `markName`.
 */
export function intervals({ label, groups, rows, format, zero = null, markName = null, head, cells, numeric }) {
    const step = 18;
    const offset = (group) => (group - (groups.length - 1) / 2) * step * 0.8;
    const shapes = (group) => (params, api) => {
        const [y, low, mid, high] = [0, 1, 2, 3].map((i) => api.value(i));
        const at = (x) => {
            const point = api.coord([x, y]);
            return [point[0], point[1] + offset(group)];
        };
        const colour = palette[group % palette.length];
        const [from, to, middle] = [at(low), at(high), at(mid)];
        return {
            type: 'group',
            children: [
                { type: 'line', shape: { x1: from[0], y1: from[1], x2: to[0], y2: to[1] }, style: { stroke: colour, lineWidth: 5, opacity: 0.45, lineCap: 'round' } },
                { type: 'circle', shape: { cx: middle[0], cy: middle[1], r: 4 }, style: { fill: colour } },
            ],
        };
    };
    const hasMarks = rows.some((row) => Number.isFinite(row.mark));
    return chart({
        label,
        height: 60 + rows.length * Math.max(26, groups.length * step + 6),
        make: () => ({
            tooltip: tooltip({
                formatter: (p) => (p.data.length === 2 ? `${rows[p.data[1]].name}\n${markName}: ${format(p.data[0])}` : `${rows[p.data[0]].name}\n${p.seriesName}: ${format(p.data[2])} (${format(p.data[1])} – ${format(p.data[3])})`),
            }),
            legend: groups.length > 1 || hasMarks ? legend({ data: [...groups, ...(hasMarks ? [markName] : [])] }) : undefined,
            grid: { left: 8, right: 24, top: 36, bottom: 8, containLabel: true },
            xAxis: axis({ type: 'value', scale: zero === null, axisLabel: { formatter: format } }),
            yAxis: axis({ type: 'category', inverse: true, data: rows.map((row) => row.name), splitLine: { show: false }, axisLabel: { color: ink().text, width: innerWidth < 600 ? 120 : 320, overflow: 'break' } }),
            series: [
                ...groups.map((name, group) => ({
                    name, type: 'custom', renderItem: shapes(group), encode: { x: [1, 2, 3], y: 0 }, itemStyle: { color: palette[group % palette.length] },
                    data: rows.flatMap((row, y) => (row.spans[group] ? [[y, row.spans[group].low, row.spans[group].mid, row.spans[group].high]] : [])),
                    markLine: group === 0 && zero !== null ? { silent: true, symbol: 'none', label: { show: false }, lineStyle: { color: ink().text, type: 'dotted' }, data: [{ xAxis: zero }] } : undefined,
                })),
                ...(hasMarks ? [{ name: markName, type: 'scatter', symbol: 'diamond', symbolSize: 11, itemStyle: { color: ink().text }, data: rows.flatMap((row, y) => (Number.isFinite(row.mark) ? [[row.mark, y]] : [])) }] : []),
            ],
        }),
        head,
        rows: cells,
        numeric,
    });
}
