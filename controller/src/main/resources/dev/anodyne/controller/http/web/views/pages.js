import { h, mark, write } from '../dom.js';

/** Newer and older pages of a list whose server gives a cursor for the next one. */
export class Pages {
  /** @param load gives a page's next cursor, or throws a refusal */
  constructor(load) {
    this.load = load;
    this.cursors = [null];
    this.next = null;
    this.newer = h('button', { type: 'button', onclick: () => this.back() }, 'Newer');
    this.older = h('button', { type: 'button', onclick: () => this.forth() }, 'Older');
    this.where = h('span', { class: 'muted' });
    this.said = h('p', { class: 'said', role: 'status' });
    this.node = h('nav', { class: 'pages', 'aria-label': 'Pages', hidden: true }, this.newer, this.where, this.older);
  }

  first() {
    this.cursors = [null];
    return this.show();
  }

  back() {
    this.cursors.pop();
    return this.show();
  }

  forth() {
    this.cursors.push(this.next);
    return this.show();
  }

  /** Reads the newest page again from time to time, unless somebody is busy in the list. */
  refresh(millis, holder) {
    const due = this.shownAt !== undefined && performance.now() - this.shownAt > millis;
    if (!due || this.cursors.length > 1 || document.hidden || holder.contains(document.activeElement)) return;
    this.shownAt = performance.now();
    this.show();
  }

  /** The newest answer counts, whatever order answers come in. */
  async show() {
    const asked = (this.asked = (this.asked ?? 0) + 1);
    mark(this.said, 'data-kind', null);
    try {
      const next = await this.load(this.cursors[this.cursors.length - 1]);
      if (asked !== this.asked) return;
      this.next = next ?? null;
    } catch (refusal) {
      if (asked !== this.asked) return;
      this.next = null;
      mark(this.said, 'data-kind', 'bad');
      write(this.said, refusal.message);
    }
    this.shownAt = performance.now();
    this.newer.disabled = this.cursors.length < 2;
    this.older.disabled = !this.next;
    this.node.hidden = this.newer.disabled && this.older.disabled;
    write(this.where, `Page ${this.cursors.length}`);
  }
}
