import { api, part } from '../api.js';
import { announce } from '../announce.js';
import { ask } from '../dialog.js';
import { address } from '../router.js';
import { field, h, mark, row, select, table, write } from '../dom.js';
import { dateTime } from '../format.js';
import { alarmText, severity } from '../words.js';
import { AlarmHistory } from './alarm-history.js';

const HEADS = ['Alarm', 'Where', 'Since', 'State', 'Seen by', 'Answer'];

/** Alarms: those of now follow the live stream; those of the past come from the storage. */
export class AlarmsView {
  constructor(root, context) {
    this.root = root;
    this.context = context;
    this.which = select([['now', 'Now'], ['past', 'Past']], { onchange: () => this.refresh() });
    this.past = new AlarmHistory(context);
    this.holder = h('div');
    this.said = h('p', { class: 'said', role: 'status' });
    this.none = h('p', { class: 'empty', role: 'status' });
    root.append(h('div', { class: 'heading' }, h('h1', { id: 'h-alarms' }, 'Alarms')),
      h('article', { class: 'card' }, h('div', { class: 'tools' }, field('Show', this.which), ...this.past.tools), this.said, this.none, this.holder, this.past.node));
  }

  show(id, search) {
    document.title = 'Alarms · Anodyne';
    this.marked = id;
    this.which.value = search?.get('show') === 'past' && this.hasPast() ? 'past' : 'now';
    write(this.said, '');
    this.refresh();
  }

  hasPast() {
    return this.context.me.has('charges');
  }

  refresh() {
    this.key = null;
    const past = this.which.value === 'past';
    this.which.parentElement.hidden = !this.hasPast();
    for (const tool of this.past.tools) tool.hidden = !past;
    this.past.node.hidden = !past;
    this.holder.hidden = this.none.hidden = past;
    if (past) this.past.show();
    else this.update();
  }

  update() {
    const { store } = this.context;
    mark(this.root, 'data-stale', store.isLive() ? null : 'contact');
    if (this.which.value !== 'now') {
      this.past.update();
      return;
    }
    const key = JSON.stringify([store.alarms, store.isLive()]);
    if (key === this.key || this.holder.contains(document.activeElement) && document.activeElement.tagName === 'BUTTON' && this.sameRows(store.alarms)) return;
    this.key = key;
    const more = store.moreAlarms ? `And ${store.moreAlarms} more: these are the gravest.` : '';
    write(this.none, store.alarms.length ? more : 'No alarm is active, and none waits for anybody.');
    this.draw(store.alarms);
  }

  /** A button under the focus is left alone until something about the rows has changed. */
  sameRows(alarms) {
    return this.drawn === JSON.stringify(alarms);
  }

  draw(alarms) {
    const focused = document.activeElement?.dataset?.alarm;
    this.drawn = JSON.stringify(alarms);
    const sorted = [...alarms].sort((a, b) => b.active - a.active || severity(b.severity).rank - severity(a.severity).rank || Date.parse(b.raisedAt) - Date.parse(a.raisedAt));
    this.holder.replaceChildren(...(sorted.length ? [table('List of alarms', HEADS, sorted.map((a) => this.row(a)), true)] : []));
    if (focused) this.holder.querySelector(`[data-alarm="${CSS.escape(focused)}"]`)?.focus();
  }

  row(a) {
    const { word, rank } = severity(a.severity);
    const may = this.context.me.can('alarms.acknowledge') && !a.acknowledged && this.context.store.isLive();
    return row([
      h('span', { class: 'wrap' }, h('b', { class: 'severity', 'data-rank': a.active ? rank : 1 }, word), ' ', alarmText(a)),
      a.connector ? h('a', { href: address('connector', a.connector) }, a.connector) : 'Station',
      dateTime(a.raisedAt),
      a.active ? 'active' : `over${a.clearedAt ? ` since ${dateTime(a.clearedAt)}` : ''}`,
      a.acknowledged ? h('span', { class: 'wrap' }, `${a.acknowledgedBy ?? 'somebody'}${a.comment ? `: ${a.comment}` : ''}`) : 'nobody',
      may ? h('button', { type: 'button', 'data-alarm': a.id, onclick: () => this.acknowledge(a) }, 'Acknowledge', h('span', { class: 'unseen' }, ` ${a.message}`)) : '',
    ], { 'data-marked': a.id === this.marked });
  }

  async acknowledge(alarm) {
    const answer = await ask({
      title: 'Acknowledge this alarm?',
      body: [h('p', null, alarm.message), field('Comment', h('input', { name: 'comment', maxlength: 200, autocomplete: 'off' }))],
      yes: 'Acknowledge',
    });
    if (!answer) return;
    try {
      const said = await api.post(`/alarms/${part(alarm.id)}/acknowledge`, answer.comment ? { comment: answer.comment } : {});
      mark(this.said, 'data-kind', null);
      write(this.said, said?.message || 'Acknowledged.');
    } catch (refusal) {
      mark(this.said, 'data-kind', 'bad');
      write(this.said, refusal.message);
      announce(refusal.message);
    }
    this.refresh();
  }
}
