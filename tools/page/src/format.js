// Numbers and dates in the language of the page.
import { page } from './data.js';

const locale = page.lang === 'zh' ? 'zh-CN' : 'en-GB';
const formats = new Map();

function format(options) {
    const key = JSON.stringify(options);
    if (!formats.has(key)) formats.set(key, new Intl.NumberFormat(locale, options));
    return formats.get(key);
}

/** To so many significant digits; a dash where there is no number. */
export function number(value, digits = 4) {
    if (value === null || value === undefined || !Number.isFinite(value)) return '–';
    if (Math.abs(value) >= 1000) return format({ maximumFractionDigits: 0 }).format(value);
    return format({ maximumSignificantDigits: digits }).format(value);
}

export function percent(share, digits = 3) {
    if (share === null || share === undefined || !Number.isFinite(share)) return '–';
    return format({ style: 'percent', maximumSignificantDigits: digits }).format(share);
}

/** "+12 %" of a ratio of 1.12. */
export function deviation(ratio) {
    if (ratio === null || ratio === undefined || !Number.isFinite(ratio)) return '–';
    return format({ style: 'percent', maximumFractionDigits: 0, signDisplay: 'exceptZero' }).format(ratio - 1);
}

export function interval(bounds) {
    return bounds ? `${number(bounds[0])} – ${number(bounds[1])}` : '–';
}

/** mean ± half of the 95 % interval. */
export function plusMinus(mean, ci95) {
    if (mean === null || mean === undefined) return '–';
    return ci95 ? `${number(mean)} ± ${number((ci95[1] - ci95[0]) / 2, 2)}` : number(mean);
}

/** The instants of a scenario have no time zone; they are read and shown as if in UTC. */
export function instant(text) {
    return new Date(text.length > 10 ? `${text}Z` : `${text}T00:00:00Z`);
}

export function day(date, options = { day: 'numeric', month: 'short' }) {
    return new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...options }).format(date);
}

export function listOf(parts) {
    return new Intl.ListFormat(locale, { type: 'conjunction' }).format(parts);
}
