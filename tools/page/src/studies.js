// Pages of studies: options, sensitivity, calibration, sweeps. Each has sections as the page of a run has.
import { beliefs } from './beliefs.js';
import { axis, chart, ink, palette, tooltip } from './charts.js';
import { page } from './data.js';
import { behind, element, table } from './dom.js';
import { interval, listOf, number, percent, plusMinus } from './format.js';
import { intervals } from './intervals.js';
import { text } from './text.js';

const title = (content) => element('h3', {}, content);
const note = (content) => element('p', { class: 'note' }, content);
const answers = (sentences) => sentences.map((sentence) => element('p', { class: 'answer' }, sentence));

function warnings() {
    const { warnings = [] } = page.result;
    return warnings.length === 0 ? null : [element('ul', { class: 'warnings' }, ...warnings.map((warning) => element('li', {}, warning)))];
}

/** "demand.exports" within a name that a program gave: the name people know, where there is one. */
const known = (name) => name.replace(/\b(?:terminal|link|fleet|lock|service|demand)\.[A-Za-z0-9_-]+/g, (subject) => page.names[subject] ?? subject);

// ---- options ----

const headlines = (option) => option.measures.filter((measure) => measure.headline !== null);
const horizonName = (horizon) => (horizon.name ? `${horizon.name} (× ${number(horizon.factor)})` : '');
const isSure = ({ difference: { ci95 } }) => ci95 !== null && (ci95[0] > 0 || ci95[1] < 0);

function changeText(measure) {
    const { mean, ci95 } = measure.difference;
    if (mean === null) return '–';
    return `${mean > 0 ? '+' : ''}${plusMinus(mean, ci95)}`;
}

const optionSections = {
    answer: () =>
        answers(
            page.result.horizons.flatMap((horizon) =>
                horizon.options.map((option) => {
                    const changes = headlines(option).filter(isSure).slice(0, 3).map((m) => `${known(m.headline)} ${changeText(m)} ${m.unit}`);
                    const values = { option: option.name, base: horizon.base.name, year: horizon.name ? `${horizonName(horizon)}: ` : '', changes: listOf(changes) };
                    return text(changes.length > 0 ? 'option_changes' : 'option_changes_nothing', values);
                }),
            ),
        ),
    differences: () =>
        page.result.horizons.flatMap((horizon) => {
            const rows = new Map();
            horizon.options.forEach((option, i) => {
                for (const m of headlines(option)) {
                    if (!rows.has(m.headline)) rows.set(m.headline, { measure: m, cells: horizon.options.map(() => null) });
                    rows.get(m.headline).cells[i] = m;
                }
            });
            const label = [text('differences'), horizonName(horizon)].filter(Boolean).join(', ');
            return [
                horizon.name ? title(horizonName(horizon)) : null,
                table(
                    [text('figure'), text('unit'), horizon.base.name, ...horizon.options.flatMap((option) => [option.name, text('change')])],
                    [
                        ...[...rows.values()].map(({ measure, cells }) => [
                            known(measure.headline), measure.unit, plusMinus(measure.base, measure.base_ci95),
                            ...cells.flatMap((m) => (m ? [plusMinus(m.option, m.option_ci95), isSure(m) ? element('strong', {}, changeText(m)) : changeText(m)] : ['–', '–'])),
                        ]),
                    ],
                    { caption: label, numeric: [2, ...horizon.options.flatMap((_, i) => [3 + 2 * i, 4 + 2 * i])] },
                ),
                element('ul', {}, ...[horizon.base, ...horizon.options].map((variant) => element('li', {}, `${text('most_used', { name: variant.name })}: ${known(variant.bottleneck)}`))),
                note(text('paired_note', { n: number(horizon.replications) })),
            ];
        }),
    changes: () =>
        page.result.horizons.flatMap((horizon) => {
            const share = (m) => (m && m.base ? { low: m.difference.ci95?.[0] / m.base, mid: m.difference.mean / m.base, high: m.difference.ci95?.[1] / m.base } : null);
            const names = [...new Set(horizon.options.flatMap((option) => headlines(option).map((m) => m.headline)))];
            const rows = names
                .map((name) => ({ name: known(name), spans: horizon.options.map((option) => share(headlines(option).find((m) => m.headline === name))), mark: null }))
                .filter((row) => row.spans.some((span) => span && Number.isFinite(span.low) && span.mid !== 0));
            if (rows.length === 0) return [];
            return [
                horizon.name ? title(horizonName(horizon)) : null,
                intervals({ label: text('changes'), groups: horizon.options.map((option) => option.name), rows, format: (v) => percent(v), zero: 0 }),
            ];
        }),
    everything: () =>
        page.result.horizons.flatMap((horizon) =>
            horizon.options.map((option) => {
                const moved = option.measures.filter((m) => m.difference.mean !== 0 && m.difference.mean !== null);
                const rows = moved.map((m) => [element('code', {}, m.name), known(m.subject), m.unit, plusMinus(m.base, m.base_ci95), plusMinus(m.option, m.option_ci95), changeText(m), m.replications_to_see === null ? '–' : number(m.replications_to_see)]);
                const head = ['measure', 'of', 'unit'].map((key) => text(key));
                return behind([option.name, horizonName(horizon)].filter(Boolean).join(', '), table([...head, horizon.base.name, option.name, text('change'), text('replications_to_see', { share: percent(page.result.difference) })], rows, { caption: option.name, numeric: [3, 4, 5, 6] }));
            }),
        ),
};

// ---- sensitivity ----

const ownIndex = (output) => output.inputs.filter((input) => input.total !== null);
const inputName = (input) => ({ 'all others together': text('all_others'), 'chance alone': text('chance_alone') })[input] ?? known(input);
const shareOf = ({ value, ci95 }) => ({ low: ci95?.[0] ?? value, mid: value, high: ci95?.[1] ?? value });

const sensitivitySections = {
    answer: () =>
        answers(
            page.result.outputs.filter((output) => ownIndex(output).length > 0).slice(0, 4).map((output) => {
                const chance = output.inputs.find(({ input }) => input === 'chance alone');
                const first = ownIndex(output).filter(({ input }) => input !== 'chance alone').sort((a, b) => b.total.value - a.total.value)[0];
                return text('moved_most', { output: output.name, input: inputName(first.input), share: percent(first.total.value, 2), chance: percent(chance?.total?.value ?? null, 2) });
            }),
        ),
    tornado: () =>
        page.result.outputs.flatMap((output) => {
            const inputs = ownIndex(output).sort((a, b) => b.total.value - a.total.value);
            if (inputs.length === 0) return [];
            const cells = [...inputs, ...output.inputs.filter((input) => input.total === null)].map((input) => [
                inputName(input.input),
                input.total ? `${percent(input.total.value)} (${percent(input.total.ci95?.[0])} – ${percent(input.total.ci95?.[1])})` : '–',
                input.first ? `${percent(input.first.value)} (${percent(input.first.ci95?.[0])} – ${percent(input.first.ci95?.[1])})` : '–',
                input.effect ? number(input.effect.mean) : '–',
                input.effect ? plusMinus(input.effect.mean_absolute, input.effect.mean_absolute_ci95) : '–',
            ]);
            return [
                title(`${output.name} (${output.unit}): ${number(output.mean)}, ${text('standard_deviation')} ${number(output.sd)}`),
                intervals({
                    label: `${text('tornado')}: ${output.name}`, groups: [text('total_index'), text('first_index')], zero: 0, format: (v) => percent(v, 2),
                    rows: inputs.map((input) => ({ name: inputName(input.input), spans: [shareOf(input.total), shareOf(input.first)], mark: null })),
                    head: [text('input'), text('total_index'), text('first_index'), `${text('effect')} (${output.unit})`, `${text('effect_absolute')} (${output.unit})`], cells, numeric: [1, 2, 3, 4],
                }),
            ];
        }).concat(note(text('index_note', { rows: number(page.result.rows), trajectories: number(page.result.trajectories) }))),
};

// ---- calibration ----

const spanOf = (belief, scale = 1) => (belief && Number.isFinite(belief.median) ? { low: belief.low90 / scale, mid: belief.median / scale, high: belief.high90 / scale } : null);
const believed = (belief) => (belief && Number.isFinite(belief.median) ? `${number(belief.median)} (${interval([belief.low90, belief.high90])})` : '–');
const standing = (figure) => (figure.fitted ? text('fitted') : text(figure.use === 'calibrate' ? 'another_reading' : figure.use));

const calibrationSections = {
    answer: () => {
        const inside = (figure) => figure.posterior.low90 <= figure.reported && figure.reported <= figure.posterior.high90;
        const held = page.result.figures.filter((figure) => figure.use === 'validate' && figure.posterior);
        const fitted = page.result.figures.filter((figure) => figure.fitted && figure.posterior);
        const informed = page.result.parameters.filter((parameter) => parameter.informed);
        return answers([
            text('calibrated_to', { n: number(fitted.length), inside: number(fitted.filter(inside).length) }),
            ...(held.length > 0 ? [text('held_out', { n: number(held.length), inside: number(held.filter(inside).length) })] : []),
            text('informed_of', { informed: number(informed.length), n: number(page.result.parameters.length) }),
        ]);
    },
    comparison: () => {
        const figures = page.result.figures;
        return [
            table(
                ['figure', 'unit', 'reported', 'as_first_believed', 'calibrated', 'use'].map((key) => text(key)),
                figures.map((f) => [f.name, f.unit, f.error > 0 ? `${number(f.reported)} (± ${percent(f.error)})` : number(f.reported), believed(f.prior), believed(f.posterior), standing(f)]),
                { caption: text('comparison'), numeric: [2, 3, 4] },
            ),
            intervals({
                label: text('against_reported'), groups: [text('as_first_believed'), text('calibrated')], format: (v) => percent(v), markName: text('reported'),
                rows: figures.filter((f) => f.reported !== 0).map((f) => ({ name: `${f.name} (${f.unit})`, spans: [spanOf(f.prior, f.reported), spanOf(f.posterior, f.reported)], mark: 1 })),
            }),
            note(text('against_reported')),
        ];
    },
    parameters: () => {
        const all = page.result.parameters;
        const informed = all.filter((parameter) => parameter.informed && parameter.prior.high90 > parameter.prior.low90);
        const within = (p, belief) => {
            const at = (v) => (v - p.prior.low90) / (p.prior.high90 - p.prior.low90);
            return { low: at(belief.low90), mid: at(belief.median), high: at(belief.high90) };
        };
        const head = ['input', 'unit', 'as_first_believed', 'calibrated', 'variance_left'].map((key) => text(key));
        const cells = all.map((p) => [element('code', {}, p.path), p.unit, believed(p.prior), believed(p.posterior), percent(p.variance_left)]);
        if (informed.length === 0) return [table(head, cells, { caption: text('parameters'), numeric: [2, 3, 4] })];
        return [
            intervals({
                label: text('parameters'), groups: [text('as_first_believed'), text('calibrated')], format: (v) => percent(v),
                rows: informed.map((p) => ({ name: known(p.path), spans: [within(p, p.prior), within(p, p.posterior)], mark: null })),
                head, cells, numeric: [2, 3, 4],
            }),
            note(text('prior_scale')),
        ];
    },
    left_out: () => {
        const rows = page.result.left_out ?? [];
        if (rows.length === 0) return null;
        const reported = new Map(page.result.figures.map((f) => [f.name, f]));
        return [
            table(
                ['figure', 'unit', 'reported', 'predicted', 'percentile'].map((key) => text(key)),
                rows.map((row) => [row.name, reported.get(row.name)?.unit ?? '', number(reported.get(row.name)?.reported), believed(row.predicted), number(row.percentile)]),
                { caption: text('left_out'), numeric: [2, 3, 4] },
            ),
        ];
    },
};

// ---- sweeps ----

const outputName = (output) => (output.name === 'reported' ? output.subject : `${output.name} ${known(output.subject)}`);
const settingText = (setting) => (setting === null ? '–' : typeof setting === 'number' ? number(setting, 6) : String(setting));

function pointsChart(x, output) {
    const { parameters, outputs, points } = page.result;
    const rows = points.filter((point) => point.means[output].mean !== null);
    const isNumber = rows.every((point) => typeof point.settings[x] === 'number');
    const place = (point) => (isNumber ? point.settings[x] : settingText(point.settings[x]));
    const unit = parameters[x].unit ? ` (${parameters[x].unit})` : '';
    return chart({
        label: `${outputName(outputs[output])} (${outputs[output].unit}) / ${parameters[x].path}`,
        make: () => ({
            tooltip: tooltip({ formatter: (p) => `${rows[p.dataIndex].settings.map((s, i) => `${parameters[i].path} = ${settingText(s)}`).join('\n')}\n${plusMinus(rows[p.dataIndex].means[output].mean, rows[p.dataIndex].means[output].ci95)} ${outputs[output].unit}` }),
            grid: { left: 8, right: 24, top: 36, bottom: 24, containLabel: true },
            xAxis: axis({ type: isNumber ? 'value' : 'category', scale: true, name: parameters[x].path + unit, nameLocation: 'middle', nameGap: 26, axisLabel: isNumber ? { formatter: (v) => number(v) } : {} }),
            yAxis: axis({ type: 'value', scale: true, name: outputs[output].unit, axisLabel: { formatter: (v) => number(v) } }),
            series: [
                { type: 'scatter', symbolSize: 7, itemStyle: { color: palette[0] }, data: rows.map((point) => [place(point), point.means[output].mean]) },
                {
                    type: 'custom', silent: true, encode: { x: 0, y: [1, 2] },
                    data: rows.filter((point) => point.means[output].ci95).map((point) => [place(point), ...point.means[output].ci95]),
                    renderItem: (params, api) => {
                        const [low, high] = [api.coord([api.value(0), api.value(1)]), api.coord([api.value(0), api.value(2)])];
                        return { type: 'line', shape: { x1: low[0], y1: low[1], x2: high[0], y2: high[1] }, style: { stroke: ink().faint, lineWidth: 1.5 } };
                    },
                },
            ],
        }),
    });
}

function choice(label, names, take) {
    const select = element('select', { 'aria-label': label, onchange: () => take(select.selectedIndex) }, ...names.map((name) => element('option', {}, name)));
    return element('label', {}, `${label} `, select);
}

const sweepSections = {
    answer: () => {
        const { counts, points, outputs, parameters } = page.result;
        const least = (i) => points.filter((p) => p.means[i].mean !== null).sort((a, b) => a.means[i].mean - b.means[i].mean);
        const at = (point) => point.settings.map((s, i) => `${parameters[i].path} = ${settingText(s)}`).join('; ');
        return answers([
            text('swept', { points: number(counts.points), replications: number(counts.replications) }),
            ...outputs.slice(0, 3).flatMap((output, i) => {
                const sorted = least(i);
                if (sorted.length < 2) return [];
                const [low, high] = [sorted[0], sorted.at(-1)];
                return [text('swept_range', { output: outputName(output), unit: output.unit, low: plusMinus(low.means[i].mean, low.means[i].ci95), low_at: at(low), high: plusMinus(high.means[i].mean, high.means[i].ci95), high_at: at(high) })];
            }),
        ]);
    },
    points: () => {
        const { parameters, outputs, points, counts } = page.result;
        if (parameters.length === 0 || outputs.length === 0) return null;
        const place = element('div', {});
        let [x, output] = [0, 0];
        const draw = () => place.replaceChildren(pointsChart(x, output));
        draw();
        return [
            element('p', {},
                choice(text('figure'), outputs.map(outputName), (i) => { output = i; draw(); }), ' ',
                choice(text('input'), parameters.map((parameter) => parameter.path), (i) => { x = i; draw(); })),
            place,
            points.length < counts.points ? note(text('first_points', { n: number(points.length), all: number(counts.points) })) : null,
            behind(text('data'), table(
                [...parameters.map((p) => p.path + (p.unit ? ` (${p.unit})` : '')), ...outputs.map((o) => `${outputName(o)} (${o.unit})`), text('replications'), text('trajectories')],
                points.map((point) => [...point.settings.map(settingText), ...point.means.map((m) => plusMinus(m.mean, m.ci95)), number(Math.max(0, ...point.means.map((m) => m.samples))), element('code', {}, point.fingerprint ?? '–')]),
                { caption: text('points'), numeric: [...parameters.keys(), ...outputs.map((_, i) => parameters.length + i), parameters.length + outputs.length] },
            )),
        ];
    },
};

/** By the kind of the page, in the order of its sections. */
export const studies = {
    options: { ...optionSections, warnings, beliefs },
    sensitivity: { ...sensitivitySections, warnings, beliefs },
    calibration: { ...calibrationSections, warnings, beliefs },
    sweep: { ...sweepSections, warnings, beliefs },
};
