import { api, part } from '../api.js';
import { announce } from '../announce.js';
import { ask } from '../dialog.js';
import { byId, field, h, mark, select, setOptions, write } from '../dom.js';
import { known, power } from '../format.js';
import { askEmergencyStop } from './emergency.js';
import { askStart, departureOf } from './start.js';

const SAID_MILLIS = 20_000;

/**
 * What may be asked of a connector, by role. The server decides; its refusals are shown as its
 * sentences.
 */
export class Controls {
  constructor(context, idOf) {
    this.context = context;
    this.idOf = idOf;
    this.policies = null;
    this.said = h('p', { id: 'said', class: 'said', role: 'status' });
    byId('actions').after(this.said);
    this.makeSettings();
    byId('stop').addEventListener('click', () => (byId('stop').dataset.action === 'start' ? this.start() : this.stop()));
    byId('emergency').addEventListener('click', () => this.emergencyStop());
  }

  makeSettings() {
    this.target = h('input', { type: 'number', min: 1, max: 100, step: 1, required: true });
    this.departure = h('input', { type: 'time' });
    this.policy = select([], {});
    this.limit = h('input', { type: 'number', min: 0, step: 'any', placeholder: 'no limit' });
    this.forms = {
      target: this.form('target', 'Target, %', this.target, () => ({ soc: Number(this.target.value) / 100 }), () => `The target is ${this.target.value} %.`),
      departure: this.form('departure', 'Departure', this.departure, () => ({ departure: departureOf(this.departure.value) }), () => (this.departure.value ? `The charge plans for ${this.departure.value}.` : 'No departure is known.')),
      policy: this.form('policy', 'Policy', this.policy, () => ({ policy: this.policy.value }), () => `Policy ${this.policy.value} decides.`),
      limit: this.form('limit', 'Power limit, kW', this.limit, () => ({ watts: this.limit.value === '' ? null : Number(this.limit.value) * 1000 }), () => (this.limit.value === '' ? 'There is no power limit.' : `The limit is ${power(Number(this.limit.value) * 1000)}.`)),
    };
    this.acknowledge = h('button', { type: 'button', onclick: () => this.order('acknowledge', {}, 'Acknowledged.') }, 'Acknowledge');
    this.reset = h('button', { type: 'button', onclick: () => this.order('reset', {}, 'Reset.') }, 'Reset');
    this.authorise = h('button', { type: 'button', onclick: () => this.order('authorise', {}, 'Authorised.') }, 'Authorise');
    this.held = h('p', { class: 'control-buttons' }, this.authorise, this.acknowledge, this.reset);
    byId('controls').append(this.held, ...Object.values(this.forms));
  }

  form(command, label, input, body, done) {
    const submit = (event) => {
      event.preventDefault();
      input.blur();
      this.order(command, body(), done());
    };
    return h('form', { class: 'control', 'data-command': command, onsubmit: submit }, field(label, input), h('button', { type: 'submit' }, 'Set', h('span', { class: 'unseen' }, ` ${label}`)));
  }

  show() {
    write(this.said, '');
    for (const input of [this.target, this.departure, this.limit]) input.dataset.filled = '';
    this.asked = false;
  }

  hide() {
    write(this.said, '');
  }

  async loadPolicies() {
    if (this.asked || !this.context.me.has('policies')) return;
    this.asked = true;
    try {
      const answer = await api.get('/policies');
      this.policies = (answer.items ?? []).map((p) => p.name);
      setOptions(this.policy, this.policies.map((name) => [name, name]));
    } catch (refusal) {
      this.policies = null;
    }
  }

  update(card) {
    const { me, store } = this.context;
    this.loadPolicies();
    const live = store.isLive();
    const state = card?.state;
    const over = state?.over === true || ['Idle', 'Connected'].includes(state?.name);
    const button = byId('stop');
    const canAct = me.can(over ? 'start' : 'stop');
    button.hidden = !canAct;
    button.disabled = !live || !card || state?.name === 'Starting' || state?.name === 'Stopping';
    mark(button, 'data-action', over ? 'start' : 'stop');
    button.className = over ? 'primary' : 'stop';
    write(button, over ? 'Start a charge' : 'Stop charging');
    byId('emergency').hidden = !(me.isFull && me.can('emergency-stop')) || card?.held?.emergencyStop === true;
    byId('emergency').disabled = !live;
    this.showSettings(card, live, over);
  }

  showSettings(card, live, over) {
    const { me } = this.context;
    const isHeld = Boolean(card?.held?.emergencyStop || card?.held?.fault);
    this.acknowledge.hidden = !me.can('acknowledge') || !isHeld || Boolean(card?.held?.acknowledgedBy);
    this.reset.hidden = !me.can('reset') || !isHeld;
    this.authorise.hidden = !me.can('authorise') || card?.state?.name !== 'Connected';
    this.held.hidden = this.acknowledge.hidden && this.reset.hidden && this.authorise.hidden;
    for (const [command, form] of Object.entries(this.forms)) {
      form.hidden = !me.isFull || !me.can(command) || (command === 'policy' && !this.policies?.length) || (command === 'target' && over);
      for (const node of form.elements) node.disabled = !live;
    }
    byId('controls-card').hidden = this.held.hidden && Object.values(this.forms).every((form) => form.hidden);
    fillIn(this.target, known(card?.targetSoc) ? Math.round(card.targetSoc * 100) : null);
    fillIn(this.departure, card?.departure ? timeOf(card.departure) : null);
    fillIn(this.limit, known(card?.powerLimitWatts) ? card.powerLimitWatts / 1000 : null);
    if (this.policies && card?.policy && this.policy.dataset.now !== card.policy) {
      this.policy.dataset.now = card.policy;
      if (this.policies.includes(card.policy)) this.policy.value = card.policy;
    }
  }

  async start() {
    const order = await askStart(this.context);
    if (order) await this.order('start', order, 'A new charge begins.');
  }

  async stop() {
    const yes = await ask({
      title: 'Stop this charge?',
      body: [h('p', null, 'The current goes to zero and the session ends. A new session is needed to charge on.')],
      yes: 'Stop charging', no: 'Go on charging', danger: true,
    });
    if (yes) await this.order('stop', {}, 'The charge is stopped.');
  }

  async emergencyStop() {
    const order = await askEmergencyStop('this connector');
    if (order) await this.order('emergency-stop', order, 'The emergency stop is in force.');
  }

  async order(command, body, done) {
    const where = this.context.me.isFull ? 'connectors' : 'sessions';
    try {
      const answer = await api.post(`/${where}/${part(this.idOf() ?? '')}/${command}`, body);
      this.say(answer?.message || done, null);
    } catch (refusal) {
      this.say(refusal.message, 'bad');
    }
  }

  say(sentence, kind) {
    mark(this.said, 'data-kind', kind);
    write(this.said, sentence);
    if (kind) announce(sentence);
    clearTimeout(this.forget);
    this.forget = setTimeout(() => write(this.said, ''), SAID_MILLIS);
  }
}

/** Shows what is in force until a person begins to write something else. */
function fillIn(input, value) {
  const text = value === null ? '' : String(value);
  if (input.dataset.filled === text || document.activeElement === input) return;
  input.dataset.filled = text;
  input.value = text;
}

function timeOf(iso) {
  const at = new Date(iso);
  return `${String(at.getHours()).padStart(2, '0')}:${String(at.getMinutes()).padStart(2, '0')}`;
}
