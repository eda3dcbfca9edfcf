import { cardOf } from './card.js';
import { Stream } from './stream.js';

/** The server shows that it is alive every 5 s; a little more without a word is silence. */
const SILENT_SECONDS = 7;
/** A session publishes once a period, mostly a second. */
const STILL_SECONDS = 12;
const MOST_CHANGES = 40;
const POWER_EVERY_MILLIS = 2000;
const MOST_POWER = 1800;

/**
 * What the server has told: the site, every connector's card, alarms, and all points of the connector
 * that is looked at. A new connection brings everything again from the first point, so a page that
 * was opened late, or lost contact, shows the whole charge.
 */
export class Store {
  constructor() {
    this.sessions = new Map();
    this.cards = new Map();
    this.station = null;
    this.alarms = [];
    /** How many there are besides: in an alarm storm only the gravest are streamed. */
    this.moreAlarms = 0;
    this.result = null;
    this.contact = 'wait';
    this.changes = new Map();
    this.power = { timeMillis: [], watts: [], limitWatts: [] };
    this.hasServerCards = false;
    this.listeners = [];
    this.changeListeners = [];
    this.eventListeners = [];
    this.watched = null;
    this.clockAheadMillis = null;
    this.stream = new Stream({
      opened: () => this.opened(),
      closed: () => this.setContact('lost'),
      refused: () => this.setContact('refused'),
      // The connector has been removed; the rest of the site is still there.
      missing: () => this.open(null),
      event: (name, data) => this.event(name, data),
    });
  }

  onChange(listener) {
    this.listeners.push(listener);
  }

  /** Hears of changed states: ({card, before}). */
  onStateChange(listener) {
    this.changeListeners.push(listener);
  }

  /** Hears the name of every event. */
  onEvent(listener) {
    this.eventListeners.push(listener);
  }

  changed() {
    for (const listener of this.listeners) listener();
  }

  /** Connects, with the points of one connector or of none. */
  open(connector = null) {
    this.watched = connector;
    // What is not followed any more would look live when somebody comes back to it.
    if (this.hasServerCards) for (const id of this.sessions.keys()) if (id !== connector) this.sessions.delete(id);
    this.stream.open(`/api/v1/stream?view=changes${connector ? `&connector=${encodeURIComponent(connector)}` : ''}`);
  }

  /** Looks at another connector; the same connection goes on where nothing changes. */
  watch(connector) {
    if (connector !== this.watched) this.open(connector);
  }

  /** Nobody's values stay on the screen of somebody else. */
  forget() {
    for (const kept of [this.sessions, this.cards, this.changes]) kept.clear();
    this.station = null;
    this.alarms = [];
    this.contact = 'wait';
  }

  opened() {
    this.setContact('live');
  }

  setContact(contact) {
    if (this.contact === contact) return;
    this.contact = contact;
    this.changed();
  }

  /** Called once a second: silence is a change, too. */
  tick() {
    if (this.contact === 'live' && this.stream.silentSeconds() > SILENT_SECONDS) this.contact = 'silent';
    else if (this.contact === 'silent' && this.stream.silentSeconds() <= SILENT_SECONDS) this.contact = 'live';
    this.changed();
  }

  isLive() {
    return this.contact === 'live';
  }

  /** How old what is shown is, s. */
  ageSeconds() {
    return this.stream.silentSeconds();
  }

  event(name, data) {
    if (name === 'session') {
      if (!this.take(data)) {
        this.open(this.watched);
        return;
      }
    } else if (name === 'result') {
      this.result = data;
    } else if (name === 'station') {
      this.station = data;
      this.stationAt = performance.now();
      this.setClock(data.at);
    } else if (name === 'connectors') {
      this.takeCards(data);
    } else if (name === 'removed') {
      this.remove(data.id);
    } else if (name === 'alarms') {
      this.alarms = data.active ?? [];
      this.moreAlarms = data.more ?? 0;
    } else {
      return;
    }
    for (const listener of this.eventListeners) listener(name);
    this.samplePower();
    if (this.contact === 'silent') this.contact = 'live';
    this.changed();
  }

  /** False when points are missing in between. */
  take(message) {
    let session = this.sessions.get(message.id);
    const fresh = message.from === 0 && message.truthFrom === 0;
    if (!session || fresh) {
      session = { id: message.id, generation: message.generation, points: {}, truth: {}, count: 0, truthCount: 0 };
      this.sessions.set(message.id, session);
    }
    const fits =
      session.generation === message.generation &&
      session.count === message.from &&
      session.truthCount === message.truthFrom;
    if (!fits) return false;
    session.count += append(session.points, message.points);
    session.truthCount += append(session.truth, message.truth);
    session.summary = message.summary;
    if (!this.hasServerCards) this.card(cardOf(message.summary));
    return true;
  }

  takeCards(data) {
    this.hasServerCards = true;
    for (const id of data.removed ?? []) this.remove(id);
    for (const card of data.items ?? []) this.card(card);
    for (const change of data.changes ?? []) {
      const before = this.cards.get(change.id);
      if (before) this.card({ ...before, ...change });
    }
  }

  remove(id) {
    this.cards.delete(id);
    this.sessions.delete(id);
    this.changes.delete(id);
  }

  card(card) {
    const before = this.cards.get(card.id);
    card.heardAt = performance.now();
    this.cards.set(card.id, card);
    this.setClock(card.at);
    const name = card.state?.name;
    if (before?.state?.name === name) return;
    const log = this.changes.get(card.id) ?? [];
    log.push({ name, reason: card.state?.reason ?? '', at: card.state?.since ?? new Date(this.now()).toISOString() });
    if (log.length > MOST_CHANGES) log.shift();
    this.changes.set(card.id, log);
    if (before) for (const listener of this.changeListeners) listener({ card, before });
  }

  /** The newest time that the server has told is its clock: ours may be wrong. */
  setClock(iso) {
    const at = iso ? Date.parse(iso) : NaN;
    if (!Number.isFinite(at)) return;
    const ahead = at - Date.now();
    if (this.clockAheadMillis === null || ahead > this.clockAheadMillis) this.clockAheadMillis = ahead;
  }

  /** The server's time, ms. */
  now() {
    return Date.now() + (this.clockAheadMillis ?? 0);
  }

  /** How long ago the station was told, s: it is told again only when it has changed. */
  stationAge() {
    return this.isLive() ? (performance.now() - this.stationAt) / 1000 : 0;
  }

  /** Why a connector's values are not live, or null when they are. */
  stale(card) {
    if (!this.isLive()) return 'contact';
    if (card?.link && card.link !== 'UP') return 'link';
    const at = card?.at ? Date.parse(card.at) : NaN;
    const still = Number.isFinite(at) ? (this.now() - at) / 1000 : (performance.now() - (card?.heardAt ?? 0)) / 1000;
    return ['Precharge', 'Charging', 'Stopping'].includes(card?.state?.name) && still > STILL_SECONDS ? 'still' : null;
  }

  /** Power into all batteries, W; from the cards where the server has no station. */
  totalWatts() {
    if (typeof this.station?.powerWatts === 'number') return this.station.powerWatts;
    let sum = 0;
    for (const card of this.cards.values()) sum += card.powerWatts ?? 0;
    return sum;
  }

  samplePower() {
    const p = this.power;
    const now = this.now();
    if (p.timeMillis.length && now - p.timeMillis[p.timeMillis.length - 1] < POWER_EVERY_MILLIS) return;
    p.timeMillis.push(now);
    p.watts.push(this.totalWatts());
    p.limitWatts.push(this.station?.limitWatts ?? null);
    if (p.timeMillis.length > MOST_POWER) for (const column of Object.values(p)) column.shift();
  }
}

function append(columns, more) {
  for (const [name, values] of Object.entries(more)) {
    const column = (columns[name] ??= []);
    for (const value of values) column.push(value);
  }
  return more.timeSeconds ? more.timeSeconds.length : 0;
}
