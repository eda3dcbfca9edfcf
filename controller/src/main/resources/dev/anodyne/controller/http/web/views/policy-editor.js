import { api, part } from '../api.js';
import { h, mark, write } from '../dom.js';

const CHECK_MILLIS = 500;

/** A policy's text with what is wrong in it, line by line, and how it differs from what runs. */
export class PolicyEditor {
  /** @param doing saved(isNew), copy(policy), remove(policy) */
  constructor(context, doing) {
    this.context = context;
    this.doing = doing;
    this.name = null;
    this.isNew = false;
    this.title = h('h2', { id: 'h-policy' });
    this.about = h('p', { class: 'muted' });
    this.lines = h('pre', { class: 'line-numbers', 'aria-hidden': 'true' });
    this.text = h('textarea', { id: 'policy-text', spellcheck: 'false', autocomplete: 'off', 'aria-label': 'Text of the policy', 'aria-describedby': 'policy-verdict', wrap: 'off', rows: 24, oninput: () => this.edited(), onscroll: () => { this.lines.scrollTop = this.text.scrollTop; } });
    this.verdict = h('p', { id: 'policy-verdict', class: 'said', role: 'status' });
    this.errors = h('ol', { class: 'errors', 'aria-label': 'What is wrong' });
    this.diff = h('div', { class: 'diff', tabindex: '0', role: 'region', 'aria-label': 'Difference from what runs' });
    this.save = h('button', { type: 'button', class: 'primary', onclick: () => this.write() }, 'Save');
    this.undo = h('button', { type: 'button', onclick: () => this.revert() }, 'Undo all');
    this.copy = h('button', { type: 'button', onclick: () => this.doing.copy({ name: this.name, text: this.text.value }) }, 'Copy');
    this.remove = h('button', { type: 'button', class: 'stop', onclick: () => this.doing.remove({ name: this.name }) }, 'Delete');
    this.node = h('article', { class: 'card editor', 'aria-labelledby': 'h-policy', hidden: true },
      h('div', { class: 'card-head' }, this.title, h('span', { class: 'card-actions' }, this.remove, this.copy, this.undo, this.save)), this.about,
      h('div', { class: 'code' }, this.lines, this.text), this.verdict, this.errors,
      h('h3', null, 'Difference from what runs'), this.diff);
  }

  open(policy) {
    this.begin(policy.name, policy.textDigest, policy.text);
    const { me } = this.context;
    const mayWrite = policy.editable && me.can('policies.write');
    const mayMake = me.has('policies.new') && me.can('policies.write');
    const change = mayMake ? 'To change it, copy it.' : 'To change it, make a file of it in the configuration.';
    const why = policy.editable ? 'Your role may read it.' : `A policy by name: this is what it stands for. ${change}`;
    this.copy.hidden = !mayMake;
    this.remove.hidden = !(policy.removable && me.can('policies.write'));
    this.remove.disabled = policy.usedBy.length > 0;
    write(this.about, `${policy.usedBy.length ? `Decides at ${policy.usedBy.join(', ')}. ` : 'Decides nowhere now. '}${mayWrite ? 'Charges that use it take a saved text over within seconds.' : why}`);
    this.text.readOnly = !mayWrite;
    this.save.hidden = this.undo.hidden = !mayWrite;
    this.revert();
  }

  /** A policy that is not there before it is saved. */
  create(name, text) {
    this.begin(name, '', '');
    this.isNew = true;
    write(this.about, 'A new policy. Once it is saved connectors can take it.');
    this.copy.hidden = this.remove.hidden = true;
    this.text.readOnly = false;
    this.save.hidden = this.undo.hidden = false;
    this.text.value = text;
    this.edited();
    this.text.focus();
  }

  begin(name, digest, text) {
    this.name = name;
    this.digest = digest;
    this.original = text;
    this.isNew = false;
    this.node.hidden = false;
    write(this.title, name);
  }

  close() {
    this.node.hidden = true;
    this.name = null;
    this.isNew = false;
  }

  isChanged() {
    return this.name !== null && this.text.value !== this.original;
  }

  revert() {
    this.text.value = this.original;
    this.edited();
  }

  edited() {
    const count = this.text.value.split('\n').length;
    if (this.count !== count) {
      this.count = count;
      this.lines.textContent = Array.from({ length: count }, (unused, i) => i + 1).join('\n');
    }
    this.save.disabled = true;
    this.undo.disabled = !this.isChanged();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.check(), CHECK_MILLIS);
  }

  /** The newest text's verdict counts. */
  async check() {
    const { name } = this;
    const text = this.text.value;
    try {
      const verdict = await api.post('/policies/validate', { name, text });
      if (name === this.name && text === this.text.value) this.show(verdict);
    } catch (refusal) {
      this.say(refusal.message, 'bad');
    }
  }

  show({ valid, errors, diff }) {
    const changes = diff.filter((d) => d.kind !== ' ').length;
    const wrong = `${errors.length} thing${errors.length === 1 ? ' is' : 's are'} wrong.`;
    this.say(valid ? (changes ? 'In order; not saved yet.' : 'In order; this is what runs.') : wrong, valid ? null : 'bad');
    this.save.disabled = !valid || !this.isChanged();
    mark(this.text, 'aria-invalid', valid ? null : 'true');
    this.errors.replaceChildren(...errors.map((e) => h('li', null,
      e.line ? h('button', { type: 'button', class: 'link', onclick: () => this.goTo(e.line) }, `Line ${e.line}`) : null,
      e.line ? ' ' : null, h('span', null, told(e)), e.hint ? h('span', { class: 'hint' }, ` ${e.hint}`) : null)));
    this.errors.hidden = !errors.length;
    const words = { '+': 'added: ', '-': 'removed: ' };
    this.diff.replaceChildren(...(changes ? near(diff).map((d) => (d === null ? h('p', { class: 'gap' }, '⋯') : h('p', { 'data-kind': d.kind },
      h('span', { 'aria-hidden': 'true' }, `${d.kind === '-' ? '−' : d.kind} `), words[d.kind] ? h('span', { class: 'unseen' }, words[d.kind]) : null, d.line))) : [h('p', { class: 'muted' }, 'None.')]));
  }

  goTo(line) {
    const before = this.text.value.split('\n').slice(0, line - 1).join('\n').length + (line > 1 ? 1 : 0);
    const end = this.text.value.indexOf('\n', before);
    this.text.focus();
    this.text.setSelectionRange(before, end < 0 ? this.text.value.length : end);
    this.text.scrollTop = (line - 4) * (this.text.scrollHeight / this.count);
  }

  async write() {
    const text = this.text.value;
    this.save.disabled = true;
    try {
      const answer = await api.put(`/policies/${part(this.name)}`, { text, replaces: this.digest });
      const { isNew } = this;
      this.digest = answer.textDigest;
      this.original = text;
      this.isNew = false;
      this.edited();
      this.say(answer.message || 'Saved.', null);
      await this.doing.saved(isNew);
    } catch (refusal) {
      this.say(refusal.message, 'bad');
      this.save.disabled = false;
    }
  }

  say(sentence, kind) {
    mark(this.verdict, 'data-kind', kind);
    write(this.verdict, sentence);
  }
}

/** What is wrong as a sentence; key, value and what is allowed where the message does not name them. */
function told({ key, value, allowed, message }) {
  const parts = [message];
  if (key && !message.includes(key)) parts.push(`Key ${key}${value !== null && value !== undefined ? `: ${value}` : ''}.`);
  if (allowed && !message.includes(allowed)) parts.push(`Allowed: ${allowed}.`);
  return parts.join(' ');
}

/** Changed lines with three lines around them; null stands for what is left out. */
function near(diff) {
  const keep = diff.map((unused, i) => diff.slice(Math.max(0, i - 3), i + 4).some((d) => d.kind !== ' '));
  const shown = [];
  diff.forEach((d, i) => {
    if (keep[i]) shown.push(d);
    else if (shown[shown.length - 1] !== null) shown.push(null);
  });
  return shown;
}
