// What the reader is asked to believe: every number with its range and what it rests on.
import { page, sourcesOf } from './data.js';
import { behind, element, link, table } from './dom.js';
import { number, percent } from './format.js';
import { text } from './text.js';

function sourceCell(list) {
    const cell = element('span', {});
    sourcesOf(list).forEach((source, i) => {
        if (i > 0) cell.append(', ');
        const node = link(source.url, source.id);
        if (node.nodeType === Node.ELEMENT_NODE && source.title) node.title = source.title;
        cell.append(node);
    });
    return cell;
}

function rowsOf(numbers) {
    return numbers.map((n) => [
        element('code', {}, n.path),
        `${number(n.value)} ${n.unit}`.trim(),
        n.range ? `${number(n.range[0])} – ${number(n.range[1])} ${n.unit}`.trim() : '–',
        n.range ? percent(n.relative_width, 2) : '–',
        element('span', { class: `basis ${n.basis}` }, text(n.basis)),
        sourceCell(n.source),
        n.note,
    ]);
}

export function beliefs() {
    const numbers = page.assumptions?.numbers.filter((n) => n.basis !== 'default');
    if (!numbers || numbers.length === 0) return null;
    const head = ['input', 'value', 'range', 'width', 'basis', 'source', 'note'].map((key) => text(key));
    const ranged = numbers.filter((n) => n.range);
    const widest = ranged.slice(0, 15);
    return [
        element('p', {}, text('beliefs_note', { n: number(numbers.length), ranged: number(ranged.length) })),
        table(head, rowsOf(widest.length > 0 ? widest : numbers.slice(0, 15)), { caption: text('beliefs'), numeric: [1, 2, 3] }),
        numbers.length > 15 ? behind(text('show_all', { n: number(numbers.length) }), table(head, rowsOf(numbers), { caption: text('beliefs'), numeric: [1, 2, 3] })) : null,
    ];
}
