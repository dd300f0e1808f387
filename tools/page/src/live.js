// Sliders: the same engine, compiled to WebAssembly, runs the scenario again in workers of this page.
import { page, Result } from './data.js';
import { element } from './dom.js';
import { number, percent } from './format.js';
import { unpack } from './packed.js';
import { text } from './text.js';

const kAtOnce = 10;
const kAtMost = 1000;
const kMostShared = 200;  // as many as an engine keeps

/**
 * What one worker does: loads the engine, then answers each request with a result or an error. Outcomes of replications
 * go in and out as numbers in the engine's buffer.
 */
function workerSource(script) {
    return `${script}
let ready;
async function start({ wasm, scenario, file }) {
    const engine = await createEngine({ wasmBinary: wasm, printErr: () => {} });
    engine.progress = (done, total) => postMessage({ done, total });
    engine.ccall('corridor_open', null, ['string', 'string'], [scenario, file]);
    return engine;
}
onmessage = async ({ data }) => {
    try {
        if (data.wasm) {
            ready = start(data);
            return;
        }
        const engine = await ready;
        const buffer = (size) => engine.ccall('corridor_buffer', 'number', ['number'], [size]) / Float64Array.BYTES_PER_ELEMENT;
        if (data.outcomes) {
            const at = buffer(data.outcomes.length);  // which may move the memory
            engine.HEAPF64.set(data.outcomes, at);
        }
        const answer = JSON.parse(engine.ccall('corridor_run', 'string', ['string'], [JSON.stringify(data.request)]));
        if (answer.outcomes) {
            const at = buffer(answer.outcomes);
            const outcomes = engine.HEAPF64.slice(at, at + answer.outcomes);
            postMessage({ result: outcomes }, [outcomes.buffer]);
        } else {
            postMessage(answer.error ? { error: answer.error } : { result: answer });
        }
    } catch (failure) {
        postMessage({ error: String(failure) });
    }
};`;
}

/** One worker with the engine. A request that comes while another is at work takes its place. */
class Engine {
    constructor(script, wasm) {
        this.address = URL.createObjectURL(new Blob([workerSource(script)], { type: 'text/javascript' }));
        this.wasm = wasm;
        this.start();
    }

    start() {
        this.worker = new Worker(this.address);
        this.worker.postMessage({ wasm: this.wasm, scenario: page.scenario, file: page.file });
        this.isBusy = false;
    }

    run(request, progress = () => {}, outcomes = undefined) {
        if (this.isBusy) {
            this.worker.terminate();
            this.start();
        }
        this.isBusy = true;
        return new Promise((resolve, reject) => {
            const end = (settle, value) => {
                this.isBusy = false;
                settle(value);
            };
            this.worker.onmessage = ({ data }) => {
                if (data.result) end(resolve, data.result);
                else if (data.error) end(reject, new Error(data.error));
                else progress(data.done, data.total);
            };
            this.worker.onerror = (event) => end(reject, new Error(event.message));
            this.worker.postMessage({ request, outcomes });
        });
    }
}

/** Two of them, for a machine with two processors; null where the page holds no engine. */
async function openEngines() {
    const packed = document.getElementById('engine').textContent.trim();
    if (packed === '' || !page.scenario || !page.assumptions) return null;
    const { script, wasm } = JSON.parse(packed);
    const [text, bytes] = [new TextDecoder().decode(await unpack(script)), await unpack(wasm)];
    return [new Engine(text, bytes), new Engine(text, bytes)];
}

/** The inputs with a range, widest first; then what planners turn most: fleets, cranes, departures. */
function candidates() {
    const numbers = page.assumptions.numbers.filter((n) => !n.rule && n.basis !== 'default');
    const turned = /\.(per_week|fleet|vehicles|quay_cranes|rail_cranes|cranes|count|headway|berths)$/;
    const ranged = numbers.filter((n) => n.range && n.range[0] < n.range[1]);
    const bare = numbers.filter((n) => !n.range && n.value > 0 && turned.test(n.path)).map((n) => ({ ...n, range: [n.value / 2, n.value * 2] }));
    return [...ranged, ...bare];
}

/** A value as a scenario file has it. */
function tomlValue(value, unit) {
    const digits = String(Number(value.toPrecision(6)));
    return unit === '' ? digits : `"${digits} ${unit}"`;
}

function tomlKey(path) {
    return path.split('.').map((part) => (/^[A-Za-z0-9_-]+$/.test(part) ? part : JSON.stringify(part))).join('.');
}

/** An overlay that `corridor run` takes, beside the scenario. */
function overlayText(changes) {
    const lines = [...changes].map(([path, { value, unit }]) => `${tomlKey(path)} = ${tomlValue(value, unit)}`);
    return `# Made in the report of "${page.title.replace(/[\r\n]/g, ' ')}".\nextends = ${JSON.stringify(page.file)}\n${lines.join('\n')}\n`;
}

/** Whether the interval of every reading of a reported figure is as narrow as that. */
const isWithin = ({ comparison }, share) => comparison.every(({ simulated: { mean, ci95 } }) => !ci95 || (ci95[1] - ci95[0]) / 2 <= share * Math.abs(mean));

export async function live(show) {
    const engines = await openEngines();
    if (!engines) return null;
    const [first, second] = engines;
    const inputs = candidates();
    const changes = new Map();
    const state = element('p', { class: 'state', role: 'status' });
    const sliders = element('div', { class: 'sliders' });
    const shown = new Set();
    let wanted = 0;

    /** Lets the first engine know the replications of a part up to `to`, of which it knows those before `from`: the later half by the second one, but no more than it is sensible to keep in memory. */
    async function know(request, part, from, to, progress) {
        const end = Math.min(to, kMostShared);
        const half = Math.ceil((from + end) / 2);
        if (end <= from) return;
        const others = { ...request, part, first: half, count: end - half };
        const later = others.count > 0 ? second.run({ ...others, do: 'simulate' }) : null;
        later?.catch(() => {});  // told by who waits for it, once
        await first.run({ ...request, part, do: 'simulate', first: from, count: half - from }, progress);
        if (later) await first.run({ ...others, do: 'take' }, progress, await later);
    }

    async function again() {
        const mine = ++wanted;
        const replications = Math.max(2, Math.min(10000, Number(count.value) || 50));
        const overrides = [...changes].map(([path, { value, unit }]) => `${path}=${tomlValue(value, unit)}`);
        const began = performance.now();
        let reached = '';
        const tell = (what) => {
            reached = what;
            state.textContent = what;
        };
        const progress = (done, total) => {
            const running = text('running', { done: number(done), total: number(total) });
            if (mine === wanted) state.textContent = reached ? `${reached}. ${running}` : running;
        };
        const seconds = () => number((performance.now() - began) / 1000, 2);
        const took = (n) => text('done', { n: number(n), seconds: seconds() });
        const within = Number(precision.value) > 0 ? Number(precision.value) / 100 : null;
        const request = { overrides, seed: page.run.seed };
        const few = Math.min(kAtOnce, replications);
        const still = async (work) => {
            const answer = await work;
            if (mine !== wanted) throw new Error('another change came');
            return answer;
        };
        const run = (n, until = {}) => still(first.run({ ...request, part: 'run', replications: n, ...until }, progress));
        const showFigures = (figures) => {
            tell(took(figures.run.replications));
            show(new Result({ ...figures, series: null, vehicles: null }));
        };
        try {
            // A few replications answer at once, with the causes of waiting; all of them narrow the intervals.
            await still(know(request, 'causes', 0, few, progress));
            const { shared } = await still(first.run({ ...request, part: 'run', do: 'tell' }));
            if (!shared) await still(know(request, 'run', 0, few, progress));
            let figures = await run(few);
            if (few < replications || within) {
                showFigures(figures);
                await still(know(request, 'run', few, replications, progress));
                figures = await run(replications, within ? { precision: within, most_replications: kAtMost } : {});
            }
            const made = figures.run.replications;
            if (!shared || made > kMostShared) showFigures(figures);  // the pictures take their time
            if (!shared) await still(know(request, 'series', few, made, progress));
            const draw = async (explained, isWhole) => {
                const all = { ...figures, ...await still(first.run({ ...request, part: 'series', replications: made, explained }, progress)) };
                show(new Result(all));
                // For scripts that read the page, such as its test.
                globalThis.corridor = { overrides, last: { ...all, isWhole } };
            };
            const explained = Math.min(made, kMostShared);
            await draw(few, few >= explained);
            tell(took(made));
            if (few < explained) {
                await still(know(request, 'causes', few, explained, progress));
                await draw(explained, true);
            }
            tell(reached);
            if (within) state.textContent += text(isWithin(figures.run, within) ? 'precise' : 'not_precise', { share: percent(within, 2) });
        } catch (failure) {
            if (mine === wanted) state.textContent = text('stopped', { error: failure.message });
        }
    }

    function addSlider(input) {
        if (shown.has(input.path)) return;
        shown.add(input.path);
        const whole = Number.isInteger(input.value) && Number.isInteger(input.range[0]) && input.unit === '' && input.value >= 1;
        const step = whole ? 1 : 'any';
        const output = element('output', {});
        const slider = element('input', { type: 'range', min: input.range[0], max: input.range[1], step, value: input.value, 'data-path': input.path });
        const tell = () => {
            output.textContent = `${number(Number(slider.value))} ${input.unit}`;
        };
        slider.addEventListener('input', tell);
        slider.addEventListener('change', () => {
            changes.set(input.path, { value: Number(slider.value), unit: input.unit });
            again();
        });
        tell();
        sliders.append(element('label', { class: 'slider', title: input.note }, element('code', {}, input.path), slider, output));
    }

    function reset() {
        changes.clear();
        ++wanted;
        shown.clear();
        sliders.replaceChildren();
        inputs.slice(0, 6).forEach(addSlider);
        state.textContent = '';
        show(null);
    }

    const count = element('input', { type: 'number', min: 2, max: 10000, value: Math.min(50, page.run.replications), id: 'replications' });
    const precision = element('input', { type: 'number', min: 0.1, max: 50, step: 'any', value: '', id: 'precision' });
    const more = element('select', { onchange: (event) => addSlider(inputs[Number(event.target.value)]) }, element('option', { value: '' }, text('add_input')), ...inputs.map((n, i) => element('option', { value: i }, n.path)));
    const save = () => {
        const address = URL.createObjectURL(new Blob([overlayText(changes)], { type: 'application/toml' }));
        element('a', { href: address, download: 'overlay.toml' }).click();
        state.textContent = text('overlay_note', { file: 'overlay.toml' });
    };
    inputs.slice(0, 6).forEach(addSlider);
    return [
        element('p', {}, text('live_note')),
        sliders,
        element('div', { class: 'controls' }, element('label', { for: 'replications' }, text('replications')), count,
            element('label', { for: 'precision' }, text('until_within')), precision, more,
            element('button', { type: 'button', id: 'run-again', onclick: again }, text('run_again')), element('button', { type: 'button', id: 'reset', onclick: reset }, text('reset')), element('button', { type: 'button', id: 'save', onclick: save }, text('save'))),
        state,
    ];
}
