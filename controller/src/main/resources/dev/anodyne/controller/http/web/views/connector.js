import { Charts } from '../charts.js';
import { byId, h, mark } from '../dom.js';
import { clock, fixed, known } from '../format.js';
import { showSession } from '../panel.js';
import { charts as seriesOf } from '../series.js';
import { showResult, showTable } from '../tables.js';
import { signOf, spaced } from '../words.js';
import { Controls } from './controls.js';

/** One connector: what happens, why, what is planned, and what may be done. */
export class ConnectorView {
  constructor(root, context) {
    this.root = root;
    this.context = context;
    this.id = null;
    this.charts = null;
    this.tableCard = byId('table-card');
    this.controls = new Controls(context, () => this.id);
    this.shownResult = null;
    this.tableCard.addEventListener('toggle', () => this.update());
  }

  show(id) {
    this.id = id;
    this.drawn = null;
    this.charts ??= new Charts(byId('charts'));
    this.controls.show(id);
    byId('states').replaceChildren();
    byId('states').dataset.key = '';
  }

  hide() {
    this.controls.hide();
    this.id = null;
  }

  /** How many points are drawn. */
  count() {
    return this.id ? this.session()?.count ?? 0 : 0;
  }

  session() {
    return this.context.store.sessions.get(this.id);
  }

  update() {
    const { store } = this.context;
    const session = this.session();
    const card = store.cards.get(this.id);
    mark(this.root, 'data-stale', store.stale(card) ?? null);
    this.controls.update(card);
    this.showStates();
    if (store.result !== this.shownResult) {
      this.shownResult = store.result;
      window.anodyne.result = store.result;
      showResult(store.result);
    }
    if (!session?.summary) {
      this.showAbsent(card);
      return;
    }
    showSession(session, card);
    this.draw(session);
    this.showTitle(session.summary);
    if (this.tableCard.open) showTable(session);
  }

  /** Draws anew only when there is something new. */
  draw(session) {
    const key = `${session.id}/${session.generation}/${session.count}/${session.truthCount}/${session.summary.record?.sequence}`;
    if (this.drawn === key) return;
    this.drawn = key;
    const time = session.points.timeSeconds ?? [];
    window.anodyne.series = this.charts.draw(seriesOf(session), time[time.length - 1]);
    window.anodyne.session = session.id;
    window.anodyne.summary = session.summary;
  }

  showTitle({ title, state, record }) {
    document.title = record && known(record.soc)
      ? `${fixed(record.soc * 100, 0)} % · ${spaced(state.name)} · ${title}` : `${spaced(state.name)} · ${title}`;
  }

  showAbsent(card) {
    const isKnown = card || this.context.store.contact !== 'live';
    byId('h-connector').textContent = card?.title ?? this.id;
    byId('why').textContent = isKnown ? 'Waiting for the controller.' : `There is no connector ${this.id}.`;
  }

  showStates() {
    const log = this.context.store.changes.get(this.id) ?? [];
    const list = byId('states');
    const key = `${log.length}/${log[log.length - 1]?.at}`;
    if (list.dataset.key === key) return;
    list.dataset.key = key;
    list.replaceChildren(...[...log].reverse().map((entry) => h('li', null,
      h('time', { datetime: entry.at }, clock(entry.at)), ' ',
      h('b', null, h('span', { 'aria-hidden': 'true' }, `${signOf(entry.name)} `), spaced(entry.name)),
      entry.reason ? ` ${entry.reason}` : '')));
  }

  /** What a person must know beyond numbers: head and sentence, or null. */
  warning() {
    const record = this.session()?.summary?.record;
    const card = this.context.store.cards.get(this.id);
    if (card?.held?.emergencyStop) {
      return ['Emergency stop.', card.held.acknowledgedBy ? `Acknowledged by ${card.held.acknowledgedBy}; reset it to charge again.` : 'No current until it is acknowledged and reset.'];
    }
    if (record && !record.state.over && record.link !== 'UP') {
      const head = record.link === 'STALE' ? 'The charger’s values stand still.' : 'The charger cannot be reached.';
      return [head, `${record.linkReason || ''} The current is commanded to zero; the charge goes on by itself when the charger is back.`];
    }
    if (record?.state.name === 'Faulted') return ['Charger fault.', record.state.reason];
    if (this.context.store.stale(card) === 'still') return ['This connector reports nothing new.', 'What you see is the last that was heard, and not live.'];
    return null;
  }
}
