import { api, query } from '../api.js';
import { h, row, table, write } from '../dom.js';
import { dateTime } from '../format.js';
import { Pages } from './pages.js';

const HEADS = ['When', 'Who', 'From', 'Did', 'To', 'Outcome'];

const REFRESH_MILLIS = 10_000;

/** Who did what, newest first; for administrators. */
export class AuditView {
  constructor(root, context) {
    this.root = root;
    this.context = context;
    this.pages = new Pages((cursor) => this.load(cursor));
    this.holder = h('div');
    root.append(h('div', { class: 'heading' }, h('h1', { id: 'h-audit' }, 'Audit')),
      h('article', { class: 'card' }, this.pages.said, this.holder, this.pages.node));
  }

  show() {
    document.title = 'Audit · Anodyne';
    this.pages.first();
  }

  update() {
    this.pages.refresh(REFRESH_MILLIS, this.holder);
  }

  async load(cursor) {
    const answer = await api.get(`/audit${query({ limit: 50, cursor })}`);
    this.holder.replaceChildren(table('List of entries', HEADS, answer.items.map((e) => row([
      dateTime(e.at), e.user, e.address, e.action, e.target, h('span', { class: 'wrap' }, [e.outcome, e.message].filter(Boolean).join(': ')),
    ])), true));
    write(this.pages.said, answer.items.length ? '' : 'Nothing has been done yet.');
    return answer.next;
  }
}
