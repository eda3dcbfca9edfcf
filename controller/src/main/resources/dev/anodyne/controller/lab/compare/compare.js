'use strict';
(() => {
  const {data, $, css, el, isNumber, fixed, signed, percent, bounds, median, fillHead, chip, withCommand, axis, minutesAxis, rule,
    dangerZone, valueNear, fit, onTheme, frame, SHAPES, mark, tips} = Anodyne;
  const COLORS = 10;
  const colorOf = (i) => `--run-${i % COLORS}`;
  const swatch = (i) => el('span', {class: 'shape', style: `color: var(${colorOf(i)})`, 'aria-hidden': 'true'}, SHAPES[i % SHAPES.length]);
  const names = data.contenders;
  const hidden = new Set();

  fillHead();

  // --- tables ----------------------------------------------------------------------------------
  const ends = (i, text) => (i && isNumber(i.low) && isNumber(i.high) ? [el('small', {}, `${text(i.low)} to ${text(i.high)}`)] : []);
  const cell = (i, text, className) => el('td', {class: className || ''}, i ? text(i.value) : '–', ...ends(i, text));
  const COLUMNS = [
    ['Charges', (s) => el('td', {}, String(s.charges), ...(s.failed ? [el('small', {class: 'bad'}, `${s.failed} failed`)] : []))],
    ['Reached', (s) => el('td', {class: s.reached && s.reached.value < 1 ? 'bad' : ''}, s.reached ? percent(s.reached.value, s.reached.value < 1 ? 1 : 0) : '–')],
    ['Median minutes', (s) => cell(s.median_minutes, (v) => fixed(v, 1))],
    ['Mean minutes', (s) => cell(s.mean_minutes, (v) => fixed(v, 1))],
    ['Time against ' + names[0], (s) => cell(s.time_against_first, (v) => signed(100 * v, 1) + '\u202f%')],
    ['Charges that plated', (s) => cell(s.plated, (v) => percent(v, 1), s.plated && s.plated.value > 0 ? 'bad' : 'good')],
    ['Lowest anode potential, mV', (s) => el('td', {class: s.min_anode_potential_V.min < 0 ? 'bad' : 'good'}, signed(1000 * s.min_anode_potential_V.min, 1),
      el('small', {}, `1\u202f%: ${signed(1000 * s.min_anode_potential_V.p1, 1)}, half: ${signed(1000 * s.min_anode_potential_V.median, 1)}`))],
    ['Largest exposure, V·s', (s) => el('td', {}, s.max_plating_exposure_Vs > 0 ? s.max_plating_exposure_Vs.toPrecision(2) : '0')],
    ['Limits passed', (s) => el('td', {class: s.limits_passed && s.limits_passed.value > 0 ? 'bad' : ''}, s.limits_passed ? percent(s.limits_passed.value, 1) : '–')],
    ['Estimator RMSE, mV', (s) => el('td', {}, fixed(s.estimator_rmse_mV, 2), el('small', {}, `99\u202f% optimistic: ${fixed(s.estimator_p99_optimistic_mV, 1)}, worst ${fixed(s.estimator_worst_p99_optimistic_mV, 1)}`))],
    ['Solve time, ms', (s) => el('td', {}, fixed(s.solve_p50_ms, 1), el('small', {}, `99\u202f%: ${fixed(s.solve_p99_ms, 1)}`))],
    ['Fallback', (s) => el('td', {}, percent(s.fallback_share, 1))],
  ];
  if (data.stats.some((s) => s.stay)) {
    const stay = (digits, value) => (s) => el('td', {}, s.stay ? fixed(value(s.stay), digits) : '–');
    COLUMNS.push(
      ['In time', (s) => el('td', {class: s.stay && s.stay.in_time < 1 ? 'bad' : ''}, s.stay ? percent(s.stay.in_time, 0) : '–')],
      ['Lost until the departure, % of capacity', stay(5, (v) => v.lost_percent)],
      ['Energy, Wh', stay(2, (v) => 1000 * v.grid_kWh)],
      ['Cost', stay(5, (v) => v.cost)]);
  }
  const headOf = (columns, first) => el('thead', {}, el('tr', {}, ...first.map((f) => el('th', {scope: 'col'}, f)), ...columns.map(([h]) => el('th', {scope: 'col'}, h))));
  $('table').append(headOf(COLUMNS, ['']), el('tbody', {}, ...data.stats.map((s, i) =>
    el('tr', {class: i === 0 ? 'main' : ''}, el('th', {scope: 'row'}, swatch(i), names[i]), ...COLUMNS.map(([, draw]) => draw(s))))));

  if (data.breakdowns.length) {
    $('breakdown').hidden = false;
    data.breakdowns.forEach((b, i) => $('axis').append(el('option', {value: i}, b.title.toLowerCase())));
    const columns = COLUMNS.filter(([h]) => !/Mean|Solve|Fallback|exposure/.test(h));
    const show = () => {
      const b = data.breakdowns[Number($('axis').value)];
      $('parts').replaceChildren(headOf(columns, [b.title, '']), ...b.parts.map((p) => el('tbody', {class: 'part'},
        ...p.stats.map((s, i) => ({s, i})).filter(({s}) => s.charges + s.failed > 0).map(({s, i}, k) => el('tr', {},
          el('th', {scope: 'row'}, k === 0 ? p.name : ''), el('td', {style: 'text-align: left'}, swatch(i), names[i]),
          ...columns.map(([, draw]) => draw(s)))))));
    };
    $('axis').addEventListener('change', show);
    show();
  }

  const worstHead = ['', 'Contender', 'Scenario', 'Lowest anode potential, mV', 'Exposure, V·s', 'Minutes', '99\u202f% optimistic, mV', ''];
  const worstRow = (w, k) => withCommand(el('tr', {},
    el('td', {class: 'muted'}, String(k + 1)),
    el('td', {style: 'text-align: left'}, swatch(w.contender), names[w.contender]),
    el('td', {class: 'text'}, w.scenario, ...w.limits.map((l) => el('small', {class: 'bad'}, l))),
    el('td', {class: w.lowestMv < 0 ? 'bad' : 'good'}, signed(w.lowestMv, 2)),
    el('td', {}, w.exposure > 0 ? w.exposure.toPrecision(2) : '0'),
    el('td', {}, w.reached ? fixed(w.minutes, 1) : 'not reached'),
    el('td', {}, fixed(w.optimisticMv, 1))), w.command, worstHead.length);
  function drawWorst() {
    const of = $('worst-of').value;
    const rows = data.worst.filter((w) => of === '' || w.contender === Number(of)).slice(0, data.mostWorst);
    $('worst').replaceChildren(
      el('thead', {}, el('tr', {}, ...worstHead.map((h) => el('th', {scope: 'col', style: /Contender|Scenario/.test(h) ? 'text-align: left' : ''}, h)))),
      el('tbody', {}, ...rows.map(worstRow)));
  }
  $('worst-of').append(el('option', {value: ''}, 'all'), ...names.map((name, i) => el('option', {value: i}, name)));
  $('worst-picker').hidden = names.length < 2;
  $('worst-of').addEventListener('change', drawWorst);
  drawWorst();
  if (data.failures.length) {
    $('failures').append(el('div', {class: 'verdict bad', style: 'margin-bottom: 12px'}, `${data.failures.length} charges ended with an error:`,
      el('ul', {}, ...data.failures.slice(0, 20).map((f) => el('li', {}, `${names[f.contender]}, ${f.scenario}: ${f.error}`)))));
  }

  // --- time against margin -----------------------------------------------------------------------
  // Of every scenario the time of the first contender, for the view that compares with it.
  const base = new Map(data.points[0].scenario.map((s, k) => [s, data.points[0].reached[k] ? data.points[0].minutes[k] : NaN]));
  const isRelative = () => $('pareto-time').value === 'relative';
  // What is drawn of a contender: the chosen scenarios, in minutes or against the first.
  function chosen(p) {
    const [axisAt, part] = ($('pareto-part').value || '-1,0').split(',').map(Number);
    const of = axisAt >= 0 ? data.breakdowns[axisAt].of : null;
    const drawn = {x: [], y: [], k: []};
    p.minutes.forEach((minutes, k) => {
      if (of && of[p.scenario[k]] !== part) return;
      const x = isRelative() ? 100 * (minutes / base.get(p.scenario[k]) - 1) : minutes;
      if (!isNumber(x)) return;
      drawn.x.push(x);
      drawn.y.push(p.lowestMv[k]);
      drawn.k.push(k);
    });
    const reached = drawn.k.map((_, j) => j).filter((j) => p.reached[drawn.k[j]]);
    drawn.median = [median(reached.map((j) => drawn.x[j])), median(reached.map((j) => drawn.y[j]))];
    return drawn;
  }
  const canvas = $('pareto').querySelector('canvas');
  const tip = $('pareto').querySelector('.tip');
  let marks = [];

  function pareto() {
    // The first contender is drawn last, on top.
    const shown = data.points.map((p, i) => ({p, i, drawn: chosen(p)})).filter(({i}) => !hidden.has(i)).reverse();
    const xs = shown.flatMap(({drawn}) => drawn.x);
    const ys = shown.flatMap(({drawn}) => drawn.y);
    marks = [];
    if (!xs.length) {
      canvas.width = 0;
      return;
    }
    let [x0, x1] = bounds(xs);
    let [y0, y1] = bounds(ys);
    y0 = Math.min(y0, -2);
    y1 = Math.max(y1, 2);
    const roomX = Math.max(0.06 * (x1 - x0), 0.5);
    const roomY = 0.07 * (y1 - y0);
    x0 = isRelative() ? x0 - roomX : Math.max(0, x0 - roomX);
    x1 += roomX;
    y0 -= roomY;
    y1 += roomY;
    const {ctx, X, Y, edge} = frame(canvas, {x: [x0, x1], y: [y0, y1], zone: 'y',
      xName: isRelative() ? `time against ${names[0]} in the same scenario, %` : 'minutes', yName: 'lowest true anode potential, mV'});
    const many = xs.length > 400;
    for (const {p, i, drawn} of shown) {
      ctx.fillStyle = ctx.strokeStyle = css(colorOf(i));
      ctx.globalAlpha = many ? 0.38 : 0.6;
      drawn.k.forEach((k, j) => {
        const x = X(drawn.x[j]);
        const y = Y(drawn.y[j]);
        mark(ctx, i, x, y, many ? 2.6 : 3.6, !p.reached[k]);
        marks.push({x, y, i, k});
      });
    }
    ctx.globalAlpha = 1;
    for (const {i, drawn} of shown) {
      const [minutes, lowest] = drawn.median;
      if (!isNumber(minutes)) continue;
      ctx.fillStyle = css(colorOf(i));
      ctx.strokeStyle = css('--card');
      ctx.lineWidth = 5;
      mark(ctx, i, X(minutes), Y(lowest), 8, true);
      mark(ctx, i, X(minutes), Y(lowest), 8, false);
      ctx.strokeStyle = css('--ink');
      ctx.lineWidth = 1.2;
      mark(ctx, i, X(minutes), Y(lowest), 8, true);
    }
    labels(ctx, shown, X, Y, edge);
  }

  // Names beside the medians, where they cover no other name and no other median.
  function labels(ctx, shown, X, Y, edge) {
    const meant = shown.filter(({drawn}) => isNumber(drawn.median[0])).map(({i, drawn}) => ({i, x: X(drawn.median[0]), y: Y(drawn.median[1])}));
    const taken = meant.map(({x, y}) => ({x: x - 10, y: y - 9, w: 20, h: 18}));
    ctx.font = '600 12px system-ui, sans-serif';
    ctx.textBaseline = 'middle';
    ctx.textAlign = 'left';
    for (const {i, x, y} of meant) {
      const w = ctx.measureText(names[i]).width;
      const places = [];
      for (const down of [0, 18, -18, 36, -36, 54]) places.push([x + 13, y + down], [x - 13 - w, y + down]);
      const isFree = ([px, py]) => px > edge.left && px + w < edge.right
        && !taken.some((t) => px < t.x + t.w && t.x < px + w && py - 8 < t.y + t.h && t.y < py + 8);
      const [px, py] = places.find(isFree) || places[0];
      taken.push({x: px, y: py - 8, w, h: 16});
      ctx.lineWidth = 4;
      ctx.strokeStyle = css('--card');
      ctx.strokeText(names[i], px, py);
      ctx.fillStyle = css('--ink');
      ctx.fillText(names[i], px, py);
    }
  }

  tips(canvas, tip, () => marks, (best) => {
    const p = data.points[best.i];
    return [el('b', {}, swatch(best.i), names[best.i]), el('br'), data.scenarios[p.scenario[best.k]], el('br'),
      `${fixed(p.minutes[best.k], 1)} min${p.reached[best.k] ? '' : ', not reached'}, ${signed(p.lowestMv[best.k], 1)} mV`];
  });

  $('pareto-time').append(el('option', {value: 'minutes'}, 'in minutes'));
  if (names.length > 1) $('pareto-time').append(el('option', {value: 'relative'}, `against ${names[0]}`));
  data.breakdowns.forEach((b, i) => b.parts.forEach((p, k) => $('pareto-part').append(el('option', {value: `${i},${k}`}, `${b.title.toLowerCase()} ${p.name}`))));
  $('pareto-picker').hidden = names.length < 2 && !data.breakdowns.length;
  // Medians over times of unlike scenarios say little: against the first contender they do.
  if (names.length > 1 && data.breakdowns.length) $('pareto-time').value = 'relative';
  for (const id of ['pareto-time', 'pareto-part']) $(id).addEventListener('change', pareto);

  if (names.length > 1) {
    names.forEach((name, i) => $('chips').append(chip([swatch(i), name], hidden, i, pareto)));
  }

  // --- traces ----------------------------------------------------------------------------------
  const sync = uPlot.sync('compare');
  const hiddenRuns = new Set();
  let charts = [];
  let fan = null;

  function plot(group, definition) {
    const series = definition.series.filter((s) => !hiddenRuns.has(s.run) && group.runs[s.run][s.key]);
    const box = el('div', {class: 'plot' + (definition.wide ? ' wide' : '')},
      el('h3', {}, definition.title, el('span', {class: 'muted'}, ', ' + definition.unit)));
    if (definition.about) box.append(el('p', {class: 'about'}, definition.about));
    const legend = el('div', {class: 'readout'});
    const host = el('div', {});
    box.append(legend, host);
    $('plots').append(box);
    if (!series.length) return;
    const values = uPlot.join(series.map((s) => [group.runs[s.run].minutes, group.runs[s.run][s.key]]));
    const [low, high] = definition.range(...bounds(values.slice(1).flat()));
    const readout = (u) => {
      const at = u.cursor.idx;
      legend.replaceChildren(...series.map((s, k) => {
        const value = at == null ? null : valueNear(u.data[k + 1], at);
        return el('span', {style: `--c: var(${s.color});` + (s.dash ? `--dash: ${s.dash[0] > 4 ? 'dashed' : 'dotted'}` : '')},
          s.label + (at == null ? '' : ' ' + fixed(value, definition.digits)));
      }), ...(at == null ? [] : [el('em', {}, fixed(u.data[0][at], 1) + ' min')]));
    };
    const u = new uPlot({
      width: host.clientWidth, height: definition.height || 230, padding: [10, 8, 0, 0],
      legend: {show: false}, cursor: {sync: {key: sync.key}, points: {size: 6}, drag: {x: true, y: false}},
      scales: {x: {time: false}, y: {range: [low, high]}},
      axes: [minutesAxis(), axis({size: 52})],
      series: [{}, ...series.map((s) => ({stroke: css(s.color), width: s.width || 1.75, dash: s.dash, spanGaps: true, points: {show: false}}))],
      hooks: {
        drawClear: [(c) => definition.zero && dangerZone(c)],
        draw: [(c) => {
          if (definition.zero) rule(c, 0, css('--bad'));
          if (isNumber(definition.limit)) rule(c, definition.limit, css('--limit'));
        }],
        setCursor: [readout],
      },
    }, values, host);
    readout(u);
    charts.push({u, host});
  }

  function definitionsOf(group) {
    const all = (key) => group.runs.map((r, run) => ({run, key, label: r.label, color: colorOf(r.contender)}));
    const single = group.runs.length === 1;
    const potential = single ? [
      {run: 0, key: 'anodeMv', label: 'True', color: colorOf(group.runs[0].contender), width: 2.25},
      {run: 0, key: 'estimateMv', label: 'Estimate', color: '--run-1', dash: [2, 3]},
      {run: 0, key: 'boundMv', label: 'Lower bound', color: '--run-4', dash: [7, 4]},
    ] : all('anodeMv');
    return [
      {title: 'Anode potential', unit: 'mV', digits: 1, wide: true, height: 300, zero: true, series: potential,
        about: single ? 'The controller keeps the lower bound of its estimate above the margin; the truth it never sees.' : 'The truth. In the shaded zone, below 0, lithium can plate.',
        range: (a, b) => [Math.max(Math.min(-5, a - 2), -120), Math.min(Math.max(15, b + 2), 80)]},
      {title: 'Current', unit: 'A a cell', digits: 2, series: all('current'), range: (a, b) => [0, Math.max(b, 1) * 1.12]},
      {title: 'Voltage', unit: 'V', digits: 3, series: all('voltage'), limit: group.limits.voltageV, range: (a, b) => [a - 0.05, b + 0.06]},
      {title: 'Temperature', unit: '°C', digits: 1, series: all('temperatureC'), limit: group.limits.temperatureC,
        range: (a, b) => [a - 1, Math.max(b, group.limits.temperatureC) + 2]},
      {title: 'State of charge', unit: '%', digits: 1, series: all('socPercent'), limit: group.limits.targetSocPercent, range: () => [0, 100]},
    ];
  }

  function drawTraces() {
    charts.forEach((c) => c.u.destroy());
    charts = [];
    $('plots').replaceChildren();
    const group = data.groups[Number($('group').value)];
    definitionsOf(group).forEach((d) => plot(group, d));
  }

  function drawFan() {
    if (fan) fan.destroy();
    fan = null;
    const group = data.groups[Number($('group').value)];
    const at = $('fan-run').value;
    if (at !== '') fan = AnodyneFan($('fan'), {run: group.runs[Number(at)], plans: group.runs[Number(at)].plans, limits: group.limits});
  }

  function choose() {
    const group = data.groups[Number($('group').value)];
    hiddenRuns.clear();
    $('group-about').textContent = group.about;
    $('runs').replaceChildren(...(group.runs.length < 2 ? [] : group.runs.map((r, run) =>
      chip([el('span', {class: 'swatch', style: `background: var(${colorOf(r.contender)})`}), r.label], hiddenRuns, run, drawTraces))));
    const planned = group.runs.map((r, run) => ({r, run})).filter(({r}) => r.plans && r.plans.minutes);
    $('fan-run').replaceChildren(...planned.map(({r, run}) => el('option', {value: run}, r.label)));
    $('fan-section').hidden = !planned.length;
    $('fan-label').hidden = planned.length < 2;
    drawTraces();
    drawFan();
  }

  if (data.groups.length) {
    $('traces').hidden = false;
    data.groups.forEach((g, i) => $('group').append(el('option', {value: i}, g.title)));
    $('group').addEventListener('change', choose);
    $('fan-run').addEventListener('change', drawFan);
    choose();
  }
  pareto();

  addEventListener('resize', () => {
    pareto();
    fit(charts);
  });
  onTheme(() => {
    pareto();
    if (data.groups.length) drawTraces();
  });
})();
