/**
 * Makes an element: `h('button', { class: 'x', onclick: f }, 'text', child)`. Attributes that are
 * null or false are left out; functions are listeners; text is never read as HTML.
 */
export function h(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === 'function') node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? '' : String(value));
  }
  node.append(...children.flat().filter((c) => c !== null && c !== undefined && c !== false));
  return node;
}

export const byId = (id) => document.getElementById(id);

/** Writes only what changes, so that nothing is laid out or read aloud for nothing. */
export function write(node, value) {
  const text = String(value ?? '');
  if (node.textContent !== text) node.textContent = text;
}

export function mark(node, name, value) {
  if (value === null || value === undefined || value === false) {
    if (node.hasAttribute(name)) node.removeAttribute(name);
  } else if (node.getAttribute(name) !== String(value)) {
    node.setAttribute(name, String(value));
  }
}

/** A label with its field; the hint is read with the field. */
export function field(label, input, hint) {
  const id = input.id || `f${Math.random().toString(36).slice(2, 9)}`;
  input.id = id;
  const note = hint ? h('small', { id: `${id}-hint`, class: 'hint' }, hint) : null;
  if (note) input.setAttribute('aria-describedby', note.id);
  return h('div', { class: 'field' }, h('label', { for: id }, label), input, note);
}

export const select = (options, attributes) =>
  h('select', attributes, options.map(([value, label]) => h('option', { value }, label)));

/** Keeps the chosen option where it is still there. */
export function setOptions(node, options) {
  const key = JSON.stringify(options);
  if (node.dataset.key === key) return;
  node.dataset.key = key;
  const before = node.value;
  node.replaceChildren(...options.map(([value, label]) => h('option', { value }, label)));
  if (options.some(([value]) => value === before)) node.value = before;
}

/** A table's row: the first cell heads it. */
export function row(cells, attributes) {
  return h('tr', { role: 'row', ...attributes }, cells.map((cell, i) =>
    h(i ? 'td' : 'th', i ? { role: 'cell' } : { scope: 'row', role: 'rowheader' }, cell ?? '–')));
}

/**
 * A table in a region that scrolls. Roles are spelt out, for a table that a phone shows as blocks
 * (`stack`) is no table to browsers any more; each cell then carries its column's name.
 */
export function table(caption, heads, rows, stack = false) {
  if (stack) for (const r of rows) [...r.children].forEach((cell, i) => { cell.dataset.label = heads[i]; });
  return h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': caption },
    h('table', { role: 'table', class: stack ? 'stack' : null },
      h('caption', { class: 'unseen' }, caption),
      h('thead', { role: 'rowgroup' }, h('tr', { role: 'row' }, heads.map((head) => h('th', { scope: 'col', role: 'columnheader' }, head)))),
      h('tbody', { role: 'rowgroup' }, rows)));
}
