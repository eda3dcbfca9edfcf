import { api, part } from '../api.js';
import { address } from '../router.js';
import { ask } from '../dialog.js';
import { h, mark, write } from '../dom.js';
import { PolicyEditor } from './policy-editor.js';

/** The policies that the station offers, and an editor for those that are files. */
export class PoliciesView {
  constructor(root, context) {
    this.root = root;
    this.context = context;
    this.list = h('ul', { class: 'policy-list' });
    this.editor = new PolicyEditor(context, () => this.loadList());
    this.said = h('p', { class: 'said', role: 'status' });
    root.append(h('div', { class: 'heading' }, h('h1', { id: 'h-policies' }, 'Policies')), this.said,
      h('div', { class: 'policies' }, h('nav', { class: 'card', 'aria-label': 'Policies' }, this.list), this.editor.node));
  }

  async show(name) {
    document.title = 'Policies · Anodyne';
    this.name = name;
    await this.loadList();
    if (this.name !== name) return;
    if (name) await this.open(name);
    else this.editor.close();
  }

  update() {}

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
    if (this.editor.isChanged() && this.editor.name !== name) {
      const yes = await ask({ title: 'Leave unsaved changes?', body: [h('p', null, `What you changed in ${this.editor.name} has not been saved.`)], yes: 'Leave them', no: 'Keep editing', danger: true });
      if (!yes) {
        this.context.go('policies', this.editor.name);
        return;
      }
    }
    try {
      this.editor.open(await api.get(`/policies/${part(name)}`));
    } catch (refusal) {
      this.fail(refusal);
    }
  }

  fail(refusal) {
    mark(this.said, 'data-kind', 'bad');
    write(this.said, refusal.message);
  }
}
