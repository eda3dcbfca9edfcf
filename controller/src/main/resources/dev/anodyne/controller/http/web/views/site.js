import { api } from '../api.js';
import { address } from '../router.js';
import { h, mark, write } from '../dom.js';
import { age, clock, known, millis, power, whole } from '../format.js';
import { alarmText, severity } from '../words.js';
import { Cards } from './cards.js';
import { askEmergencyStop } from './emergency.js';
import { PowerPanel } from './power.js';

const MOST_ALARMS = 3;

/** The whole site: power against limit, alarms, health, and every connector as a card. */
export class SiteView {
  constructor(root, context) {
    this.root = root;
    this.context = context;
    this.power = new PowerPanel(context);
    this.cards = new Cards(context);
    this.alarms = h('ul', { class: 'alarm-strip', 'aria-label': 'Alarms that nobody has acknowledged' });
    this.counts = h('p', { class: 'counts' });
    this.said = h('p', { class: 'said', role: 'status' });
    this.emergency = h('button', { type: 'button', class: 'emergency', onclick: () => this.stopAll(), hidden: true }, 'Emergency stop of all');
    this.health = h('dl', { class: 'facts' });
    this.healthCard = h('article', { class: 'card health', 'aria-labelledby': 'h-health', hidden: true },
      h('h2', { id: 'h-health' }, 'Server'), this.health);
    root.append(
      h('div', { class: 'heading' }, h('h1', { id: 'h-site' }, 'Site'), this.counts, h('div', { class: 'heading-actions' }, this.emergency), this.said),
      this.alarms,
      h('div', { class: 'site-top' }, this.power.node, this.healthCard),
      this.cards.node);
  }

  show() {
    document.title = 'Anodyne';
    write(this.said, '');
  }

  update() {
    const { store, me } = this.context;
    mark(this.root, 'data-stale', store.isLive() ? null : 'contact');
    this.emergency.hidden = !(me.has('station') && me.can('emergency-stop'));
    this.emergency.disabled = !store.isLive();
    this.power.update();
    this.cards.update();
    this.showAlarms();
    this.showHealth();
    this.showCounts();
  }

  async stopAll() {
    const order = await askEmergencyStop('any connector');
    if (!order) return;
    try {
      const answer = await api.post('/station/emergency-stop', order);
      mark(this.said, 'data-kind', null);
      write(this.said, answer.message);
    } catch (refusal) {
      mark(this.said, 'data-kind', 'bad');
      write(this.said, refusal.message);
    }
  }

  showCounts() {
    const cards = [...this.context.store.cards.values()];
    const of = (name) => cards.filter((c) => c.state?.name === name).length;
    const parts = [`${cards.length} connector${cards.length === 1 ? '' : 's'}`, `${of('Charging')} charging`];
    if (of('Suspended')) parts.push(`${of('Suspended')} suspended`);
    if (of('Faulted')) parts.push(`${of('Faulted')} faulted`);
    write(this.counts, cards.length ? parts.join(' · ') : 'No connector has been heard of yet.');
    const { store } = this.context;
    document.title = store.isLive() ? `${power(store.totalWatts())} · ${store.station?.name ?? 'Anodyne'}` : 'No contact · Anodyne';
  }

  showAlarms() {
    const open = this.context.store.alarms
      .filter((a) => !a.acknowledged)
      .sort((a, b) => b.active - a.active || severity(b.severity).rank - severity(a.severity).rank);
    const key = JSON.stringify(open.map((a) => [a.id, a.message, a.active]));
    if (this.alarms.dataset.key === key) return;
    this.alarms.dataset.key = key;
    const more = open.length - MOST_ALARMS;
    this.alarms.replaceChildren(...open.slice(0, MOST_ALARMS).map((a) => {
      const { word, rank } = severity(a.severity);
      const since = a.active ? a.raisedAt : a.clearedAt;
      return h('li', { 'data-rank': rank, 'data-over': !a.active },
        h('a', { href: address('alarms', a.id) },
          h('b', null, a.active ? `${word}: ` : 'Over, not acknowledged: '), a.connector ? `${a.connector}: ` : '', alarmText(a),
          since ? h('time', { datetime: since }, ` since ${clock(since)}`) : null));
    }), ...(more > 0 ? [h('li', null, h('a', { href: address('alarms') }, `${more} more`))] : []));
    this.alarms.hidden = open.length === 0;
  }

  showHealth() {
    const s = this.context.store.station;
    this.healthCard.hidden = !s;
    if (!s) return;
    const facts = [['Storage', storage(s.storage)]];
    if (s.storage?.lastError && s.storage.state !== 'OK') facts.push(['', s.storage.lastError]);
    if (known(s.loop?.latenessMillisP99)) facts.push(['Loop lateness', `${millis(s.loop.latenessMillisP99)} p99`]);
    if (s.sharing?.status) facts.push(['Sharing', s.sharing.why ? `${s.sharing.status}: ${s.sharing.why}` : s.sharing.status]);
    if (s.version) facts.push(['Version', s.version]);
    if (known(s.uptimeSeconds)) facts.push(['Running for', age(s.uptimeSeconds + this.context.store.stationAge())]);
    const key = JSON.stringify(facts);
    if (this.health.dataset.key === key) return;
    this.health.dataset.key = key;
    mark(this.healthCard, 'data-kind', ['DOWN', 'SPOOLING'].includes(s.storage?.state) ? 'warn' : null);
    this.health.replaceChildren(...facts.map(([term, about]) => h('div', null, h('dt', null, term), h('dd', null, about))));
  }
}

function storage(s) {
  if (!s || s.state === 'OFF') return 'off: charges are not kept';
  const spool = known(s.spoolDepth) && s.spoolDepth > 0
    ? `${whole(s.spoolDepth)}${known(s.spoolCapacity) ? ` of ${whole(s.spoolCapacity)}` : ''} wait in the spool` : '';
  const words = { OK: 'writes', SPOOLING: 'behind', DOWN: 'cannot be reached' }[s.state] ?? s.state;
  const since = s.state !== 'OK' && s.since ? ` since ${clock(s.since)}` : '';
  return [words + since, spool].filter(Boolean).join(', ');
}
