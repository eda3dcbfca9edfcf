import { api } from '../api.js';
import { ask } from '../dialog.js';
import { byId, field, h, mark, row, table, write } from '../dom.js';
import { clock, fixed, known, percent, power } from '../format.js';
import { PowerHistory } from './power-history.js';

const MOST_ROWS = 8;
const MOST_SEGMENTS = 40;

/** Power of the site against its limit, who gets what of it, and why. */
export class PowerPanel {
  constructor(context) {
    this.context = context;
    this.now = h('b', { class: 'value' }, '–');
    this.of = h('span', { class: 'muted' });
    this.bar = h('div', { class: 'power-bar', role: 'meter', 'aria-label': 'Power of the site', 'aria-valuemin': '0' });
    this.note = h('p', { class: 'muted power-note' });
    this.said = h('p', { class: 'said', role: 'status' });
    this.limit = h('button', { type: 'button', class: 'plain', onclick: () => this.setLimit(), hidden: true }, 'Limit…');
    this.free = h('button', { type: 'button', class: 'plain', onclick: () => this.removeLimit(), hidden: true }, 'Remove the cap');
    this.history = new PowerHistory();
    this.rows = h('tbody');
    this.shares = h('details', { class: 'shares', ontoggle: () => this.showShares() },
      h('summary', null, 'Who gets what, and why'),
      table('Power by connector', ['Connector', 'Now', 'May use', 'Why'], []));
    this.shares.querySelector('tbody').replaceWith(this.rows);
    this.node = h('article', { class: 'card power', 'aria-labelledby': 'h-power' },
      h('div', { class: 'card-head' }, h('h2', { id: 'h-power' }, 'Power'), h('span', { class: 'card-actions' }, this.limit, this.free)),
      h('p', { class: 'power-now' }, this.now, ' ', this.of),
      this.bar, this.note, this.said, this.history.node, this.shares);
  }

  update() {
    const { store, me } = this.context;
    const total = store.totalWatts();
    const limit = store.station?.limitWatts;
    write(this.now, power(total));
    write(this.of, known(limit) ? `of ${power(limit)} (${percent(limit > 0 ? total / limit : 1)})` : 'no limit of the site is configured');
    this.showBar(total, limit);
    const cap = store.station?.externalLimit;
    write(this.note, cap && known(cap.watts)
      ? `An external cap of ${power(cap.watts)} counts${cap.validUntil ? ` until ${clock(cap.validUntil)}` : ''}.` : '');
    const may = me.has('station') && me.can('station.limit');
    this.limit.hidden = !may;
    this.free.hidden = !(may && cap);
    this.history.update(store.power);
    this.showShares();
  }

  /** One piece a connector, widest first; what is left of the limit stays empty. */
  showBar(total, limit) {
    const cards = [...this.context.store.cards.values()].filter((c) => c.powerWatts > 0).sort((a, b) => b.powerWatts - a.powerWatts);
    const whole = Math.max(known(limit) ? limit : 0, total, 1);
    const shown = cards.slice(0, MOST_SEGMENTS);
    const rest = cards.slice(MOST_SEGMENTS).reduce((sum, c) => sum + c.powerWatts, 0);
    const parts = shown.map((c) => [c.powerWatts, `${c.title}: ${power(c.powerWatts)}`]);
    if (rest > 0) parts.push([rest, `${cards.length - MOST_SEGMENTS} more: ${power(rest)}`]);
    while (this.bar.children.length > parts.length) this.bar.lastElementChild.remove();
    while (this.bar.children.length < parts.length) this.bar.append(h('span', { class: 'power-part' }));
    parts.forEach(([watts, title], i) => {
      const piece = this.bar.children[i];
      piece.style.width = `${(100 * watts) / whole}%`;
      piece.title = title;
    });
    // Without a limit there is nothing to fill.
    this.bar.hidden = !known(limit);
    mark(this.bar, 'data-over', known(limit) && total > limit * 1.001 ? 'true' : null);
    mark(this.bar, 'aria-valuenow', Math.round(total));
    mark(this.bar, 'aria-valuemax', Math.round(whole));
    mark(this.bar, 'aria-valuetext', known(limit) ? `${power(total)} of ${power(limit)}` : power(total));
  }

  showShares() {
    if (!this.shares.open) return;
    const cards = [...this.context.store.cards.values()]
      .filter((c) => c.powerWatts > 0 || known(c.budgetWatts))
      .sort((a, b) => (b.powerWatts ?? 0) - (a.powerWatts ?? 0));
    const rows = cards.slice(0, MOST_ROWS).map((c) => [c.title, power(c.powerWatts), power(c.budgetWatts), c.budgetWhy || c.why || '–']);
    if (cards.length > MOST_ROWS) rows.push([`and ${cards.length - MOST_ROWS} more`, power(cards.slice(MOST_ROWS).reduce((s, c) => s + (c.powerWatts ?? 0), 0)), '', '']);
    if (!rows.length) rows.push(['Nobody', '–', '–', 'No connector takes power.']);
    this.rows.replaceChildren(...rows.map((cells) => row(cells)));
  }

  async setLimit() {
    await this.carryOut(() => askLimit(this.context));
  }

  async removeLimit() {
    await this.carryOut(async () => {
      await api.delete('/station/limit');
      return 'The external cap is taken back.';
    });
  }

  async carryOut(what) {
    try {
      const said = await what();
      if (said) write(this.said, said);
      mark(this.said, 'data-kind', null);
    } catch (refusal) {
      write(this.said, refusal.message);
      mark(this.said, 'data-kind', 'bad');
    }
    if (!byId('h-power')) return;
    setTimeout(() => write(this.said, ''), 15_000);
  }
}

/** Asks for the site's external power limit and sets it. */
async function askLimit(context) {
  const now = context.store.station?.externalLimit;
  const answer = await ask({
    title: 'Power limit of the site',
    body: [
      h('p', null, 'An external cap on top of the configured one. It counts at once and ends by itself.'),
      field('Limit, kW', h('input', { name: 'kilowatts', type: 'number', min: 0, step: 'any', required: true, value: known(now?.watts) ? now.watts / 1000 : null })),
      field('Valid for, minutes', h('input', { name: 'minutes', type: 'number', min: 1, step: 1, required: true, value: 60 })),
    ],
    yes: 'Set the limit',
  });
  if (!answer) return null;
  const watts = Number(answer.kilowatts) * 1000;
  await api.put('/station/limit', { watts, validForSeconds: Number(answer.minutes) * 60 });
  return `The site may use ${fixed(watts / 1000, 1)} kW for ${answer.minutes} min.`;
}
