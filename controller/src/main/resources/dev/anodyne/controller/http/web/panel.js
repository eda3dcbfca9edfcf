import { duration, fixed, known, millis, millivolts, text } from './format.js';

const KIND = { Charging: 'good', Finished: 'good', Suspended: 'warn', Faulted: 'bad' };
const SOURCE = {
  MPC: 'model-predictive control, fresh plan',
  BASELINE: 'baseline policy',
  SHIFTED_PLAN: 'rest of the last plan',
  RIDER: 'fallback: anode-potential rider',
  MAP: 'fallback: SoC × temperature map',
  LOW_CC: 'fallback: low current',
  ZERO: 'no current',
};
const CONSTRAINT = {
  NONE: 'none',
  CURRENT: 'current',
  POWER: 'power',
  RAMP: 'ramp',
  VOLTAGE: 'cell voltage',
  ANODE_POTENTIAL: 'anode potential (lithium plating)',
  TEMPERATURE: 'temperature',
  STOICHIOMETRY: 'surface stoichiometry',
  ELECTROLYTE: 'electrolyte depletion',
  TARGET_SOC: 'target state of charge',
  VEHICLE: 'the vehicle',
  GUARD: 'the guard',
};
const STATUS = {
  OK: '', NOT_RUN: '', ITERATION_LIMIT: ' (not fully converged)', DEADLINE: ' (deadline)',
  INFEASIBLE: ' (no feasible plan)', NUMERICAL_FAILURE: ' (numerics failed)',
};

/** Everything that is written rather than drawn. */
export function showSession(session, contact) {
  const { summary } = session;
  const record = summary.record;
  showChips(summary);
  showState(summary, record, contact);
  if (record) {
    showGoal(session, record);
    showTiles(session, record);
    showFacts(record);
  }
}

function showChips(summary) {
  const chips = [summary.title, summary.cell, `policy ${summary.policy}`, `estimator ${summary.estimator}`];
  if (summary.record) chips.splice(2, 0, summary.record.layout);
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

function showState(summary, record, contact) {
  const state = summary.state;
  const pill = document.getElementById('state');
  if (pill.textContent !== state.name) pill.textContent = state.name;
  pill.dataset.kind = KIND[state.name] ?? 'wait';
  text('why', record?.why || state.reason || 'Waiting for the first measurement.');
  const button = document.getElementById('stop');
  button.disabled = contact !== 'live' || state.name === 'Starting';
  button.dataset.action = state.over ? 'start' : 'stop';
  button.className = state.over ? 'start' : 'stop';
  text('stop', state.over ? 'Charge again' : 'Stop charging');
  document.title = record && known(record.soc)
    ? `${fixed(record.soc * 100, 0)} % · ${state.name} · Anodyne` : `${state.name} · Anodyne`;
}

export function showBanner(store, session) {
  const banner = document.getElementById('banner');
  const [strong, span] = banner.children;
  const record = session?.summary?.record;
  let head = '';
  let body = '';
  if (store.contact === 'lost') {
    head = 'No contact with the controller.';
    body = 'What you see is the last that was heard; trying again.';
  } else if (record && !record.state.over && record.link !== 'UP') {
    head = record.link === 'STALE' ? 'The charger’s values stand still.' : 'The charger cannot be reached.';
    body = `${record.linkReason || ''} The current is commanded to zero; the charge goes on by itself when the charger is back.`;
  } else if (record?.state.name === 'Faulted') {
    head = 'Charger fault.';
    body = record.state.reason;
  }
  banner.hidden = !head;
  if (strong.textContent !== head) strong.textContent = head;
  if (span.textContent !== body) span.textContent = body;
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
  text('s-current', `${fixed(record.packPowerWatts, 0)} W at ${fixed(record.packVoltageVolts, 2)} V`);
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
  text('f-constraint', CONSTRAINT[record.activeConstraint] ?? record.activeConstraint);
  text('f-source', (SOURCE[d.source] ?? d.source) + (STATUS[d.status] ?? ''));
  text('f-wanted', `${fixed(d.currentAmps, 2)} A a cell, commanded ${fixed(record.commandAmps, 2)} A`);
  text('f-guard', record.guard.reason === 'NONE' ? 'lets it through unchanged' : record.guard.text);
  text('f-limits', `${fixed(l.maxChargeCurrentAmps, 1)} A · ${fixed(l.maxVoltageVolts, 2)} V · ${fixed(l.maxTemperatureCelsius, 0)} °C · anode ≥ ${millivolts(l.minAnodePotentialVolts)} mV`);
  text('f-cycles', String(t.cycles));
  text('f-solve', `${millis(t.solveMillisP50)} median, ${millis(t.solveMillisP99)} p99, ${millis(t.solveMillisMax)} longest`);
  text('f-misses', t.hasDeadline ? `${t.misses} of ${t.cycles}` : 'in step with the plant: no deadlines');
  text('f-late', t.hasDeadline ? `${millis(t.latenessMillisP50)} median, ${millis(t.latenessMillisP99)} p99` : '–');
  text('f-link', record.link === 'UP' ? 'up' : `${record.link.toLowerCase()} ${record.linkReason}`);
}

/** The charts' numbers as a table, one row a minute. */
export function showTable(session) {
  const p = session.points;
  const time = p.timeSeconds ?? [];
  const truth = session.truth;
  const rows = [];
  let minute = -1;
  let k = 0;
  for (let i = 0; i < time.length; i++) {
    const m = Math.floor(time[i] / 60);
    if (m === minute && i < time.length - 1) continue;
    minute = m;
    while (k + 1 < (truth.timeSeconds ?? []).length && truth.timeSeconds[k + 1] <= time[i]) k++;
    rows.push([
      fixed(time[i] / 60, 1), fixed(p.soc[i] === null ? NaN : p.soc[i] * 100, 1), fixed(p.currentAmps[i], 2),
      fixed(p.voltageVolts[i], 3), fixed(p.temperatureCelsius[i], 1), millivolts(p.anodePotentialVolts[i], 1),
      millivolts(p.anodePotentialLowerBoundVolts[i], 1), millivolts(truth.anodePotentialVolts?.[k], 1),
    ]);
  }
  document.getElementById('table').replaceChildren(...rows.map((cells) => row(cells)));
}

/** The comparison at the end of a demo. */
export function showResult(result) {
  const card = document.getElementById('result-card');
  card.hidden = !result;
  if (!result) return;
  text('result-status', result.status ?? '');
  const rows = result.rows ?? [];
  const longest = Math.max(...rows.map((r) => r.minutes ?? 0), 1);
  document.getElementById('result').replaceChildren(...rows.map((r) => {
    const plates = known(r.min_anode_potential_V) && r.min_anode_potential_V < 0;
    const node = row([
      r.name, known(r.minutes) ? fixed(r.minutes, 1) : 'not reached', '',
      `${millivolts(r.min_anode_potential_V, 1)} mV`,
      `${fixed(r.plating_exposure_Vs, 2)} V·s`, `${fixed(r.max_temperature_C, 1)} °C`,
    ]);
    if (r.highlight) node.className = 'ours';
    const meter = document.createElement('span');
    meter.className = 'meter';
    meter.style.setProperty('--share', `${((r.minutes ?? 0) / longest) * 100}%`);
    node.children[2].setAttribute('aria-hidden', 'true');
    node.children[2].append(meter);
    node.children[3].className = plates ? 'bad' : 'good';
    return node;
  }));
}

function row(cells) {
  const tr = document.createElement('tr');
  tr.append(...cells.map((cell) => {
    const td = document.createElement('td');
    td.textContent = cell;
    return td;
  }));
  return tr;
}
