// Cost and carbon of each leg, as an auditor can add them up.
import { axis, chart, ink, legend, palette, tooltip } from './charts.js';
import { nameOf } from './data.js';
import { table } from './dom.js';
import { number } from './format.js';
import { text } from './text.js';

export function money(result, before) {
    const rows = (result.run.audit ?? []).filter((row) => row.subject.startsWith('service.') && row.tonne_km > 0);
    if (rows.length === 0) return null;
    const old = new Map((before?.run.audit ?? []).map((row) => [row.subject, row]));
    const currency = result.named('cost')[0]?.unit ?? '';
    const emissions = (row) => (row?.emissions_wtt ?? 0) + (row?.emissions_ttw ?? 0);
    const income = (row) => row.tariff_income ?? row.running_cost ?? 0;
    const blocks = [];
    if (rows.some((row) => emissions(row) > 0)) {
        blocks.push(
            chart({
                label: `${text('carbon')} (t CO2e)`,
                height: 60 + 30 * rows.length,
                make: () => ({
                    tooltip: tooltip({ trigger: 'axis', axisPointer: { type: 'shadow' }, valueFormatter: (v) => `${number(v)} t CO2e` }),
                    legend: legend(),
                    grid: { left: 8, right: 24, top: 32, bottom: 8, containLabel: true },
                    xAxis: axis({ type: 'value', axisLabel: { formatter: (v) => number(v) } }),
                    yAxis: axis({ type: 'category', inverse: true, data: rows.map((row) => nameOf(row.subject)), axisLabel: { color: ink().text } }),
                    series: [
                        { name: text('wtt'), type: 'bar', stack: 'now', barMaxWidth: 16, data: rows.map((row) => row.emissions_wtt ?? 0), itemStyle: { color: palette[4] } },
                        { name: text('ttw'), type: 'bar', stack: 'now', barMaxWidth: 16, data: rows.map((row) => row.emissions_ttw ?? 0), itemStyle: { color: palette[0] } },
                        ...(before ? [{ name: text('before'), type: 'bar', barMaxWidth: 8, itemStyle: { color: 'transparent', borderColor: ink().ghost, borderType: 'dashed' }, data: rows.map((row) => emissions(old.get(row.subject))) }] : []),
                    ],
                }),
            }),
        );
    }
    const head = [text('service'), text('runs'), text('tonne_km'), ...(currency ? [`${text('cost')} (${currency})`] : []), `${text('wtt')} (t CO2e)`, `${text('ttw')} (t CO2e)`, text('per_tonne_km'), ...(before ? [`${text('before')} (t CO2e)`] : [])];
    const cells = rows.map((row) => [
        nameOf(row.subject), number(row.vehicle_trips), number(row.tonne_km), ...(currency ? [number(income(row))] : []),
        number(row.emissions_wtt), number(row.emissions_ttw), number((1e6 * emissions(row)) / row.tonne_km), ...(before ? [number(emissions(old.get(row.subject)))] : []),
    ]);
    blocks.push(table(head, cells, { caption: text('money'), numeric: [1, 2, 3, 4, 5, 6, 7] }));
    return blocks;
}
