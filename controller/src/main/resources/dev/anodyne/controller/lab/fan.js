'use strict';
// The predicted fan: what the controller planned and expected at any step of a charge, against what
// then happened. AnodyneFan(host, {run, plans, limits}): run holds the traces (minutes, current,
// voltage, temperatureC, socPercent, anodeMv and, where there is one, boundMv), plans comes from
// FanData, limits is {voltageV, temperatureC, targetSocPercent, currentA}, all optional.
// Returns {show(minutes), draw(), destroy()}. Needs uPlot, page.js and the colours of report.css.
window.AnodyneFan = (host, {run, plans, limits = {}}) => {
  const {css, el, isNumber, fixed, axis, minutesAxis, rule, dangerZone, fit} = Anodyne;
  if (!plans || !plans.minutes || !plans.minutes.length) return {show() {}, draw() {}, destroy() {}};

  // --- the plans -------------------------------------------------------------------------------
  const NONE = 0xffff;
  function unpack(channel) {
    const text = atob(channel.data);
    const bytes = Uint8Array.from(text, (c) => c.charCodeAt(0));
    const view = new DataView(bytes.buffer);
    return (plan, step) => {
      const at = view.getUint16(2 * (plan * plans.steps + step), true);
      return at === NONE ? null : channel.low + channel.step * at;
    };
  }
  const values = {};
  for (const key of ['ahead', 'current', 'anodeMv', 'voltage', 'temperatureC', 'socPercent']) values[key] = unpack(plans[key]);
  // [minutes, value] of each step of a plan.
  function line(plan, key) {
    const points = [];
    for (let k = 0; k < plans.steps; k++) {
      const ahead = values.ahead(plan, k);
      const value = values[key](plan, k);
      if (ahead == null || value == null) break;
      points.push([plans.minutes[plan] + ahead / 60, value]);
    }
    return points;
  }
  const horizon = Math.max(0.5, (plans.ahead.low + plans.ahead.step * (NONE - 1)) / 60);
  const before = 0.4 * horizon;
  const after = 1.15 * horizon;
  const end = run.minutes[run.minutes.length - 1];
  let at = Math.floor(plans.minutes.length / 3);

  // --- the page --------------------------------------------------------------------------------
  const slider = el('input', {class: 'fan-slider'});
  Object.assign(slider, {type: 'range', min: 0, max: plans.minutes.length - 1, step: 1, value: at});
  slider.setAttribute('aria-label', 'Decision whose plan is shown');
  const words = el('p', {class: 'fan-words'});
  words.setAttribute('aria-live', 'polite');
  const grid = el('div', {class: 'plots'});
  const box = el('div', {class: 'fan'});
  box.append(slider, words, grid);
  host.replaceChildren(box);

  const boundKey = run.boundMv ? 'boundMv' : 'anodeMv';
  const definitions = [
    {key: 'current', title: 'Current', unit: 'A a cell', digits: 2, overview: true, height: 150, limit: limits.currentA},
    {key: 'anodeMv', actual: boundKey, title: run.boundMv ? 'Anode potential, lower bound' : 'Anode potential', unit: 'mV',
      digits: 1, limit: 0, zone: true, top: 60, least: 6},
    {key: 'current', title: 'Current', unit: 'A a cell', digits: 2, stepped: true, least: 1},
    {key: 'voltage', title: 'Voltage', unit: 'V', digits: 3, limit: limits.voltageV, least: 0.05},
    {key: 'temperatureC', title: 'Temperature', unit: '°C', digits: 1, limit: limits.temperatureC, least: 1},
    {key: 'socPercent', title: 'State of charge', unit: '%', digits: 1, limit: limits.targetSocPercent, least: 2},
  ];
  let charts = [];

  const clampPlan = (i) => Math.max(0, Math.min(plans.minutes.length - 1, i));
  // The last decision at or before a time.
  function planAt(minutes) {
    let low = 0;
    let high = plans.minutes.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (plans.minutes[middle] <= minutes + 1e-9) low = middle; else high = middle - 1;
    }
    return low;
  }
  function nearest(xs, x) {
    let low = 0;
    let high = xs.length - 1;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (xs[middle] <= x) low = middle; else high = middle;
    }
    return x - xs[low] <= xs[high] - x ? low : high;
  }

  function windowOf() {
    const now = plans.minutes[at];
    return [now - before, now + after];
  }

  function rangeOf(d) {
    const [from, to] = windowOf();
    let low = Infinity;
    let high = -Infinity;
    const take = (v) => {
      if (!isNumber(v) || (d.top && v > d.top)) return;
      low = Math.min(low, v);
      high = Math.max(high, v);
    };
    const ys = run[d.actual || d.key];
    for (let i = nearest(run.minutes, from); i < ys.length && run.minutes[i] <= to; i++) take(ys[i]);
    line(at, d.key).forEach((p) => take(p[1]));
    if (low > high) [low, high] = d.top ? [0, d.top] : [0, 1];
    const room = Math.max(0.12 * (high - low), 0.5 * (d.least - (high - low)), 0.06 * d.least);
    low -= room;
    high += room;
    if (d.zone) low = Math.min(low, -0.2 * (high - Math.min(0, low)));
    return [low, high];
  }

  // Behind the traces: the zone where lithium can plate, and the horizon of the plan.
  function drawBehind(u, d) {
    const {ctx} = u;
    const {left, width, top, height} = u.bbox;
    const clamp = (x) => Math.max(left, Math.min(left + width, x));
    if (d.zone) dangerZone(u);
    ctx.save();
    const now = clamp(u.valToPos(plans.minutes[at], 'x', true));
    const last = clamp(u.valToPos(plans.minutes[at] + horizon, 'x', true));
    ctx.globalAlpha = 0.1;
    ctx.fillStyle = css('--run-1');
    ctx.fillRect(now, top, last - now, height);
    ctx.restore();
  }

  // Before the traces: limits, the moment of the decision, and the plan.
  function drawBefore(u, d) {
    const {ctx} = u;
    const {left, width, top, height} = u.bbox;
    if (isNumber(d.limit)) rule(u, d.limit, css(d.zone ? '--bad' : '--limit'));
    ctx.save();
    ctx.beginPath();
    ctx.rect(left, top, width, height);
    ctx.clip();
    const now = u.valToPos(plans.minutes[at], 'x', true);
    ctx.strokeStyle = css('--ink');
    ctx.globalAlpha = 0.55;
    ctx.lineWidth = devicePixelRatio;
    ctx.beginPath();
    ctx.moveTo(now, top);
    ctx.lineTo(now, top + height);
    ctx.stroke();
    ctx.globalAlpha = 1;
    const points = line(at, d.key);
    ctx.strokeStyle = css('--run-1');
    ctx.lineWidth = 2.5 * devicePixelRatio;
    ctx.setLineDash([7 * devicePixelRatio, 4 * devicePixelRatio]);
    ctx.beginPath();
    points.forEach(([x, y], k) => {
      const px = u.valToPos(x, 'x', true);
      const py = u.valToPos(y, 'y', true);
      if (k === 0) {
        ctx.moveTo(d.stepped || d.overview ? now : px, py);
      } else if (d.stepped || d.overview) {
        ctx.lineTo(u.valToPos(points[k - 1][0], 'x', true), py);
      }
      ctx.lineTo(px, py);
    });
    ctx.stroke();
    ctx.restore();
  }

  // Dragging: on the overview the pointer picks the moment, elsewhere it pulls the trace along.
  function grab(u, d) {
    let start = null;
    const over = u.over;
    over.style.touchAction = 'pan-y';
    over.style.cursor = d.overview ? 'col-resize' : 'grab';
    const move = (e) => {
      const x = e.clientX - over.getBoundingClientRect().left;
      if (d.overview) {
        set(planAt(u.posToVal(x, 'x')));
      } else {
        const perPixel = (before + after) / Math.max(1, over.clientWidth);
        set(planAt(start.minutes - (e.clientX - start.x) * perPixel));
      }
    };
    over.addEventListener('pointerdown', (e) => {
      start = {x: e.clientX, minutes: plans.minutes[at]};
      try { over.setPointerCapture(e.pointerId); } catch { /* a pointer that is gone already */ }
      if (d.overview) move(e);
    });
    over.addEventListener('pointermove', (e) => { if (start) move(e); });
    for (const name of ['pointerup', 'pointercancel']) over.addEventListener(name, () => { start = null; });
  }

  function chart(d) {
    const card = el('div', {class: 'plot' + (d.overview ? ' wide' : '')});
    const title = el('h3', {}, d.overview ? 'The whole charge: drag to choose a step' : d.title);
    title.append(el('span', {class: 'muted'}, ', ' + (d.overview ? 'current, ' : '') + d.unit));
    const readout = el('div', {class: 'readout'});
    const place = el('div');
    card.append(title, readout, place);
    grid.append(card);
    const u = new uPlot({
      width: Math.max(80, place.clientWidth), height: d.height || 210, padding: [10, 8, 0, 0],
      legend: {show: false}, cursor: {show: false, drag: {x: false, y: false}},
      scales: {
        x: {time: false, range: () => (d.overview ? [0, end] : windowOf())},
        y: {range: (c, min, max) => (d.overview ? [0, Math.max(1, max) * 1.1] : rangeOf(d))},
      },
      axes: [minutesAxis(), axis({size: 52})],
      series: [{}, {stroke: css('--run-0'), width: 2, spanGaps: true, points: {show: false}}],
      hooks: {drawClear: [(c) => drawBehind(c, d)], draw: [(c) => drawBefore(c, d)]},
    }, [run.minutes, run[d.actual || d.key]], place);
    grab(u, d);
    charts.push({u, d, host: place, readout});
  }

  function say(entry) {
    const {d, readout} = entry;
    if (d.overview) return;
    const points = line(at, d.key);
    const actual = run[d.actual || d.key][nearest(run.minutes, plans.minutes[at])];
    const item = (color, dash, text) => {
      const span = el('span', {}, text);
      span.style.setProperty('--c', `var(${color})`);
      if (dash) span.style.setProperty('--dash', 'dashed');
      return span;
    };
    const last = points[points.length - 1];
    readout.replaceChildren(
      item('--run-0', false, `now ${fixed(actual, d.digits)}`),
      item('--run-1', true, last ? `expected ${fixed(last[1], d.digits)} after ${fixed(60 * (last[0] - plans.minutes[at]), 0)} s` : 'no plan'));
  }

  function set(plan) {
    at = clampPlan(plan);
    slider.value = at;
    const bound = line(at, 'anodeMv').map((p) => p[1]);
    const first = line(at, 'current')[0];
    const text = `At ${fixed(plans.minutes[at], 2)} min: ${first ? fixed(first[1], 2) : '–'} A wanted`
      + (bound.length ? `, anode potential expected to stay above ${fixed(Math.min(...bound), 1)} mV.` : '.');
    words.textContent = text;
    slider.setAttribute('aria-valuetext', text);
    charts.forEach((entry) => {
      entry.u.setData([run.minutes, run[entry.d.actual || entry.d.key]]);
      say(entry);
    });
  }

  function draw() {
    charts.forEach((c) => c.u.destroy());
    charts = [];
    grid.replaceChildren();
    definitions.forEach(chart);
    set(at);
  }

  slider.addEventListener('input', () => set(Number(slider.value)));
  const dark = matchMedia('(prefers-color-scheme: dark)');
  dark.addEventListener('change', draw);
  const observer = new ResizeObserver(() => fit(charts));
  observer.observe(grid);
  draw();
  return {
    show: (minutes) => set(planAt(minutes)),
    draw,
    destroy() {
      observer.disconnect();
      dark.removeEventListener('change', draw);
      charts.forEach((c) => c.u.destroy());
      charts = [];
      host.replaceChildren();
    },
  };
};
