import { api, part } from '../api.js';
import { address } from '../router.js';
import { ask } from '../dialog.js';
import { field, h, mark, write } from '../dom.js';
import { PolicyEditor } from './policy-editor.js';

/** The policies that the station offers, and an editor for those that are files. */
export class PoliciesView {
  constructor(root, context) {
    this.root = root;
    this.context = context;
    this.list = h('ul', { class: 'policy-list' });
    this.editor = new PolicyEditor(context, {
      saved: (isNew) => (isNew && this.name !== this.editor.name ? context.go('policies', this.editor.name) : this.loadList()),
      copy: (policy) => this.make(`Copy ${policy.name}`, (name) => named(policy.text, name)),
      remove: (policy) => this.remove(policy),
    });
    this.add = h('button', { type: 'button', onclick: () => this.make('New policy', (name) => `name: ${name}\nversion: "1"\npolicy: mpc\n`) }, 'New policy');
    this.said = h('p', { class: 'said', role: 'status' });
    this.pick = h('p', { class: 'empty' }, 'Choose a policy to read it.');
    root.append(h('div', { class: 'heading' }, h('h1', { id: 'h-policies' }, 'Policies'), h('span', { class: 'heading-actions' }, this.add)), this.said,
      h('div', { class: 'policies' }, h('nav', { class: 'card', 'aria-label': 'Policies' }, this.list), h('div', null, this.pick, this.editor.node)));
  }

  async show(name) {
    document.title = 'Policies · Anodyne';
    this.name = name;
    this.add.hidden = !this.mayMake();
    await this.loadList();
    if (this.name !== name) return;
    if (name) await this.open(name);
    else if (!this.editor.isNew) this.editor.close();
    this.pick.hidden = !this.editor.node.hidden;
  }

  update() {}

  /** Whether what somebody has written would be lost. */
  isBusy() {
    return this.editor.isChanged();
  }

  mayMake() {
    const { me } = this.context;
    return me.has('policies.new') && me.can('policies.write');
  }

  async loadList() {
    try {
      const { items } = await api.get('/policies');
      this.list.replaceChildren(...items.map((p) => h('li', null, h('a', { href: address('policies', p.name), 'aria-current': p.name === this.name ? 'page' : null },
        h('b', null, p.name), h('small', null, [p.kind === 'file' ? 'file' : 'built in', p.version, p.usedBy.length ? `decides at ${p.usedBy.length}` : ''].filter(Boolean).join(' · '))))));
      write(this.said, '');
    } catch (refusal) {
      this.fail(refusal);
    }
  }

  async open(name) {
    const isSame = this.editor.name === name;
    if (isSame && this.editor.isNew) return;
    if (!isSame && !await this.leave()) {
      this.context.go('policies', this.editor.name);
      return;
    }
    try {
      this.editor.open(await api.get(`/policies/${part(name)}`));
    } catch (refusal) {
      this.editor.close();
      this.fail(refusal);
    }
  }

  /** Whether the editor may show something else. */
  async leave() {
    if (!this.editor.isChanged()) return true;
    return await ask({ title: 'Leave unsaved changes?', body: [h('p', null, `What you changed in ${this.editor.name} has not been saved.`)], yes: 'Leave them', no: 'Keep editing', danger: true }) !== null;
  }

  /** Asks for a name and opens a text that is a policy's once it is saved. */
  async make(title, text) {
    if (!await this.leave()) return;
    const answer = await ask({
      title,
      body: [field('Name', h('input', { name: 'name', required: true, pattern: '[A-Za-z0-9_\\-]{1,60}', maxlength: 60, autocomplete: 'off', autofocus: true }), 'Letters, digits, _ and -. It is saved only when you say so.')],
      yes: 'Go on',
    });
    if (!answer) return;
    this.pick.hidden = true;
    this.editor.create(answer.name, text(answer.name));
  }

  async remove(policy) {
    const yes = await ask({ title: `Delete the policy ${policy.name}?`, body: [h('p', null, 'Its file is deleted. A policy that decides somewhere stays.')], yes: 'Delete', danger: true });
    if (!yes) return;
    try {
      await api.delete(`/policies/${part(policy.name)}`);
      this.editor.close();
      this.context.go('policies');
    } catch (refusal) {
      this.editor.say(refusal.message, 'bad');
    }
  }

  fail(refusal) {
    mark(this.said, 'data-kind', 'bad');
    write(this.said, refusal.message);
  }
}

/** The text under another name: a charge's records call a policy by what its text says. */
function named(text, name) {
  return /^name:.*$/m.test(text) ? text.replace(/^name:.*$/m, `name: ${name}`) : `name: ${name}\n${text}`;
}
