'use strict';
// What the scripts of all report pages share: the page's data, numbers as people write them,
// elements, axes and marks of plots, rows that show a command. Stands before them in every page.
const Anodyne = (() => {
  const data = JSON.parse(document.getElementById('data').textContent);
  const $ = (id) => document.getElementById(id);
  const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const font = '12px system-ui, sans-serif';

  function el(tag, attributes, ...children) {
    const node = document.createElement(tag);
    for (const [k, v] of Object.entries(attributes || {})) {
      if (v === true) node.setAttribute(k, '');
      else if (v !== false && v != null) node.setAttribute(k, v);
    }
    node.append(...children);
    return node;
  }

  // --- numbers ---------------------------------------------------------------------------------
  const isNumber = (v) => typeof v === 'number' && Number.isFinite(v);
  // A true minus sign, and never "−0.0".
  function fixed(v, digits) {
    if (!isNumber(v)) return '–';
    const text = v.toFixed(digits);
    return Number(text) === 0 ? (0).toFixed(digits) : text.replace('-', '\u2212');
  }
  const signed = (v, digits) => (isNumber(v) && Number(v.toFixed(digits)) > 0 ? '+' : '') + fixed(v, digits);
  const percent = (v, digits) => (isNumber(v) ? fixed(100 * v, digits) + '\u202f%' : '–');
  // Three digits or so: 123, 12.3, 1.23.
  const short = (v) => fixed(v, !isNumber(v) || Math.abs(v) >= 100 ? 0 : Math.abs(v) >= 10 ? 1 : 2);
  // Math.min(...hugeArray) overflows the stack: two numbers are enough.
  function bounds(values) {
    let low = Infinity;
    let high = -Infinity;
    for (const v of values) {
      if (!isNumber(v)) continue;
      if (v < low) low = v;
      if (v > high) high = v;
    }
    return low <= high ? [low, high] : [0, 1];
  }
  // The smallest value that a share of the others does not exceed.
  function quantile(values, share) {
    const sorted = values.filter(isNumber).sort((a, b) => a - b);
    return sorted.length ? sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] : NaN;
  }
  function median(values) {
    const sorted = [...values].sort((a, b) => a - b);
    const n = sorted.length;
    return n ? (sorted[(n - 1) >> 1] + sorted[n >> 1]) / 2 : NaN;
  }

  // --- the page --------------------------------------------------------------------------------
  // Texts of the head and foot, as far as the page has a place for them.
  function fillHead() {
    for (const id of ['kind', 'headline', 'subtitle', 'reproduce', 'footer']) {
      if ($(id) && data[id] != null) $(id).textContent = data[id];
    }
    for (const t of data.tiles || []) {
      $('tiles').append(el('div', {class: 'tile ' + (t.tone || '')}, el('b', {}, t.value, el('small', {}, t.unit)), el('span', {}, t.label)));
    }
    for (const [k, v] of data.config || []) $('config').append(el('dt', {}, k), el('dd', {}, v));
    document.title = data.title || 'Anodyne: ' + data.headline;
  }
  const swatch = (color) => el('span', {class: 'swatch', style: `background: ${color}`});
  // A name that shows and hides what it stands for.
  function chip(label, hidden, key, draw) {
    const button = el('button', {class: 'chip', type: 'button', 'aria-pressed': String(!hidden.has(key))}, ...label);
    button.addEventListener('click', () => {
      if (!hidden.delete(key)) hidden.add(key);
      button.setAttribute('aria-pressed', String(!hidden.has(key)));
      draw();
    });
    return button;
  }
  const headRow = (titles) => el('thead', {}, el('tr', {}, ...titles.map((t) => el('th', {scope: 'col'}, t))));

  function commandRow(command, columns) {
    const copy = el('button', {class: 'copy', type: 'button'}, 'Copy');
    copy.addEventListener('click', async () => {
      try {
        await navigator.clipboard.writeText(command);
        copy.textContent = 'Copied';
      } catch {
        copy.textContent = 'Select it above';
      }
    });
    return el('tr', {class: 'shown-command'}, el('td', {colspan: columns}, el('pre', {}, command), copy));
  }
  // Ends a table's row with a button that opens a row with a command.
  function withCommand(row, command, columns) {
    const button = el('button', {class: 'copy', type: 'button', 'aria-expanded': 'false'}, 'Command');
    let shown = null;
    button.addEventListener('click', () => {
      if (shown) {
        shown.remove();
        shown = null;
      } else {
        shown = commandRow(command, columns);
        row.after(shown);
      }
      row.classList.toggle('has-command', Boolean(shown));
      button.setAttribute('aria-expanded', String(Boolean(shown)));
    });
    row.append(el('td', {class: 'command'}, button));
    return row;
  }

  // --- curves by uPlot -------------------------------------------------------------------------
  const axis = (extra) => ({stroke: css('--muted'), font, grid: {stroke: css('--grid'), width: 1},
    ticks: {stroke: css('--grid'), width: 1, size: 5}, ...extra});
  const minutesAxis = () => axis({label: 'minutes', labelFont: font, labelSize: 18, size: 34});

  // A dashed line across a plot, with a name at its end.
  function rule(u, y, color, name) {
    const {ctx} = u;
    const py = u.valToPos(y, 'y', true);
    const {left, width, top, height} = u.bbox;
    if (py < top || py > top + height) return;
    ctx.save();
    ctx.strokeStyle = color;
    ctx.lineWidth = devicePixelRatio;
    ctx.setLineDash([6 * devicePixelRatio, 4 * devicePixelRatio]);
    ctx.beginPath();
    ctx.moveTo(left, py);
    ctx.lineTo(left + width, py);
    ctx.stroke();
    if (name) {
      ctx.fillStyle = color;
      ctx.font = `${11 * devicePixelRatio}px system-ui, sans-serif`;
      ctx.textAlign = 'right';
      ctx.fillText(name, left + width - 4 * devicePixelRatio, py - 4 * devicePixelRatio);
    }
    ctx.restore();
  }

  // Below 0 lithium can plate.
  function dangerZone(u) {
    const {left, width, top, height} = u.bbox;
    const zero = Math.max(top, Math.min(top + height, u.valToPos(0, 'y', true)));
    u.ctx.save();
    u.ctx.fillStyle = css('--danger-zone');
    u.ctx.fillRect(left, zero, width, top + height - zero);
    u.ctx.restore();
  }

  // Of a joined axis, which has holes where only other runs have a sample, the value at a place.
  function valueNear(values, at) {
    let value = null;
    for (let d = 0; at != null && d < 12 && value == null; d++) value = values[at - d] ?? values[at + d] ?? null;
    return value;
  }

  // charts: {u, host}; those whose place has another width now are drawn anew.
  function fit(charts) {
    for (const c of charts) {
      if (c.host.clientWidth && c.host.clientWidth !== c.u.width) c.u.setSize({width: c.host.clientWidth, height: c.u.height});
    }
  }
  const onTheme = (draw) => matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);

  // --- plots of one's own on a canvas ----------------------------------------------------------
  function steps(low, high, most) {
    const raw = (high - low) / most;
    const size = 10 ** Math.floor(Math.log10(raw));
    const step = [1, 2, 5, 10].find((m) => m * size >= raw) * size;
    const all = [];
    for (let v = Math.ceil(low / step - 1e-9) * step; v <= high + 1e-9 * step; v += step) all.push(Math.abs(v) < 1e-9 * step ? 0 : v);
    return {all, digits: Math.max(0, -Math.floor(Math.log10(step) + 1e-9))};
  }

  // 10, 20, 50, 100, …: between two numbers above 0.
  function ratios(low, high) {
    const all = [];
    for (let size = 10 ** Math.floor(Math.log10(low)); size <= high; size *= 10) {
      for (const m of [1, 2, 5]) if (m * size >= low && m * size <= high) all.push(m * size);
    }
    return {all, digits: low < 1 ? 1 : 0};
  }

  // Grid, ticks and names of both axes. Returns the context, what maps values to pixels, and the
  // edges. zone: 'x' or 'y', where below 0 the ground is that of plating.
  function frame(canvas, {x: [x0, x1], y: [y0, y1], xName, yName, zone, logX}) {
    const width = canvas.clientWidth;
    const height = canvas.clientHeight;
    canvas.width = Math.round(width * devicePixelRatio);
    canvas.height = Math.round(height * devicePixelRatio);
    const ctx = canvas.getContext('2d');
    ctx.scale(devicePixelRatio, devicePixelRatio);
    const edge = {left: 58, right: width - 14, top: 14, bottom: height - 40};
    const along = logX ? (v) => Math.log(v / x0) / Math.log(x1 / x0) : (v) => (v - x0) / (x1 - x0);
    const X = (v) => edge.left + along(v) * (edge.right - edge.left);
    const Y = (v) => edge.bottom - (v - y0) / (y1 - y0) * (edge.bottom - edge.top);
    const line = (ax, ay, bx, by) => { ctx.beginPath(); ctx.moveTo(ax, ay); ctx.lineTo(bx, by); ctx.stroke(); };
    const clamp = (v, low, high) => Math.max(low, Math.min(high, v));
    ctx.font = font;
    ctx.fillStyle = css('--danger-zone');
    const zeroX = logX ? edge.left : clamp(X(0), edge.left, edge.right);
    const zeroY = clamp(Y(0), edge.top, edge.bottom);
    if (zone === 'y') ctx.fillRect(edge.left, zeroY, edge.right - edge.left, edge.bottom - zeroY);
    if (zone === 'x') ctx.fillRect(edge.left, edge.top, zeroX - edge.left, edge.bottom - edge.top);
    ctx.lineWidth = 1;
    ctx.textBaseline = 'middle';
    ctx.strokeStyle = css('--grid');
    ctx.fillStyle = css('--muted');
    ctx.textAlign = 'right';
    const ys = steps(y0, y1, Math.min(8, height / 36));
    for (const v of ys.all) {
      line(edge.left, Y(v), edge.right, Y(v));
      ctx.fillText(fixed(v, ys.digits), edge.left - 8, Y(v));
    }
    ctx.textAlign = 'center';
    const xs = logX ? ratios(x0, x1) : steps(x0, x1, Math.max(3, width / 110));
    for (const v of xs.all) {
      line(X(v), edge.top, X(v), edge.bottom);
      ctx.fillText(fixed(v, xs.digits), X(v), edge.bottom + 13);
    }
    ctx.fillText(xName, (edge.left + edge.right) / 2, height - 8);
    ctx.save();
    ctx.translate(13, (edge.top + edge.bottom) / 2);
    ctx.rotate(-Math.PI / 2);
    ctx.fillText(yName, 0, 0);
    ctx.restore();
    ctx.strokeStyle = css('--bad');
    ctx.setLineDash([6, 4]);
    if (zone === 'y') line(edge.left, zeroY, edge.right, zeroY);
    if (zone === 'x') line(zeroX, edge.top, zeroX, edge.bottom);
    ctx.setLineDash([]);
    return {ctx, X, Y, edge, width, height};
  }

  const SHAPES = ['●', '■', '▲', '◆', '▼'];
  function mark(ctx, shape, x, y, r, hollow) {
    ctx.beginPath();
    switch (shape % SHAPES.length) {
      case 0: ctx.arc(x, y, r, 0, 2 * Math.PI); break;
      case 1: ctx.rect(x - 0.88 * r, y - 0.88 * r, 1.76 * r, 1.76 * r); break;
      case 2: ctx.moveTo(x, y - 1.15 * r); ctx.lineTo(x + 1.05 * r, y + 0.8 * r); ctx.lineTo(x - 1.05 * r, y + 0.8 * r); ctx.closePath(); break;
      case 3: ctx.moveTo(x, y - 1.25 * r); ctx.lineTo(x + 1.05 * r, y); ctx.lineTo(x, y + 1.25 * r); ctx.lineTo(x - 1.05 * r, y); ctx.closePath(); break;
      default: ctx.moveTo(x, y + 1.15 * r); ctx.lineTo(x + 1.05 * r, y - 0.8 * r); ctx.lineTo(x - 1.05 * r, y - 0.8 * r); ctx.closePath();
    }
    if (hollow) ctx.stroke(); else ctx.fill();
  }

  // A box that follows the pointer and tells of the nearest mark. points(): [{x, y, …}] in pixels.
  function tips(canvas, tip, points, tell) {
    canvas.addEventListener('pointermove', (e) => {
      const box = canvas.getBoundingClientRect();
      const [x, y] = [e.clientX - box.left, e.clientY - box.top];
      let best = null;
      let distance = 24 ** 2;
      for (const p of points()) {
        const d = (p.x - x) ** 2 + (p.y - y) ** 2;
        if (d < distance) [best, distance] = [p, d];
      }
      tip.hidden = !best;
      if (!best) return;
      tip.replaceChildren(...tell(best));
      tip.style.left = Math.max(4, Math.min(best.x + 26, box.width - tip.offsetWidth - 4)) + 'px';
      tip.style.top = (best.y > box.height / 2 ? best.y - tip.offsetHeight - 4 : best.y + 22) + 'px';
    });
    canvas.addEventListener('pointerleave', () => { tip.hidden = true; });
  }

  return {data, $, css, font, el, isNumber, fixed, signed, percent, short, bounds, quantile, median, fillHead, swatch, chip,
    headRow, withCommand, axis, minutesAxis, rule, dangerZone, valueNear, fit, onTheme, frame, SHAPES, mark, tips};
})();
