import { fixed, known, millivolts, text } from './format.js';

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
