'use strict';
(() => {
  const data = JSON.parse(document.getElementById('data').textContent);
  const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  for (const id of ['headline', 'subtitle', 'footer']) document.getElementById(id).textContent = data[id];
  document.title = data.headline;
  const host = document.getElementById('plots');
  const sync = uPlot.sync('simulation');
  let charts = [];

  function plot(p) {
    const box = document.createElement('div');
    box.className = 'plot';
    const title = document.createElement('h3');
    title.textContent = p.title;
    const readout = document.createElement('div');
    readout.className = 'readout';
    const area = document.createElement('div');
    box.append(title, readout, area);
    host.append(box);
    const font = '12px system-ui, sans-serif';
    const axis = (extra) => ({stroke: css('--muted'), font, grid: {stroke: css('--grid'), width: 1},
      ticks: {stroke: css('--grid'), width: 1, size: 5}, ...extra});
    const say = (u) => {
      const at = u.cursor.idx;
      readout.replaceChildren(...p.series.map((s, i) => {
        const item = document.createElement('span');
        item.style.setProperty('--c', `var(--run-${i % 5})`);
        const value = at == null ? null : s.values[at];
        item.textContent = s.label + (value == null ? '' : ' ' + value.toPrecision(5).replace('-', '\u2212'));
        return item;
      }));
    };
    // A stack shows sums from the bottom; what is read out is each part.
    const raw = p.series.map((s) => s.values);
    const shown = p.stacked ? raw.map((_, k) => raw[k].map((__, i) =>
      raw.slice(0, k + 1).reduce((sum, part) => sum + (part[i] ?? 0), 0))) : raw;
    const line = (u) => {
      if (!p.zero) return;
      const y = u.valToPos(0, 'y', true);
      u.ctx.save();
      u.ctx.strokeStyle = css('--limit');
      u.ctx.setLineDash([6, 4]);
      u.ctx.beginPath();
      u.ctx.moveTo(u.bbox.left, y);
      u.ctx.lineTo(u.bbox.left + u.bbox.width, y);
      u.ctx.stroke();
      u.ctx.restore();
    };
    const pad = (u, low, high) => {
      const bottom = Math.min(low, 0), top = Math.max(high, 0), room = 0.05 * (top - bottom) || 1;
      return [bottom - room, top + room];
    };
    const u = new uPlot({
      width: area.clientWidth, height: 240, padding: [10, 8, 0, 0], legend: {show: false},
      cursor: {sync: p.x ? undefined : {key: sync.key}, points: {size: 6}},
      scales: {x: {time: false}, y: p.zero ? {range: pad} : {}},
      bands: p.stacked ? shown.slice(1).map((_, i) => ({series: [i + 2, i + 1], fill: css('--run-' + ((i + 1) % 5)) + '44'})) : [],
      axes: [axis({label: p.xLabel ?? 'minutes', labelFont: font, labelSize: 18, size: 34}), axis({size: 56})],
      series: [{}, ...p.series.map((s, i) => ({label: s.label, stroke: css('--run-' + (i % 5)), width: 1.75, spanGaps: Boolean(p.x), points: {show: false}}))],
      hooks: {setCursor: [say], draw: [line]},
    }, [p.x ?? data.minutes, ...shown], area);
    say(u);
    charts.push({u, area});
  }

  function draw() {
    charts.forEach((c) => c.u.destroy());
    charts = [];
    host.replaceChildren();
    data.plots.forEach(plot);
  }
  draw();
  new ResizeObserver(() => charts.forEach((c) => {
    if (c.area.clientWidth && c.area.clientWidth !== c.u.width) c.u.setSize({width: c.area.clientWidth, height: c.u.height});
  })).observe(host);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
  addEventListener('beforeprint', draw);
  addEventListener('afterprint', draw);
})();
