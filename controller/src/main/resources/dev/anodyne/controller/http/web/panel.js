import { duration, fixed, known, millis, millivolts, power, text } from './format.js';
import { constraint, kindOf, solved, source, spaced } from './words.js';

/** Everything that is written rather than drawn. */
export function showSession(session, card) {
  const { summary } = session;
  const record = summary.record;
  showChips(summary);
  showState(summary, record);
  text('f-budget', budget(card));
  if (record) {
    showGoal(session, record);
    showTiles(session, record);
    showFacts(record);
  } else {
    blank();
  }
}

/** Nothing of another connector may stay behind. */
function blank() {
  for (const node of document.querySelectorAll('#view-connector b[id], #view-connector dd[id]:not(#f-budget)')) {
    if (node.textContent !== '–') node.textContent = '–';
  }
  for (const name of ['--soc', '--from']) document.getElementById('bar').style.removeProperty(name);
}

function showChips(summary) {
  const chips = [summary.cell, `policy ${summary.policy}`, `estimator ${summary.estimator}`];
  if (summary.record) chips.splice(1, 0, summary.record.layout);
  const node = document.getElementById('chips');
  const key = chips.join('|');
  if (node.dataset.key === key) return;
  node.dataset.key = key;
  node.replaceChildren(...chips.map((chip) => {
    const li = document.createElement('li');
    const [first, ...rest] = chip.split(' ');
    if (rest.length && (first === 'policy' || first === 'estimator')) {
      const b = document.createElement('b');
      b.textContent = rest.join(' ');
      li.append(`${first} `, b);
    } else {
      li.textContent = chip;
    }
    return li;
  }));
}

function showState(summary, record) {
  const state = summary.state;
  const pill = document.getElementById('state');
  if (pill.textContent !== spaced(state.name)) pill.textContent = spaced(state.name);
  pill.dataset.kind = kindOf(state.name);
  text('h-connector', summary.title);
  text('why', record?.why || state.reason || 'Waiting for the first measurement.');
}

function budget(card) {
  if (!card) return '–';
  const limit = known(card.powerLimitWatts) ? `; an operator allows ${power(card.powerLimitWatts)}` : '';
  if (!known(card.budgetWatts)) return limit ? limit.slice(2) : 'none: the site shares no power';
  return `${power(card.budgetWatts)}${card.budgetWhy ? `: ${card.budgetWhy}` : ''}${limit}`;
}

function showGoal(session, record) {
  const soc = record.soc;
  const target = session.summary.goalSoc ?? record.limits.targetSoc;
  const first = (session.points.soc ?? []).find(known);
  text('soc', known(soc) ? fixed(soc * 100, 1) : '–');
  text('target', known(target) ? fixed(target * 100, 0) : '–');
  text('elapsed', duration(record.elapsedSeconds));
  const charging = record.state.name === 'Charging';
  text('left', record.state.over ? '0:00 min' : duration(charging ? record.remainingSeconds : null));
  const bar = document.getElementById('bar');
  if (known(soc)) {
    bar.style.setProperty('--soc', `${soc * 100}%`);
    bar.setAttribute('aria-valuenow', fixed(soc * 100, 0));
    bar.setAttribute('aria-valuetext', `${fixed(soc * 100, 0)} percent, target ${fixed(target * 100, 0)} percent`);
  }
  bar.style.setProperty('--from', `${(first ?? 0) * 100}%`);
  bar.style.setProperty('--target', `${(target ?? 1) * 100}%`);
}

function showTiles(session, record) {
  text('n-current', fixed(record.packCurrentAmps, 1));
  text('s-current', `${power(record.packPowerWatts)} at ${fixed(record.packVoltageVolts, 2)} V`);
  text('n-voltage', fixed(record.voltageVolts, 3));
  lines('s-voltage', [
    [`limit ${fixed(record.limits.maxVoltageVolts, 2)} V`, ''],
    [`lowest cell ${fixed(record.minCellVoltageVolts, 3)} V`, ''],
  ]);
  text('n-temperature', fixed(record.temperatureCelsius, 1));
  text('s-temperature', `limit ${fixed(record.limits.maxTemperatureCelsius, 0)} °C`);
  text('n-anode', millivolts(record.anodePotentialVolts));
  const truth = session.truth.anodePotentialVolts ?? [];
  const about = [[`lower bound ${millivolts(record.anodePotentialLowerBoundVolts, 1)} mV`, '']];
  if (truth.length) {
    const lowest = session.summary.lowestTruePotentialVolts;
    // No-break spaces: a narrow tile breaks the line after the comma.
    about.push([`true\u00a0${millivolts(truth[truth.length - 1], 1)}\u00a0mV, lowest\u00a0${millivolts(lowest, 1)}\u00a0mV`, lowest < 0 ? 'bad' : 'true']);
  }
  if (record.estimateValid && !record.estimateInRange) about.push(['outside the trained range: wider bound', '']);
  lines('s-anode', about);
}

/** Lines under a number, each with a kind that colours it. */
function lines(id, texts) {
  document.getElementById(id).replaceChildren(...texts.map(([line, kind]) => {
    const span = document.createElement('span');
    span.textContent = line;
    if (kind) span.className = kind;
    return span;
  }));
}

function showFacts(record) {
  const d = record.decision;
  const l = record.limits;
  const t = record.timing;
  text('f-constraint', constraint(record.activeConstraint));
  text('f-source', source(d.source) + solved(d.status));
  text('f-wanted', `${fixed(d.currentAmps, 2)} A a cell, commanded ${fixed(record.commandAmps, 2)} A`);
  text('f-guard', record.guard.reason === 'NONE' ? 'lets it through unchanged' : record.guard.text);
  text('f-limits', `${fixed(l.maxChargeCurrentAmps, 1)} A · ${fixed(l.maxVoltageVolts, 2)} V · ${fixed(l.maxTemperatureCelsius, 0)} °C · anode ≥ ${millivolts(l.minAnodePotentialVolts)} mV`);
  text('f-cycles', String(t.cycles));
  text('f-solve', `${millis(t.solveMillisP50)} median, ${millis(t.solveMillisP99)} p99, ${millis(t.solveMillisMax)} longest`);
  text('f-misses', t.hasDeadline ? `${t.misses} of ${t.cycles}` : 'in step with the plant: no deadlines');
  text('f-late', t.hasDeadline ? `${millis(t.latenessMillisP50)} median, ${millis(t.latenessMillisP99)} p99` : '–');
  text('f-link', record.link === 'UP' ? 'up' : `${record.link.toLowerCase()} ${record.linkReason}`);
}

