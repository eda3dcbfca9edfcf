import { api, query } from '../api.js';
import { address } from '../router.js';
import { field, h, row, table, write } from '../dom.js';
import { dateTime, dayStart, duration, energy, known, millivolts, percent } from '../format.js';
import { Pages } from './pages.js';
import { spaced } from '../words.js';

const HEADS = ['Began', 'Connector', 'Battery', 'State of charge', 'Energy', 'Took', 'Lowest bound', 'Ended'];

const REFRESH_MILLIS = 20_000;

/** Charges that are kept, newest first; each leads to its report. */
export class ChargesView {
  constructor(root, context) {
    this.root = root;
    this.context = context;
    this.connector = h('input', { name: 'connector', autocomplete: 'off', maxlength: 40 });
    this.battery = h('input', { name: 'battery', autocomplete: 'off', maxlength: 80 });
    this.from = h('input', { name: 'from', type: 'date' });
    this.to = h('input', { name: 'to', type: 'date' });
    const filter = h('form', { class: 'tools', role: 'search', 'aria-label': 'Charges', onsubmit: (event) => { event.preventDefault(); this.pages.first(); } },
      field('Connector', this.connector), field('Battery', this.battery), field('From', this.from), field('Until', this.to),
      h('button', { type: 'submit' }, 'Show'));
    this.pages = new Pages((cursor) => this.load(cursor));
    this.holder = h('div');
    root.append(h('div', { class: 'heading' }, h('h1', { id: 'h-charges' }, 'Session history')),
      h('article', { class: 'card' }, filter, this.pages.said, this.holder, this.pages.node));
  }

  show(id, search) {
    document.title = 'History · Anodyne';
    for (const input of [this.connector, this.battery, this.from, this.to]) input.value = search.get(input.name) ?? '';
    this.pages.first();
  }

  update() {
    this.pages.refresh(REFRESH_MILLIS, this.root);
  }

  async load(cursor) {
    const answer = await api.get(`/charges${query({
      connector: this.connector.value.trim(), battery: this.battery.value.trim(),
      from: dayStart(this.from.value, 0), to: dayStart(this.to.value, 1), limit: 25, cursor,
    })}`);
    const rows = answer.items.map((c) => row([
      h('a', { href: address('charges', c.id) }, dateTime(c.began)), c.connector, c.battery ?? '–',
      known(c.startSoc) || known(c.endSoc) ? `${percent(c.startSoc)} → ${percent(c.endSoc)}` : '–',
      energy(c.energyWattHours), took(c), boundOf(c), h('span', { class: 'wrap' }, `${spaced(c.state)}${c.reason ? `. ${c.reason}` : ''}`),
    ]));
    this.holder.replaceChildren(table('List of charges', HEADS, rows, true));
    write(this.pages.said, answer.items.length ? '' : 'No charge fits.');
    return answer.next;
  }
}

const took = (c) => (c.ended ? duration((Date.parse(c.ended) - Date.parse(c.began)) / 1000) : 'runs');
const boundOf = (c) => (known(c.minAnodePotentialLowerBoundVolts) ? `${millivolts(c.minAnodePotentialLowerBoundVolts, 1)} mV` : '–');
