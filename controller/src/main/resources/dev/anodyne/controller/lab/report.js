'use strict';
(() => {
  const {data, $, css, el, isNumber, fixed, bounds, fillHead, swatch: swatchOf, chip, headRow, font, axis, minutesAxis, rule, dangerZone,
    valueNear, fit, onTheme} = Anodyne;
  const runs = data.runs;
  const main = runs[0];
  const runColor = (i) => css('--run-' + (i % 5));
  const swatch = (i) => swatchOf(`var(--run-${i % 5})`);
  const hidden = new Set();

  // --- words and figures -----------------------------------------------------------------------
  fillHead();
  const bad = data.violations.length > 0;
  $('violations').append(el('div', {class: 'verdict ' + (bad ? 'bad' : 'good')},
    bad ? 'Limits were passed:' : data.noViolations,
    ...(bad ? [el('ul', {}, ...data.violations.map((v) => el('li', {}, v)))] : [])));

  if (runs.length > 1) {
    $('comparison').hidden = false;
    $('comparison-note').textContent = data.comparisonNote;
    const head = ['Policy', 'Minutes', 'Lowest anode potential, mV', 'Plating exposure, V·s',
      'Peak temperature, °C', 'Peak voltage, V', 'Time against ' + main.label];
    const body = runs.map((r, i) => {
      const s = r.summary;
      const plates = s.plating_exposure_Vs > 0;
      const change = 100 * (s.minutes / main.summary.minutes - 1);
      return el('tr', {class: i === 0 ? 'main' : ''},
        el('th', {scope: 'row'}, swatch(i), r.label),
        el('td', {}, r.reached ? fixed(s.minutes, 1) : 'not reached'),
        el('td', {class: plates ? 'bad' : 'good'}, fixed(1000 * s.min_anode_potential_V, 1)),
        el('td', {class: plates ? 'bad' : 'good'}, fixed(s.plating_exposure_Vs, plates && s.plating_exposure_Vs < 0.05 ? 4 : 2)),
        el('td', {}, fixed(s.max_temperature_C, 1)),
        el('td', {}, fixed(s.max_voltage_V, 3)),
        el('td', {}, i === 0 ? '' : (change > 0 ? '+' : '') + fixed(change, 0) + '\u202f%'));
    });
    $('comparison-table').append(headRow(head), el('tbody', {}, ...body));
    runs.forEach((r, i) => $('chips').append(chip([swatch(i), r.label], hidden, i, draw)));
  }

  // --- plots -----------------------------------------------------------------------------------
  const sync = uPlot.sync('charge');
  let charts = [];

  // A series of a run: what to draw, how, and how to say it.
  const series = (run, key, label, style) => ({run, key, label, ...style});
  const ofAllRuns = (key) => runs.map((r, i) => series(i, key, r.label, {}));
  const definitions = [
    {
      title: 'Anode potential', unit: 'mV', digits: 1, wide: true, height: 330, zero: true,
      about: 'The truth, at the separator of the lowest cell, against Li/Li⁺. In the shaded zone, below 0, lithium can plate.',
      series: ofAllRuns('anodeMv'),
      range: (min, max) => [Math.min(-15, min - 4), Math.min(Math.max(60, max + 5), data.anodeTopMv)],
    },
    ...(main.estimateMv ? [{
      title: 'Anode potential as the controller sees it', unit: 'mV', digits: 2, wide: true, height: 260, zero: true,
      about: 'The controller never sees the truth. It keeps the lower bound of its estimate above the margin.',
      series: [
        series(0, 'anodeMv', 'True', {}),
        series(0, 'estimateMv', 'Estimate', {dash: [2, 3], width: 1.5, color: '--run-1'}),
        series(0, 'boundMv', 'Lower bound', {dash: [7, 4], width: 1.5, color: '--run-4'}),
      ],
      range: (min, max) => [Math.min(-5, Math.max(min - 1, -40)), Math.min(Math.max(15, max + 2), 40)],
    }] : []),
    {title: 'Current', unit: 'A a cell', digits: 2, series: ofAllRuns('current'), limit: data.limits.currentA,
      limitName: 'limit', range: (min, max) => [0, Math.max(max, 1) * 1.12]},
    {title: 'Voltage', unit: 'V', digits: 3, about: 'Highest cell.', series: ofAllRuns('voltage'), limit: data.limits.voltageV,
      limitName: 'limit', range: (min, max) => [min - 0.05, Math.max(max, data.limits.voltageV) + 0.06]},
    {title: 'Temperature', unit: '°C', digits: 1, about: 'Hottest cell.', series: ofAllRuns('temperatureC'), limit: data.limits.temperatureC,
      limitName: 'limit', range: (min, max) => [min - 1, Math.max(max, data.limits.temperatureC) + 2]},
    {title: 'State of charge', unit: '%', digits: 1, series: ofAllRuns('socPercent'), limit: data.limits.targetSocPercent,
      limitName: 'target', range: () => [0, 100]},
  ];

  // Runs have their own clocks: uPlot joins them over one axis.
  const joined = (wanted) => uPlot.join(wanted.map((s) => [runs[s.run].minutes, runs[s.run][s.key]]));

  function readout(node, u, definition, shown) {
    const at = u.cursor.idx;
    node.replaceChildren(...shown.map((s, k) => {
      const value = at == null ? null : valueNear(u.data[k + 1], at);
      const item = el('span', {style: `--c: var(${s.color || '--run-' + (s.run % 5)});` + (s.dash ? `--dash: ${s.dash[0] > 4 ? 'dashed' : 'dotted'}` : '')},
        s.label + (at == null ? '' : value == null ? ' –' : ' ' + fixed(value, definition.digits)));
      return item;
    }), ...(at == null ? [] : [el('em', {}, fixed(u.data[0][at], 1) + ' min')]));
  }

  function plot(definition) {
    const shown = definition.series.filter((s) => !hidden.has(s.run) && runs[s.run][s.key]);
    const box = el('div', {class: 'plot' + (definition.wide ? ' wide' : '')},
      el('h3', {}, definition.title, el('span', {class: 'muted'}, ', ' + definition.unit)));
    if (definition.about) box.append(el('p', {class: 'about'}, definition.about));
    const legend = el('div', {class: 'readout'});
    const host = el('div', {});
    box.append(legend, host);
    $('plots').append(box);
    if (!shown.length) return;
    const values = joined(shown);
    const [low, high] = definition.range(...bounds(values.slice(1).flat()));
    const lines = shown.map((s) => ({
      label: s.label, stroke: css(s.color || '--run-' + (s.run % 5)), width: s.width || (s.run === 0 ? 2.25 : 1.5), dash: s.dash,
      alpha: s.alpha || 1, spanGaps: true, points: {show: false}}));
    const u = new uPlot({
      width: host.clientWidth, height: definition.height || 230, padding: [10, 8, 0, 0],
      legend: {show: false}, cursor: {sync: {key: sync.key}, points: {size: 6}, drag: {x: true, y: false}},
      scales: {x: {time: false}, y: {range: [low, high]}},
      axes: [minutesAxis(), axis({size: 48})],
      series: [{}, ...lines],
      hooks: {
        drawClear: [(c) => definition.zero && dangerZone(c)],
        draw: [(c) => {
          if (definition.zero) rule(c, 0, css('--bad'), '');
          if (isNumber(definition.limit)) rule(c, definition.limit, css('--limit'), definition.limitName + ' ' + fixed(definition.limit, definition.unit === 'V' ? 2 : 0));
        }],
        setCursor: [(c) => readout(legend, c, definition, shown)],
      },
    }, values, host);
    readout(legend, u, definition, shown);
    charts.push({u, host});
  }

  const palette = ['--run-0', '--run-2', '--run-1', '--run-4', '--run-3', '--limit'];

  function strip(title, about, bands) {
    if (!bands || !bands.length) return;
    const names = [...new Set(bands.map((b) => b.name))];
    const total = bands[bands.length - 1].to;
    const color = (name) => `var(${palette[names.indexOf(name) % palette.length]})`;
    const share = (name) => bands.filter((b) => b.name === name).reduce((t, b) => t + b.to - b.from, 0) / total;
    $('plots').append(el('div', {class: 'plot wide'},
      el('h3', {}, title), el('p', {class: 'about'}, about),
      el('div', {class: 'strip', style: 'margin: 6px 4px'}, ...bands.map((b) => el('i', {
        style: `flex: ${(b.to - b.from).toFixed(4)}; background: ${color(b.name)}`,
        title: `${b.name}: ${fixed(b.from, 1)}–${fixed(b.to, 1)} min`}))),
      el('div', {class: 'keys'}, ...names.map((n) => {
        const mark = el('span', {class: 'swatch'});
        mark.style.background = color(n);
        return el('span', {}, mark, `${n} ${fixed(100 * share(n), share(n) < 0.0995 ? 1 : 0)} %`);
      }))));
  }

  function histogram() {
    const h = data.solveTimes;
    if (!h || !h.counts.length) return;
    const box = el('div', {class: 'plot wide'}, el('h3', {}, 'Time to decide', el('span', {class: 'muted'}, ', ms')),
      el('p', {class: 'about'}, `Half within ${fixed(h.p50, 1)} ms, 99 % within ${fixed(h.p99, 1)} ms, longest ${fixed(h.max, 0)} ms. ${h.note}`));
    const host = el('div', {});
    box.append(el('div', {class: 'readout'}, 'Decisions by time taken'), host);
    $('plots').append(box);
    const x = h.counts.map((_, i) => i);
    // On a phone not every bin has room for its label.
    const every = Math.max(1, Math.ceil(x.length * 40 / Math.max(1, host.clientWidth)));
    const u = new uPlot({
      width: host.clientWidth, height: 230, padding: [10, 8, 0, 0], legend: {show: false}, cursor: {show: false},
      scales: {x: {time: false, range: [-0.6, x.length - 0.4]}, y: {range: (c, min, max) => [0, Math.max(1, max) * 1.08]}},
      axes: [axis({grid: {show: false}, label: 'ms', labelFont: font, labelSize: 18, size: 34, splits: () => x,
        values: (c, all) => all.map((i) => (i % every ? '' : h.labels[i] ?? ''))}), axis({size: 48})],
      series: [{}, {stroke: runColor(0), fill: runColor(0) + 'aa', width: 1, points: {show: false}, paths: uPlot.paths.bars({size: [0.85, 60]})}],
    }, [x, h.counts], host);
    charts.push({u, host});
  }

  function draw() {
    charts.forEach((c) => c.u.destroy());
    charts = [];
    $('plots').replaceChildren();
    definitions.filter((d) => d.wide).forEach(plot);
    strip('What limits the current', 'The constraint that explains each decision' + (runs.length > 1 ? ` of ${main.label}` : '') + '.', data.constraints);
    definitions.filter((d) => !d.wide).forEach(plot);
    histogram();
    if (data.sources && data.sources.some((b) => b.name !== data.sources[0].name)) {
      strip('Who decided', 'The rung of the fallback ladder behind each decision.', data.sources);
    }
  }
  draw();

  // --- the plans -------------------------------------------------------------------------------
  if (data.plans && data.plans.minutes) {
    $('fan-section').hidden = false;
    const fan = AnodyneFan($('fan'), {run: main, plans: data.plans, limits: data.limits});
    addEventListener('beforeprint', fan.draw);
    addEventListener('afterprint', fan.draw);
  }

  new ResizeObserver(() => fit(charts)).observe($('plots'));
  onTheme(draw);
  addEventListener('beforeprint', draw);
  addEventListener('afterprint', draw);
})();
