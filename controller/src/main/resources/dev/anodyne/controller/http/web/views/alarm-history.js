import { api, query } from '../api.js';
import { address } from '../router.js';
import { field, h, row, select, setOptions, table, write } from '../dom.js';
import { dayStart, exactTime } from '../format.js';
import { severity, spaced } from '../words.js';
import { Pages } from './pages.js';

const HEADS = ['When', 'Alarm', 'Where', 'What happened', 'By', 'Comment'];
const REFRESH_MILLIS = 20_000;
const STATION = 'Station';
const HAPPENED = { QUALITY: 'seen better or worse', ACKNOWLEDGED: 'acknowledged', CONFIRMED: 'confirmed', COMMENTED: 'commented', ENABLED: 'switched on', DISABLED: 'switched off' };

/** What happened to alarms, from the storage: newest first, by connector and date. */
export class AlarmHistory {
  constructor(context) {
    this.context = context;
    this.connector = select([['', 'everywhere']], { onchange: () => this.pages.first() });
    this.from = h('input', { type: 'date', onchange: () => this.pages.first() });
    this.to = h('input', { type: 'date', onchange: () => this.pages.first() });
    this.tools = [field('Where', this.connector), field('From', this.from), field('Until', this.to)];
    this.holder = h('div');
    this.pages = new Pages((cursor) => this.load(cursor));
    this.node = h('div', null, this.pages.said, this.holder, this.pages.node);
  }

  show() {
    setOptions(this.connector, [['', 'everywhere'], [STATION, 'the station'], ...[...this.context.store.cards.keys()].map((id) => [id, id])]);
    return this.pages.first();
  }

  update() {
    this.pages.refresh(REFRESH_MILLIS, this.node);
  }

  async load(cursor) {
    const answer = await api.get(`/alarms/history${query({
      connector: this.connector.value, from: dayStart(this.from.value, 0), to: dayStart(this.to.value, 1), limit: 50, cursor,
    })}`);
    this.holder.replaceChildren(...(answer.items.length ? [table('Past alarms', HEADS, answer.items.map(line), true)] : []));
    write(this.pages.said, answer.items.length ? '' : 'No alarm is kept that fits.');
    return answer.next;
  }
}

function line(e) {
  const { word, rank } = severity(e.severity);
  return row([
    exactTime(e.at),
    h('span', { class: 'wrap' }, h('b', { class: 'severity', 'data-rank': e.active ? rank : 1 }, word), ' ', h('b', null, spaced(e.name)), e.message ? `: ${e.message}` : ''),
    e.connector ? h('a', { href: address('connector', e.connector) }, e.connector) : 'Station',
    h('span', { class: 'happened', 'data-active': e.what === 'STATE' && e.active }, HAPPENED[e.what] ?? (e.active ? 'active' : 'over')),
    e.what === 'STATE' || e.what === 'QUALITY' ? '' : e.user ?? '',
    e.what === 'STATE' || e.what === 'QUALITY' ? '' : h('span', { class: 'wrap' }, e.comment ?? ''),
  ]);
}
