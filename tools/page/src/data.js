// What the page was given, and ways to look things up in it.
import { unpackText } from './packed.js';

export const page = JSON.parse(await unpackText('data'));

/** A run with an index of its measures. */
export class Result {
    constructor({ run, series, vehicles }) {
        this.run = run;
        this.series = series;
        this.vehicles = vehicles;
        this.index = new Map(run.measures.map((m) => [m.name + '\u0000' + m.subject, m]));
    }

    /** The measure of that name and subject; undefined where there is none. */
    measure(name, subject = 'total') {
        return this.index.get(name + '\u0000' + subject);
    }

    /** Its mean; null where it is not there or not defined. */
    mean(name, subject = 'total') {
        return this.measure(name, subject)?.mean ?? null;
    }

    /** All measures of a name. */
    named(name) {
        return this.run.measures.filter((m) => m.name === name);
    }
}

/** "service.guoyuan-chengdu": the name people know it by. */
export function nameOf(subject) {
    const known = (page.run ?? page).names[subject];
    if (known) return known;
    const dot = subject.indexOf('.');
    return dot < 0 ? subject : subject.slice(dot + 1);
}

/** "terminal.guoyuan.quay": the name of the terminal, then the rest. */
export function partName(subject, translate) {
    const [kind, id, ...rest] = subject.split('.');
    return [nameOf(`${kind}.${id}`), ...rest.map(translate)].join(' · ');
}

/** What a list of source ids, "F001, F002", stands for. */
export function sourcesOf(list) {
    return list
        .split(',')
        .map((id) => id.trim())
        .filter(Boolean)
        .map((id) => ({ id, ...page.sources?.[id] }));
}
