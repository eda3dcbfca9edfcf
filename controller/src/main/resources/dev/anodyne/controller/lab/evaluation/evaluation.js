'use strict';
(() => {
  const {data, $, css, el, isNumber, short, fillHead, swatch: swatchOf, font, axis, rule, fit, onTheme} = Anodyne;
  const svg = (tag, attributes, ...children) => {
    const node = document.createElementNS('http://www.w3.org/2000/svg', tag);
    for (const [k, v] of Object.entries(attributes || {})) node.setAttribute(k, v);
    node.append(...children);
    return node;
  };
  const color = (i) => `var(--run-${i % 5})`;
  const swatch = (i) => swatchOf(color(i));

  fillHead();

  function table(host, rows, marks) {
    const [head, ...body] = rows;
    host.append(
      el('thead', {}, el('tr', {}, ...head.map((h, i) =>
        el('th', {scope: 'col'}, ...(marks && i > 0 ? [swatch(i - 1)] : []), h)))),
      el('tbody', {}, ...body.map((r) => el('tr', {},
        ...r.map((c, i) => i === 0 ? el('th', {scope: 'row'}, c) : el('td', {}, c))))));
  }
  table($('textbook'), data.textbook, true);
  table($('coverage'), data.coverage, true);
  $('keys').append(...data.estimators.map((e, i) => el('span', {}, swatch(i), e)));
  $('bars-note').textContent = 'Dashed: what must be reached. A cross marks a miss.';

  // --- bars by stratum -------------------------------------------------------------------------
  const LABEL = 330, ROW = 6, WIDTH = 1080;
  function barChart(c) {
    const rows = c.rows.filter((r) => r.values.some(isNumber));
    if (!rows.length) return;
    const n = data.estimators.length;
    const GAP = Math.max(8, 18 - n * ROW), RIGHT = 52 * n + 16;
    const height = rows.length * (n * ROW + GAP) + 26;
    const all = rows.flatMap((r) => [...r.values, r.limit]).filter(isNumber);
    // One bad session must not squeeze all others: bars beyond are cut and say their value.
    const sorted = [...all].sort((a, b) => a - b);
    const low = c.from ?? Math.min(0, ...all);
    let high = Math.min(Math.max(...all), Math.max(3 * sorted[Math.floor(0.7 * sorted.length)], 1.2 * Math.max(...rows.map((r) => r.limit ?? 0))));
    if (c.to != null) high = c.to;
    if (!(high > low)) high = low + 1;
    const x = (v) => LABEL + (WIDTH - LABEL - RIGHT) * (Math.min(Math.max(v, low), high) - low) / (high - low);
    const g = svg('svg', {viewBox: `0 0 ${WIDTH} ${height}`, width: '100%', role: 'img', 'aria-label': c.title});
    for (let k = 0; k <= 5; k++) {
      const v = low + (high - low) * k / 5;
      g.append(svg('line', {class: 'grid', x1: x(v), x2: x(v), y1: 0, y2: height - 20}),
        svg('text', {class: 'muted', x: x(v), y: height - 5, 'text-anchor': 'middle'}, short(v)));
    }
    rows.forEach((r, j) => {
      const top = j * (n * ROW + GAP) + 3;
      g.append(svg('text', {x: LABEL - 10, y: top + n * ROW / 2 + 4, 'text-anchor': 'end',
        'font-weight': r.aggregate ? 650 : 400}, r.label));
      r.values.forEach((v, i) => {
        if (!isNumber(v)) return;
        const y = top + i * ROW, base = x(Math.max(low, Math.min(0, high)));
        const start = Math.min(base, x(v)), width = Math.max(1, Math.abs(x(v) - base));
        g.append(svg('rect', {x: start, y, width, height: ROW - 1, style: `fill: ${color(i)}`, rx: 1.5},
          svg('title', {}, `${data.estimators[i]}: ${short(v)} ${c.unit}`)));
        if (v > high) g.append(svg('text', {x: x(high) + 2, y: y + ROW - 0.5, style: 'font-size: 9px'}, '›'));
        g.append(svg('text', {x: WIDTH - RIGHT + 52 * (i + 1) + 6, y: top + n * ROW / 2 + 4, 'text-anchor': 'end',
          style: `fill: ${r.missed[i] ? 'var(--bad)' : 'var(--muted)'}`}, short(v) + (r.missed[i] ? ' ✗' : '')));
      });
      if (isNumber(r.limit)) {
        g.append(svg('line', {class: 'limit', x1: x(r.limit), x2: x(r.limit), y1: top - 3, y2: top + n * ROW + 3}));
      }
    });
    // The first ones are open; the rest on demand.
    const box = el('details', {class: 'figure', open: c.open ? '' : null},
      el('summary', {}, el('h3', {style: 'display: inline'}, `${c.title}, ${c.unit}`)),
      el('p', {class: 'about'}, c.about || ''));
    box.append(g);
    return box;
  }
  for (const c of data.bars) {
    const chart = barChart(c);
    if (chart) $('bars').append(chart);
  }
  for (const c of data.cost) {
    const chart = barChart(c);
    if (chart) $('cost').append(chart);
  }

  // --- scatter ---------------------------------------------------------------------------------
  function scatter(host, s, i) {
    const box = el('div', {class: 'plot'}, el('h3', {}, swatch(i), s.title));
    const canvas = el('canvas', {style: 'width: 100%; height: 260px'});
    box.append(canvas);
    host.append(box);
    const w = canvas.clientWidth || 520, h = 260, ratio = window.devicePixelRatio || 1;
    canvas.width = w * ratio;
    canvas.height = h * ratio;
    const c = canvas.getContext('2d');
    c.scale(ratio, ratio);
    const [x0, x1, y0, y1] = data.scatterRange;
    const px = (v) => 48 + (w - 60) * (v - x0) / (x1 - x0);
    const py = (v) => 8 + (h - 44) * (y1 - v) / (y1 - y0);
    c.font = '12px system-ui, sans-serif';
    c.strokeStyle = css('--grid');
    c.fillStyle = css('--muted');
    c.textAlign = 'center';
    for (let v = Math.ceil(x0 / 50) * 50; v <= x1; v += 50) {
      c.beginPath(); c.moveTo(px(v), py(y0)); c.lineTo(px(v), py(y1)); c.stroke();
      c.fillText(String(v).replace('-', '\u2212'), px(v), h - 20);
    }
    c.fillText('true anode potential, mV', px((x0 + x1) / 2), h - 4);
    c.textAlign = 'right';
    for (let v = Math.ceil(y0 / 20) * 20; v <= y1; v += 20) {
      c.beginPath(); c.moveTo(px(x0), py(v)); c.lineTo(px(x1), py(v)); c.stroke();
      c.fillText(String(v).replace('-', '\u2212'), 42, py(v) + 4);
    }
    c.strokeStyle = css('--limit');
    c.beginPath(); c.moveTo(px(x0), py(0)); c.lineTo(px(x1), py(0)); c.moveTo(px(0), py(y0)); c.lineTo(px(0), py(y1)); c.stroke();
    c.fillStyle = css(`--run-${i % 5}`);
    c.globalAlpha = 0.35;
    for (let k = 0; k < s.truth.length; k++) {
      const x = s.truth[k], y = Math.min(Math.max(s.error[k], y0), y1);
      if (x >= x0 && x <= x1) c.fillRect(px(x) - 1, py(y) - 1, 2, 2);
    }
    c.globalAlpha = 1;
  }

  // --- traces and curves -----------------------------------------------------------------------
  let charts = [];
  function lines(host, title, about, xLabel, x, series, extra, command, log) {
    const readout = el('div', {class: 'readout'});
    const area = el('div');
    const box = el('div', {class: 'plot'}, el('h3', {}, title), el('p', {class: 'about'}, about), readout, area);
    if (command) box.append(el('pre', {}, command));
    host.append(box);
    const say = (u) => readout.replaceChildren(...series.map((s) => {
      const v = u.cursor.idx == null ? null : s.values[u.cursor.idx];
      const item = el('span', {}, s.label + (v == null ? '' : ' ' + short(v)));
      item.style.setProperty('--c', s.color);
      if (s.dash) item.style.setProperty('--dash', 'dashed');
      return item;
    }));
    const zero = (u) => extra.zero && rule(u, 0, css('--limit'));
    const u = new uPlot({
      width: area.clientWidth || 520, height: 230, padding: [10, 8, 0, 0], legend: {show: false},
      scales: {x: {time: false, distr: log ? 3 : 1}, y: extra.range ? {range: extra.range} : {}},
      axes: [axis({label: xLabel, labelFont: font, labelSize: 18, size: 34}), axis({size: 52})],
      series: [{}, ...series.map((s) => ({label: s.label, stroke: css(s.color.slice(4, -1)), width: s.width || 1.75,
        dash: s.dash, points: {show: Boolean(log), size: 6}}))],
      hooks: {setCursor: [say], draw: [zero]},
    }, [x, ...series.map((s) => s.values)], area);
    say(u);
    charts.push({u, host: area});
  }
  function draw() {
    charts.forEach((c) => c.u.destroy());
    charts = [];
    for (const id of ['scatter', 'worst', 'data-plots']) $(id).replaceChildren();
    data.scatter.forEach((s, i) => scatter($('scatter'), s, i));
    for (const t of data.worst) {
      lines($('worst'), t.title, t.about, 'minutes', t.minutes, [
        {label: 'True', values: t.truth, color: 'var(--run-0)'},
        {label: 'Estimate', values: t.estimate, color: 'var(--run-1)', dash: [2, 3]},
        {label: 'Lower bound', values: t.bound, color: 'var(--run-4)', dash: [7, 4]},
      ], {zero: true, range: (u, min, max) => [Math.max(min - 5, -120), Math.min(max + 5, 120)]}, t.command);
    }
    if (data.dataRequirement) {
      $('data-requirement').hidden = false;
      $('data-note').textContent = data.dataRequirement.note;
      for (const p of data.dataRequirement.plots) {
        lines($('data-plots'), p.title, p.about, 'training hours', p.hours,
          p.series.map((s) => ({label: s.label, values: s.values,
            color: color(Math.max(0, data.estimators.indexOf(s.label)))})),
          {range: (u, min, max) => [0, max * 1.1]}, null, true);
      }
    }
  }
  draw();
  new ResizeObserver(() => fit(charts)).observe($('worst'));
  onTheme(draw);
})();
