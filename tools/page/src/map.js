// The corridor on a map: flow as width, utilisation as colour, and the period as a film.
import { geoMercator, geoPath } from 'd3-geo';
import { feature, mesh } from 'topojson-client';

import { nameOf, page } from './data.js';
import { behind, element, svg, table } from './dom.js';
import { day, instant, number, percent } from './format.js';
import { unpackText } from './packed.js';
import { text } from './text.js';
import { busyColour } from './times.js';

const kWidth = 960;
const kHeight = 520;
const kHour = 3600000;

let world = null;  // topology of Natural Earth, once it is unpacked

async function loadWorld() {
    if (!world) world = JSON.parse(await unpackText('world'));
    return world;
}

function flowOf(result, id) {
    return (result.mean('containers_shipped', `link.${id}`) ?? 0) + (result.mean('containers_railed', `link.${id}`) ?? 0);
}

function busiest(result, terminal) {
    const shares = result.named('crane_utilisation').filter((m) => m.subject.startsWith(`terminal.${terminal}.`)).map((m) => m.mean);
    return shares.length > 0 ? Math.max(...shares) : null;
}

/** A point of the map that says what it is to mouse, keyboard and screen reader. */
function spoken(node, words) {
    node.setAttribute('tabindex', '0');
    node.setAttribute('role', 'img');
    node.setAttribute('aria-label', words);
    node.append(svg('title', {}, words));
    return node;
}

class Map2D {
    constructor(result, before) {
        this.result = result;
        this.before = before;
        this.terminals = page.network.features.filter((f) => f.properties.kind === 'terminal');
        this.links = page.network.features.filter((f) => f.properties.kind === 'link');
        this.projection = geoMercator().fitExtent([[60, 40], [kWidth - 60, kHeight - 40]], { type: 'FeatureCollection', features: page.network.features });
        this.projection.clipExtent([[0, 0], [kWidth, kHeight]]);
        this.path = geoPath(this.projection);
        this.ground = svg('g', { class: 'ground' });
        this.film = svg('g', { class: 'film', 'aria-hidden': 'true' });
        this.disc = new Map();
    }

    draw() {
        const picture = svg('svg', { viewBox: `0 0 ${kWidth} ${kHeight}`, class: 'map', role: 'group', 'aria-label': text('map') });
        picture.append(svg('rect', { width: kWidth, height: kHeight, class: 'sea' }), this.ground, this.drawLinks(), this.drawTerminals(), this.film);
        loadWorld().then((topology) => this.drawGround(topology));
        return picture;
    }

    drawGround(topology) {
        const countries = topology.objects.countries;
        this.ground.append(
            svg('path', { class: 'land', d: this.path(feature(topology, countries)) ?? '' }),
            svg('path', { class: 'border', d: this.path(mesh(topology, countries, (a, b) => a !== b)) ?? '' }),
        );
    }

    drawLinks() {
        const most = Math.max(1, ...this.links.map((f) => flowOf(this.result, f.properties.id)));
        const width = (flow) => 1.5 + 14 * (flow / most);
        const group = svg('g', { class: 'links' });
        for (const f of this.links) {
            const flow = flowOf(this.result, f.properties.id);
            const words = `${nameOf(`terminal.${f.properties.from}`)} – ${nameOf(`terminal.${f.properties.to}`)} (${text(f.properties.mode)}): ${number(flow)} ${text('containers')}`;
            if (this.before) group.append(svg('path', { class: 'ghost', d: this.path(f), 'stroke-width': width(flowOf(this.before, f.properties.id)) + 3 }));
            group.append(spoken(svg('path', { class: `way ${f.properties.mode}`, d: this.path(f), 'stroke-width': width(flow) }), words));
        }
        return group;
    }

    drawTerminals() {
        const group = svg('g', { class: 'terminals' });
        const taken = [];
        for (const f of this.terminals) {
            const [x, y] = this.projection(f.geometry.coordinates);
            const id = f.properties.id;
            const busy = busiest(this.result, id);
            const lifts = this.result.mean('lifts', `terminal.${id}`);
            const words = `${nameOf(`terminal.${id}`)}: ${lifts === null ? '' : `${number(lifts)} lifts, `}${busy === null ? '' : `${percent(busy)} ${text('of_time')}`}`;
            const disc = svg('circle', { class: 'yard', cx: x, cy: y, r: 0 });
            this.disc.set(id, disc);
            const atEdge = x > kWidth - 130;
            const label = svg('text', { x: atEdge ? x - 10 : x + 10, y: y - 8, 'text-anchor': atEdge ? 'end' : 'start' }, nameOf(`terminal.${id}`));
            // A label that would lie on another goes below its point.
            if (taken.some(([a, b]) => Math.abs(a - x) < 80 && Math.abs(b - (y - 8)) < 14)) label.setAttribute('y', y + 20);
            taken.push([x, Number(label.getAttribute('y'))]);
            group.append(disc, spoken(svg('circle', { class: 'terminal', cx: x, cy: y, r: 7, fill: busy === null ? '#8C8C8C' : busyColour(busy) }), words), label);
        }
        return group;
    }

    /** Points along the links from one terminal to another, with the share of the way at each. */
    way(from, to) {
        this.ways ??= new Map();
        const key = `${from}\u0000${to}`;
        if (!this.ways.has(key)) this.ways.set(key, this.findWay(from, to));
        return this.ways.get(key);
    }

    findWay(from, to) {
        const reached = new Map([[from, { length: 0, points: [] }]]);
        const open = [from];
        while (open.length > 0) {
            open.sort((a, b) => reached.get(a).length - reached.get(b).length);
            const here = open.shift();
            if (here === to) break;
            for (const f of this.links) {
                const { from: a, to: b, length_km: km } = f.properties;
                if (a !== here && b !== here) continue;
                const there = a === here ? b : a;
                const length = reached.get(here).length + (km ?? 1);
                if (reached.has(there) && reached.get(there).length <= length) continue;
                const line = f.geometry.coordinates.map((c) => this.projection(c));
                reached.set(there, { length, points: [...reached.get(here).points, ...(a === here ? line : line.reverse())] });
                open.push(there);
            }
        }
        const points = reached.get(to)?.points ?? [];
        const lengths = [0];
        for (let i = 1; i < points.length; ++i) lengths.push(lengths[i - 1] + Math.hypot(points[i][0] - points[i - 1][0], points[i][1] - points[i - 1][1]));
        return { points, lengths };
    }

    pointOn({ points, lengths }, share) {
        if (points.length === 0) return null;
        const at = share * lengths.at(-1);
        let i = 1;
        while (i < points.length - 1 && lengths[i] < at) ++i;
        if (points.length === 1) return points[0];
        const part = lengths[i] > lengths[i - 1] ? (at - lengths[i - 1]) / (lengths[i] - lengths[i - 1]) : 0;
        return [points[i - 1][0] + part * (points[i][0] - points[i - 1][0]), points[i - 1][1] + part * (points[i][1] - points[i - 1][1])];
    }

    /** Vehicles and yards at an hour of the period. */
    show(hour) {
        const dots = [];
        for (const run of this.result.vehicles.runs) {
            const points = run.points;
            if (hour < points[0][0] || hour > points.at(-1)[0]) continue;
            const stops = this.result.vehicles.stops[run.service];
            const terminalAt = (km) => stops.reduce((best, s) => (Math.abs(s.km - km) < Math.abs(best.km - km) ? s : best)).terminal;
            let i = 1;
            while (i < points.length - 1 && points[i][0] < hour) ++i;
            const [[t0, km0], [t1, km1]] = [points[i - 1], points[i]];
            const way = km0 === km1 ? null : this.way(terminalAt(km0), terminalAt(km1));
            const place = way ? this.pointOn(way, t1 > t0 ? (hour - t0) / (t1 - t0) : 1) : this.projection(this.terminals.find((f) => f.properties.id === terminalAt(km0))?.geometry.coordinates ?? [0, 0]);
            if (place) dots.push(svg('circle', { class: `vehicle ${this.result.series.services[run.service]?.mode}`, cx: place[0], cy: place[1], r: 3.5 }));
        }
        this.film.replaceChildren(...dots);
        const weeks = this.result.series.weeks;
        const start = instant(this.result.vehicles.start).getTime();
        const week = weeks.findLastIndex((w) => instant(w).getTime() <= start + hour * kHour);
        const most = Math.max(1, ...Object.values(this.result.series.yards).flatMap((y) => y.mean));
        for (const [id, disc] of this.disc) {
            const stock = this.result.series.yards[id]?.mean[Math.max(week, 0)] ?? 0;
            disc.setAttribute('r', 7 + 22 * Math.sqrt(stock / most));
        }
    }
}

/** Play, pause, a slider for the time, and the speed. */
function controls(map, result) {
    const start = instant(result.vehicles.start).getTime();
    const last = (instant(result.series.end) - start) / kHour;
    const moment = element('output', { class: 'moment' });
    const slider = element('input', { type: 'range', min: 0, max: Math.floor(last), step: 1, value: 0, 'aria-label': text('moment') });
    const speed = element('select', { 'aria-label': text('speed') }, ...[1, 3, 7].map((days) => element('option', { value: days, selected: days === 3 }, `${days} ${text('days_a_second')}`)));
    let playing = false;
    let before = 0;
    const show = (hour) => {
        slider.value = hour;
        moment.textContent = day(new Date(start + hour * kHour), { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' });
        map.show(hour);
    };
    let hour = 0;
    const step = (now) => {
        if (!playing || !slider.isConnected) return;
        hour += ((now - before) / 1000) * 24 * Number(speed.value);
        before = now;
        if (hour >= last) {
            hour = last;
            toggle();
        }
        show(hour);
        requestAnimationFrame(step);
    };
    const button = element('button', { type: 'button', onclick: () => toggle() }, text('play'));
    function toggle() {
        playing = !playing;
        button.textContent = text(playing ? 'pause' : 'play');
        if (playing && hour >= last) hour = 0;
        before = performance.now();
        if (playing) requestAnimationFrame(step);
    }
    slider.addEventListener('input', () => {
        hour = Number(slider.value);
        show(hour);
    });
    return element('div', { class: 'controls noprint' }, button, slider, moment, speed);
}

export function map(result, before) {
    if (!page.network || page.network.features.length === 0) return null;
    const drawing = new Map2D(result, before);
    const rows = drawing.links.map((f) => [`${nameOf(`terminal.${f.properties.from}`)} – ${nameOf(`terminal.${f.properties.to}`)}`, text(f.properties.mode), number(f.properties.length_km), number(flowOf(result, f.properties.id)), ...(before ? [number(flowOf(before, f.properties.id))] : [])]);
    return [
        element('div', { class: 'mapbox' }, drawing.draw()),
        result.vehicles?.runs.length > 0 && result.series ? controls(drawing, result) : null,
        element('p', { class: 'note' },
            element('span', { class: 'key waterway' }), ` ${text('waterway')} `, element('span', { class: 'key railway' }), ` ${text('railway')}; ${text('flow_width')}; ${text('busy_colour')}: `,
            ...[0, 0.5, 1].flatMap((share) => [element('span', { class: 'swatch', style: `background:${busyColour(share)}` }), ` ${percent(share)} `])),
        behind(text('data'), table(['', '', 'km', text('containers'), ...(before ? [text('before')] : [])], rows, { caption: text('map'), numeric: [2, 3, 4] })),
    ];
}
