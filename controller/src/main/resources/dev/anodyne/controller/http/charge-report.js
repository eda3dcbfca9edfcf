// Draws the report of one charge from the data in the page. No text of the data becomes HTML.
(() => {
  'use strict';
  const data = JSON.parse(document.getElementById('data').textContent);
  const { charge, states, telemetry } = data;
  const points = telemetry.points;
  const minutes = points.timeSeconds.map((s) => s / 60);
  const $ = (id) => document.getElementById(id);
  const make = (name, text, parent) => {
    const element = document.createElement(name);
    if (text !== undefined && text !== null) element.textContent = text;
    if (parent) parent.append(element);
    return element;
  };
  const fixed = (value, digits, unit) =>
    value === null || value === undefined ? '–'
      : value.toFixed(digits).replace(/^-(?=[0.]*$)/, '').replace('-', '−') + (unit ? '\u00a0' + unit : '');
  const words = {
    MPC: 'model-predictive control, fresh plan', BASELINE: 'baseline policy',
    SHIFTED_PLAN: 'rest of the last plan', RIDER: 'fallback: anode-potential rider',
    MAP: 'fallback: SoC × temperature map', LOW_CC: 'fallback: low current', ZERO: 'no current',
    NONE: 'none', ANODE_POTENTIAL: 'anode potential (lithium plating)', VOLTAGE: 'cell voltage',
    TARGET_SOC: 'target state of charge', STOICHIOMETRY: 'surface stoichiometry',
    ELECTROLYTE: 'electrolyte depletion', SCHEDULE: 'the plan waits for the departure',
    VEHICLE: 'the vehicle', GUARD: 'the guard',
  };
  const said = (name) => words[name] || name.toLowerCase().replaceAll('_', ' ');
  const local = (iso) => (iso ? new Date(iso).toLocaleString() : '–');
  /** Only the time where the day is the one that the charge began on. */
  const moment = (iso) => (new Date(iso).toDateString() === new Date(charge.began).toDateString()
    ? new Date(iso).toLocaleTimeString() : local(iso));
  const percent = (share) =>
    share === null || share === undefined ? '–' : (100 * share).toFixed(1) + '\u00a0%';

  $('headline').textContent =
    charge.connector + ': ' + percent(charge.startSoc) + ' to ' + percent(charge.endSoc);
  $('subtitle').textContent =
    local(charge.began) + ' – ' + (charge.ended ? moment(charge.ended) : 'running') +
    '. ' + charge.state + (charge.reason ? ': ' + charge.reason : '');
  $('footer').textContent = 'Charge ' + charge.id;
  document.title = 'Charge ' + charge.id;

  const lasted = charge.ended ? (new Date(charge.ended) - new Date(charge.began)) / 60000 : null;
  for (const [label, value] of [
    ['Time', fixed(lasted, 1, 'min')],
    ['Energy', charge.energyWattHours === null ? '–' : fixed(charge.energyWattHours / 1000, 2, 'kWh')],
    ['Highest power', charge.maxPowerWatts === null ? '–' : fixed(charge.maxPowerWatts / 1000, 1, 'kW')],
    ['Hottest cell', fixed(charge.maxTemperatureCelsius, 1, '°C')],
    ['Highest cell voltage', fixed(charge.maxVoltageVolts, 3, 'V')],
    ['Lowest anode potential', charge.minAnodePotentialVolts === null ? '–'
      : fixed(1000 * charge.minAnodePotentialVolts, 1, 'mV')],
    ['Its lowest bound', charge.minAnodePotentialLowerBoundVolts === null ? '–'
      : fixed(1000 * charge.minAnodePotentialLowerBoundVolts, 1, 'mV')],
    ['Decided by a fallback', percent(charge.fallbackShare)],
  ]) {
    const tile = make('div', undefined, $('tiles'));
    tile.className = 'tile';
    make('b', value, tile);
    make('span', label, tile);
  }

  $('resolution').textContent = points.timeSeconds.length === 0
    ? 'No telemetry is kept of this charge any more.'
    : telemetry.resolutionSeconds > 0
      ? 'One point every ' + telemetry.resolutionSeconds.toFixed(0) + ' s; values of one cell, anode potential estimated.'
      : 'Every decision; values of one cell, anode potential estimated.';

  const dark = window.matchMedia('(prefers-color-scheme: dark)').matches;
  const ink = dark ? '#c9d1d9' : '#3b4252';
  const grid = dark ? '#30363d' : '#e5e9f0';
  const sync = uPlot.sync('charge');
  const charts = [];
  const column = (name, factor) =>
    (points[name] || []).map((v) => (v === null ? null : v * (factor || 1)));
  /** A line across the chart at what must not be passed. */
  const bound = (at) => ({ hooks: { draw: [(u) => {
    const y = Math.round(u.valToPos(at, 'y', true));
    if (y < u.bbox.top || y > u.bbox.top + u.bbox.height) return;
    u.ctx.save();
    u.ctx.strokeStyle = dark ? '#ff6f7c' : '#cc2336';
    u.ctx.lineWidth = devicePixelRatio;
    u.ctx.beginPath();
    u.ctx.moveTo(u.bbox.left, y);
    u.ctx.lineTo(u.bbox.left + u.bbox.width, y);
    u.ctx.stroke();
    u.ctx.restore();
  }] } });
  /** What each line is, and its value under the cursor; the charts' own legends are not shown. */
  function readout(figure, unit, series) {
    const place = make('div', undefined, figure);
    place.className = 'readout';
    const values = series.map((s) => {
      const span = make('span', s.label, place);
      span.style.setProperty('--c', s.stroke);
      span.style.setProperty('--dash', s.dash ? 'dashed' : 'solid');
      return make('b', '', span);
    });
    const when = make('em', '', place);
    return (u) => {
      const at = u.cursor.idx;
      const there = at !== null && at !== undefined;
      series.forEach((s, i) => {
        const value = there ? u.data[i + 1][at] : null;
        values[i].textContent = value === null || value === undefined ? '' : '\u00a0' + fixed(value, s.digits, unit);
      });
      when.textContent = there ? 'at ' + fixed(u.data[0][at], 1, 'min') : '';
    };
  }
  function chart(title, unit, digits, lines, lowest) {
    const series = lines.map(([label, name, colour, factor, dash]) => ({
      label, stroke: colour, width: 1.5, dash, spanGaps: false, digits, points: { show: false },
      values: column(name, factor),
    })).filter((s) => s.values.some((v) => v !== null));
    if (series.length === 0 || minutes.length === 0) return;
    const figure = make('figure', undefined, $('plots'));
    figure.className = $('plots').children.length === 1 ? 'plot wide' : 'plot';
    figure.style.margin = '0';
    make('h3', title + ', ' + unit, figure);
    const follow = readout(figure, unit, series);
    const place = make('div', undefined, figure);
    place.setAttribute('role', 'img');
    place.setAttribute('aria-label', title + ' over time');
    const axis = { stroke: ink, grid: { stroke: grid, width: 1 }, ticks: { stroke: grid, width: 1 } };
    const options = {
      width: place.clientWidth || 600, height: 200,
      plugins: [{ hooks: { setCursor: [follow] } }, ...(lowest === undefined ? [] : [bound(lowest)])],
      cursor: { sync: { key: sync.key }, y: false },
      legend: { show: false },
      // Once the first drop is over, what matters is near the bound.
      scales: { x: { time: false }, y: lowest === undefined ? {} : { range: (u, lo, hi) =>
        [Math.min(lowest - 12, lo - 4), Math.max(lowest + 30, Math.min(hi + 5, lowest + 60))] } },
      axes: [
        { ...axis, size: 34, space: 60, incrs: [0.1, 0.25, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 240, 480],
          values: (u, at) => at.map((v, i) => (i === at.length - 1 ? v + ' min' : String(v))) },
        { ...axis, size: 56 },
      ],
      series: [{}, ...series.map(({ values, digits: unused, ...rest }) => rest)],
    };
    charts.push([new uPlot(options, [minutes, ...series.map((s) => s.values)], place), place]);
  }
  chart('Anode potential', 'mV', 1, [
    ['estimated', 'anodePotentialVolts', '#0ea5e9', 1000],
    ['lower bound', 'anodePotentialLowerBoundVolts', '#f97316', 1000, [4, 4]]], 0);
  chart('Current', 'A', 2, [
    ['measured', 'currentAmps', '#3b82f6'],
    ['wanted', 'commandAmps', '#f59e0b', 1, [4, 4]],
    ['limit', 'currentLimitAmps', '#9ca3af', 1, [2, 4]]]);
  chart('Cell voltage', 'V', 3, [['highest', 'voltageVolts', '#8b5cf6'], ['lowest', 'minCellVoltageVolts', '#c4b5fd']]);
  chart('Temperature', '°C', 1, [['hottest cell', 'temperatureCelsius', '#ef4444']]);
  chart('State of charge', '%', 1, [['estimated', 'soc', '#10b981', 100]]);
  chart('Power', 'kW', 2, [['battery', 'packPowerWatts', '#14b8a6', 0.001]]);
  chart('Solve time', 'ms', 1, [['policy', 'solveMillis', '#64748b']]);
  window.addEventListener('resize', () =>
    charts.forEach(([plot, place]) => plot.setSize({ width: place.clientWidth, height: 200 })));

  function shares(table, values, heading) {
    const counts = new Map();
    for (const value of values || []) if (value) counts.set(value, (counts.get(value) || 0) + 1);
    const total = [...counts.values()].reduce((a, b) => a + b, 0);
    const head = make('tr', undefined, make('thead', undefined, table));
    for (const text of [heading, 'Share']) make('th', text, head).scope = 'col';
    const body = make('tbody', undefined, table);
    if (total === 0) {
      make('td', 'Kept by the minute: not known any more.', make('tr', undefined, body)).colSpan = 2;
    }
    for (const [name, count] of [...counts].sort((a, b) => b[1] - a[1])) {
      const row = make('tr', undefined, body);
      make('td', said(name), row);
      make('td', percent(count / total), row);
    }
  }
  shares($('decisions'), points.decision, 'Rung');
  shares($('constraints'), points.activeConstraint, 'Constraint');

  const head = make('tr', undefined, make('thead', undefined, $('states')));
  for (const text of ['Time', 'State', 'Why']) {
    const cell = make('th', text, head);
    cell.scope = 'col';
    cell.style.textAlign = 'left';
  }
  const body = make('tbody', undefined, $('states'));
  for (const state of states) {
    const row = make('tr', undefined, body);
    make('td', moment(state.time), row);
    make('td', state.state.replace(/([a-z])([A-Z])/g, (m, a, b) => a + ' ' + b.toLowerCase()), row).style.textAlign = 'left';
    make('td', state.reason, row).className = 'text';
  }
  for (const [label, value] of [
    ['Battery', charge.battery], ['Cell', charge.cell], ['Layout', charge.layout],
    ['Policy', [charge.policy, charge.policyVersion].filter(Boolean).join(' ')],
    ['Policy digest', charge.policyDigest], ['Estimator', charge.estimator],
    ['Target', percent(charge.targetSoc)], ['Samples', charge.samples],
  ]) {
    make('dt', label, $('config'));
    make('dd', value === null || value === undefined || value === '' ? '–' : String(value), $('config'));
  }
})();
