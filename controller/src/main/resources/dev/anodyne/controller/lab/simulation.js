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
        const value = at == null ? null : u.data[i + 1][at];
        item.textContent = s.label + (value == null ? '' : ' ' + value.toPrecision(5).replace('-', '\u2212'));
        return item;
      }));
    };
    const u = new uPlot({
      width: area.clientWidth, height: 240, padding: [10, 8, 0, 0], legend: {show: false},
      cursor: {sync: {key: sync.key}, points: {size: 6}}, scales: {x: {time: false}},
      axes: [axis({label: 'minutes', labelFont: font, labelSize: 18, size: 34}), axis({size: 56})],
      series: [{}, ...p.series.map((s, i) => ({label: s.label, stroke: css('--run-' + (i % 5)), width: 1.75, points: {show: false}}))],
      hooks: {setCursor: [say]},
    }, [data.minutes, ...p.series.map((s) => s.values)], area);
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
