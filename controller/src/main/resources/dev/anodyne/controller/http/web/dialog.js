import { h } from './dom.js';

/**
 * Opens a modal dialog with a form and gives what was chosen: the form's values, or null when it was
 * closed (Escape, Cancel). The browser keeps the focus inside and gives it back afterwards.
 *
 * @param options title; body (nodes); yes (label of the button that does it); no; danger
 */
export function ask({ title, body = [], yes, no = 'Cancel', danger = false }) {
  const cancel = h('button', { type: 'button', autofocus: danger }, no);
  const confirm = h('button', { type: 'submit', class: danger ? 'stop' : 'primary' }, yes);
  const id = 'dialog-title';
  const form = h('form', { method: 'dialog' }, h('h2', { id }, title), body, h('menu', null, h('li', null, cancel), h('li', null, confirm)));
  const dialog = h('dialog', { 'aria-labelledby': id }, form);
  document.body.append(dialog);
  return new Promise((resolve) => {
    let answer = null;
    cancel.addEventListener('click', () => dialog.close());
    form.addEventListener('submit', () => {
      answer = Object.fromEntries(new FormData(form));
    });
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(answer);
    });
    dialog.showModal();
  });
}

/** Something that is said and needs no choice. */
export const tell = (title, text) => ask({ title, body: [h('p', null, text)], yes: 'Close', no: 'Back' });
