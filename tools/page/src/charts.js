// Charts by Apache ECharts, drawn when they come into view; each with the figures behind it.
import { BarChart, CustomChart, LineChart, SankeyChart, ScatterChart } from 'echarts/charts';
import { DataZoomInsideComponent, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

import { behind, element, table } from './dom.js';
import { text } from './text.js';

echarts.use([BarChart, CustomChart, LineChart, SankeyChart, ScatterChart, DataZoomInsideComponent, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent, SVGRenderer]);

/** Okabe and Ito's colours, which people with any colour vision tell apart. */
export const palette = ['#0072B2', '#E69F00', '#009E73', '#CC79A7', '#56B4E9', '#D55E00', '#8C8C8C'];

const dark = matchMedia('(prefers-color-scheme: dark)');

/** Colours of text and lines, which follow the reader's preference; print is light. */
export function ink() {
    const isDark = dark.matches;
    return { text: isDark ? '#e6e6e6' : '#1f2328', faint: isDark ? '#9aa4ad' : '#667079', line: isDark ? '#3b434b' : '#d5dade', ghost: isDark ? '#77808a' : '#9aa2aa' };
}

const pending = new Map();  // element of a chart that was not drawn yet: how to draw it
const drawn = new Map();    // element: instance

const watcher = new IntersectionObserver(
    (entries) => {
        for (const entry of entries) if (entry.isIntersecting) draw(entry.target);
    },
    { rootMargin: '200px' },
);

function draw(host) {
    const make = pending.get(host);
    if (!make) return;
    pending.delete(host);
    watcher.unobserve(host);
    const instance = echarts.init(host, null, { renderer: 'svg' });
    instance.setOption({ ...base(), ...make() });
    drawn.set(host, instance);
}

function base() {
    const colour = ink();
    return {
        animation: false,
        color: palette,
        textStyle: { color: colour.text, fontFamily: getComputedStyle(document.body).fontFamily },
        aria: { enabled: false },
    };
}

/** Axes in the colours of the page. */
export function axis(options) {
    const colour = ink();
    return {
        axisLabel: { color: colour.faint, fontSize: 12, hideOverlap: true, ...options.axisLabel },
        axisLine: { lineStyle: { color: colour.line } },
        splitLine: { lineStyle: { color: colour.line } },
        nameTextStyle: { color: colour.faint },
        ...Object.fromEntries(Object.entries(options).filter(([key]) => key !== 'axisLabel')),
    };
}

export function legend(options = {}) {
    return { type: 'plain', top: 0, left: 0, itemGap: 14, textStyle: { color: ink().text }, icon: 'roundRect', itemWidth: 14, itemHeight: 8, ...options };
}

/** Tooltips show text as text. */
export function tooltip(options = {}) {
    return { renderMode: 'richText', confine: true, ...options };
}

/**
 * A chart under `label`, with its figures in a table.
 * `make` returns the options of ECharts; it is called again where colours change.
 */
export function chart({ label, height = 320, make, head, rows, numeric }) {
    const host = element('div', { class: 'chart', role: 'img', 'aria-label': label, style: `height:${height}px` });
    host.remake = make;
    pending.set(host, make);
    watcher.observe(host);
    return element('figure', {}, host, head ? behind(text('data'), table(head, rows, { caption: label, numeric })) : null);
}

/** Before the charts of `host` are thrown away. */
export function forget(host) {
    for (const node of host.querySelectorAll('.chart')) {
        pending.delete(node);
        watcher.unobserve(node);
        drawn.get(node)?.dispose();
        drawn.delete(node);
    }
}

function resizeAll() {
    for (const instance of drawn.values()) instance.resize();
}

addEventListener('resize', resizeAll);
addEventListener('beforeprint', () => {
    for (const host of [...pending.keys()]) draw(host);
    resizeAll();
});
addEventListener('afterprint', resizeAll);
dark.addEventListener('change', () => {
    for (const [host, instance] of drawn) instance.setOption({ ...base(), ...host.remake() }, true);
});
