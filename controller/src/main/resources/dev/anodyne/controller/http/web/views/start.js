import { ask } from '../dialog.js';
import { field, h, select } from '../dom.js';

const GOALS = [
  ['', 'as configured'],
  ['fastest', 'as fast as the limits allow'],
  ['ageing', 'least ageing until the departure'],
  ['cost', 'least cost until the departure'],
];

/** Asks what the next charge is to do; gives the order's body, or null. Empty fields stay as configured. */
export async function askStart(context) {
  const full = context.me.isFull;
  const answer = await ask({
    title: 'Start a charge',
    body: [
      h('p', null, 'What you leave empty stays as configured for this connector.'),
      field('Target, %', h('input', { name: 'target', type: 'number', min: 1, max: 100, step: 1 })),
      field('Goal', select(GOALS, { name: 'goal' })),
      field('Departure', h('input', { name: 'departure', type: 'time' }), 'The next such time. Needed for least ageing and least cost.'),
      full ? field('Battery', h('input', { name: 'battery', maxlength: 40, pattern: '[A-Za-z0-9_\\-]{1,40}', autocomplete: 'off' }), 'Its id (letters, digits, _ and -): what was learned about it is used.') : null,
    ].filter(Boolean),
    yes: 'Start',
  });
  return answer && orderOf(answer);
}

function orderOf({ target, goal, departure, battery }) {
  const order = {};
  if (target) order.targetSoc = Number(target) / 100;
  if (goal) order.goal = goal;
  // Minutes, not the time of day: the station's clock may be in another zone than this one.
  if (departure) order.departureMinutes = Math.max(1, Math.round((Date.parse(departureOf(departure)) - Date.now()) / 60_000));
  if (battery) order.battery = { id: battery };
  return order;
}

/** A time of day as the next instant with that time here, ISO; null for none. */
export function departureOf(time, now = new Date()) {
  if (!time) return null;
  const [hours, minutes] = time.split(':').map(Number);
  const at = new Date(now);
  at.setHours(hours, minutes, 0, 0);
  if (at <= now) at.setDate(at.getDate() + 1);
  return at.toISOString();
}
