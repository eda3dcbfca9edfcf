import { address } from '../router.js';
import { isCharging, marginOf, needsPerson } from '../card.js';
import { field, h, mark, select, write } from '../dom.js';
import { duration, fixed, known, millivolts, power } from '../format.js';
import { kindOf, severity, signOf, spaced } from '../words.js';

/** From so many connectors on cards become small. */
const MANY = 40;
/** An order that changes by itself changes this often at most, and never under a pointer or focus. */
const SORT_MILLIS = 10_000;

const FILTERS = {
  all: ['All', () => true],
  charging: ['Charging', isCharging],
  attention: ['Needs attention', needsPerson],
  suspended: ['Suspended', (c) => c.state?.name === 'Suspended'],
  free: ['Free', (c) => ['Idle', 'Finished'].includes(c.state?.name)],
};
const unknownLast = (x) => (known(x) ? x : Infinity);
const SORTS = {
  name: ['Name', (a, b) => a.title.localeCompare(b.title, undefined, { numeric: true })],
  attention: ['Attention first', (a, b) => rank(b) - rank(a)],
  power: ['Most power', (a, b) => (b.powerWatts ?? 0) - (a.powerWatts ?? 0)],
  soc: ['Lowest state of charge', (a, b) => unknownLast(a.soc) - unknownLast(b.soc)],
  left: ['Least time left', (a, b) => unknownLast(a.remainingSeconds) - unknownLast(b.remainingSeconds)],
  margin: ['Smallest margin', (a, b) => unknownLast(marginOf(a)) - unknownLast(marginOf(b))],
};
const rank = (card) => (card.state?.name === 'Faulted' ? 10 : 0) + (card.alarms?.count ? severity(card.alarms.highestSeverity).rank : 0);

/**
 * Every connector as a card that leads to its view. The browser lays out only cards that can be seen
 * (content-visibility), and only those are written: a thousand cost no more than a screenful.
 */
export class Cards {
  constructor(context) {
    this.context = context;
    this.made = new Map();
    this.seen = new Set();
    this.sortedAt = 0;
    this.order = '';
    this.list = h('ul', { class: 'cards', 'aria-label': 'Connectors' });
    this.search = h('input', { type: 'search', placeholder: 'Name or id', oninput: () => this.arrange() });
    this.filter = select(Object.entries(FILTERS).map(([k, [label]]) => [k, label]), { onchange: () => this.arrange() });
    this.sort = select(Object.entries(SORTS).map(([k, [label]]) => [k, label]), { onchange: () => this.arrange() });
    this.found = h('p', { class: 'muted found', role: 'status' });
    this.tools = h('div', { class: 'tools', role: 'search', 'aria-label': 'Connectors' },
      field('Find', this.search), field('Show', this.filter), field('Order', this.sort), this.found);
    this.node = h('section', { class: 'connectors', 'aria-labelledby': 'h-connectors' }, h('h2', { id: 'h-connectors' }, 'Connectors'), this.tools, this.list);
    this.observer = new IntersectionObserver((entries) => this.looked(entries), { rootMargin: '300px' });
  }

  update() {
    const { cards } = this.context.store;
    const changed = this.keepInStep(cards);
    this.list.classList.toggle('compact', cards.size > MANY);
    this.tools.hidden = cards.size < 4;
    const due = performance.now() - this.sortedAt > SORT_MILLIS && !this.list.matches(':hover, :focus-within');
    if (changed || due) this.arrange();
    for (const id of this.seen) this.fill(id);
  }

  /** Makes and removes cards; true when any has come or gone. */
  keepInStep(cards) {
    let changed = false;
    for (const [id, card] of this.made) {
      if (cards.has(id)) continue;
      this.observer.unobserve(card.item);
      card.item.remove();
      this.made.delete(id);
      this.seen.delete(id);
      changed = true;
    }
    for (const id of cards.keys()) {
      if (this.made.has(id)) continue;
      const card = make(id);
      this.made.set(id, card);
      this.observer.observe(card.item);
      this.seen.add(id);
      changed = true;
    }
    return changed;
  }

  looked(entries) {
    for (const { target, isIntersecting } of entries) {
      const { id } = target.dataset;
      if (!isIntersecting) {
        this.seen.delete(id);
      } else if (this.made.has(id)) {
        this.seen.add(id);
        this.fill(id);
      }
    }
  }

  /** Filters and sorts; nodes move only where the order differs. */
  arrange() {
    this.sortedAt = performance.now();
    const words = this.search.value.trim().toLowerCase();
    const fits = FILTERS[this.filter.value][1];
    const all = [...this.context.store.cards.values()];
    const shown = all
      .filter((c) => fits(c) && (!words || `${c.title} ${c.id} ${c.cell ?? ''}`.toLowerCase().includes(words)))
      .sort(SORTS[this.sort.value][1]);
    const order = shown.map((c) => c.id).join('\n');
    if (order !== this.order) {
      this.order = order;
      this.list.replaceChildren(...shown.map((c) => this.made.get(c.id).item));
    }
    write(this.found, shown.length === all.length ? '' : `${shown.length} of ${all.length}`);
  }

  fill(id) {
    const card = this.context.store.cards.get(id);
    const made = this.made.get(id);
    if (card && made) fill(made, card, this.context.store.stale(card));
  }
}

function make(id) {
  const part = (name, tag = 'span') => h(tag, { class: name });
  const p = {
    title: part('card-title'), sign: h('span', { class: 'sign', 'aria-hidden': 'true' }), state: part('card-state'),
    soc: part('value'), power: part('value'), left: part('value'), margin: part('value'), alarm: part('alarm-dot'), note: part('card-note'),
    fill: part('mini-fill'), target: part('mini-target'),
  };
  p.item = h('li', { 'data-id': id },
    h('a', { class: 'connector-card', href: address('connector', id) },
      h('span', { class: 'card-line' }, p.title, p.alarm, h('span', { class: 'card-badge' }, p.sign, ' ', p.state)),
      h('span', { class: 'mini-bar', 'aria-hidden': 'true' }, p.fill, p.target),
      h('span', { class: 'card-values' },
        h('span', null, h('small', null, 'SoC '), p.soc),
        h('span', null, h('small', null, 'Power '), p.power),
        h('span', null, h('small', null, 'Left '), p.left),
        h('span', { title: 'Lower bound of the anode potential above its margin' }, h('small', null, 'Margin '), p.margin)),
      p.note));
  p.card = p.item.firstChild;
  return p;
}

function fill(p, card, stale) {
  const name = card.state?.name ?? 'Starting';
  const over = card.state?.over;
  write(p.title, card.title);
  write(p.state, spaced(name));
  write(p.sign, signOf(name));
  mark(p.card, 'data-kind', kindOf(name));
  mark(p.card, 'data-stale', stale);
  write(p.soc, known(card.soc) ? `${fixed(card.soc * 100, 0)} %` : '–');
  write(p.power, power(card.powerWatts));
  write(p.left, over ? '–' : duration(card.remainingSeconds));
  const margin = marginOf(card);
  write(p.margin, margin === null ? '–' : `${millivolts(margin)} mV`);
  mark(p.margin, 'data-kind', margin !== null && margin < -0.0005 ? 'bad' : null);
  p.fill.style.width = `${100 * (card.soc ?? 0)}%`;
  p.target.style.left = `${100 * (card.targetSoc ?? 1)}%`;
  const count = card.alarms?.count ?? 0;
  write(p.alarm, count ? `⚠ ${count} alarm${count > 1 ? 's' : ''}` : '');
  mark(p.alarm, 'data-rank', count ? severity(card.alarms.highestSeverity).rank : null);
  write(p.note, noteOf(card, stale));
}

/** The one sentence that matters most now. */
function noteOf(card, stale) {
  if (stale === 'contact') return 'Last known: no contact with the controller.';
  if (stale === 'still') return 'Last known: this connector reports nothing new.';
  if (card.held?.emergencyStop) return 'Emergency stop in force.';
  if (stale === 'link') return 'Last known: the charger cannot be reached.';
  if (card.state?.name === 'Charging') return card.fallback ? `Fallback decides. ${card.why ?? ''}` : card.why ?? '';
  return card.state?.reason || card.why || '';
}
