// Elements made from data. Text is only ever set as text, so that nothing a scenario says becomes markup.

/** element('p', { class: 'note' }, 'text', child, ...) */
export function element(tag, attributes = {}, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
        if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
        else if (value !== null && value !== undefined && value !== false) node.setAttribute(name, value === true ? '' : value);
    }
    node.append(...children.filter((child) => child !== null && child !== undefined));
    return node;
}

const kSvg = 'http://www.w3.org/2000/svg';

export function svg(tag, attributes = {}, ...children) {
    const node = document.createElementNS(kSvg, tag);
    for (const [name, value] of Object.entries(attributes)) {
        if (value !== null && value !== undefined) node.setAttribute(name, value);
    }
    node.append(...children);
    return node;
}

/** A link, where the address is one of the web; else the text alone. */
export function link(address, text) {
    if (!/^https?:\/\//i.test(address ?? '')) return document.createTextNode(text);
    return element('a', { href: address, rel: 'noreferrer noopener', target: '_blank' }, text);
}

/** A table with a header; cells are texts or nodes, numbers stand to the right. */
export function table(head, rows, { caption, numeric = [] } = {}) {
    const cell = (tag, content, column) =>
        element(tag, { class: numeric.includes(column) ? 'number' : null, scope: tag === 'th' ? 'col' : null }, content);
    return element(
        'div',
        { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': caption ?? head.join(', ') },
        element(
            'table',
            {},
            caption ? element('caption', {}, caption) : null,
            element('thead', {}, element('tr', {}, ...head.map((text, i) => cell('th', text, i)))),
            element('tbody', {}, ...rows.map((row) => element('tr', {}, ...row.map((content, i) => cell('td', content ?? '–', i))))),
        ),
    );
}

/** What is behind a picture. */
export function behind(summary, ...content) {
    return element('details', { class: 'behind' }, element('summary', {}, summary), ...content);
}
