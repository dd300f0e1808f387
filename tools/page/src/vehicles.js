// The string-line diagram: where each vehicle of a service was when.
import { axis, chart, palette, tooltip } from './charts.js';
import { nameOf } from './data.js';
import { element } from './dom.js';
import { day, instant, number } from './format.js';
import { text } from './text.js';

const kHour = 3600000;

/** One polyline for all runs, with gaps between them. */
function lines(runs, start, direction) {
    const data = [];
    for (const run of runs) {
        if (run.direction !== direction) continue;
        for (const [hour, km] of run.points) data.push([start + hour * kHour, km]);
        data.push([null, null]);
    }
    return data;
}

function diagram(result, service) {
    const { stops, runs } = result.vehicles;
    const start = instant(result.vehicles.start).getTime();
    const own = runs.filter((run) => run.service === service);
    const places = [...stops[service]].sort((a, b) => a.km - b.km);
    const far = Math.max(...places.map((p) => p.km), 1);
    const lead = start + 14 * 24 * kHour;
    const rows = own.slice(0, 200).map((run) => [
        day(new Date(start + run.points[0][0] * kHour), { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' }),
        text(run.direction),
        day(new Date(start + run.points.at(-1)[0] * kHour), { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' }),
        run.boxes.map((n) => number(n)).join(', '),
    ]);
    const directions = [...new Set(own.map((run) => run.direction))];
    return chart({
        label: `${text('vehicles')}: ${nameOf(`service.${service}`)}`,
        height: 380,
        make: () => ({
            tooltip: tooltip({ trigger: 'item' }),
            grid: { left: 8, right: 16, top: 28, bottom: 8, containLabel: true },
            dataZoom: [{ type: 'inside', startValue: start, endValue: lead, zoomOnMouseWheel: 'ctrl', moveOnMouseWheel: false }],
            xAxis: axis({ type: 'time', axisLabel: { formatter: (v) => day(new Date(v)) } }),
            yAxis: axis({ type: 'value', min: 0, max: far, interval: far, axisLabel: { show: false }, splitLine: { show: false } }),
            series: [
                ...directions.map((direction, i) => ({ name: text(direction), type: 'line', symbol: 'none', connectNulls: false, data: lines(own, start, direction), lineStyle: { width: 1.2 }, itemStyle: { color: palette[i] } })),
                {
                    type: 'line', data: [], silent: true,
                    markLine: { silent: true, symbol: 'none', label: { position: 'insideStartTop', formatter: (p) => p.name }, lineStyle: { type: 'solid', width: 0.6, color: '#888' }, data: places.map((p) => ({ yAxis: p.km, name: nameOf(`terminal.${p.terminal}`) })) },
                },
            ],
        }),
        head: [text('from'), '', text('to'), text('containers')],
        rows,
        numeric: [3],
    });
}

export function vehicles(result) {
    const services = Object.keys(result.vehicles?.stops ?? {}).filter((id) => result.vehicles.runs.some((run) => run.service === id));
    if (services.length === 0) return null;
    const place = element('div', {}, diagram(result, services[0]));
    const choice = element(
        'select',
        { onchange: (event) => place.replaceChildren(diagram(result, event.target.value)) },
        ...services.map((id) => element('option', { value: id }, nameOf(`service.${id}`))),
    );
    return [element('p', {}, element('label', {}, `${text('service')} `, choice), ' ', element('span', { class: 'note' }, text('one_replication', { n: number(result.run.replications) }))), place];
}
