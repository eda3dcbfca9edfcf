'use strict';
(() => {
  const {data, $, css, el, axis, rule, fit, onTheme, fillHead, font} = Anodyne;
  fillHead();
  const host = $('plots');
  const sync = uPlot.sync('simulation');
  let charts = [];

  function plot(p) {
    const readout = el('div', {class: 'readout'});
    const area = el('div');
    host.append(el('div', {class: 'plot'}, el('h3', {}, p.title), readout, area));
    const say = (u) => {
      const at = u.cursor.idx;
      readout.replaceChildren(...p.series.map((s, i) => {
        const value = at == null ? null : s.values[at];
        const item = el('span', {style: `--c: var(--run-${i % 5})`},
          s.label + (value == null ? '' : ' ' + value.toPrecision(5).replace('-', '\u2212')));
        return item;
      }));
    };
    // A stack shows sums from the bottom; what is read out is each part.
    const raw = p.series.map((s) => s.values);
    const shown = p.stacked ? raw.map((_, k) => raw[k].map((__, i) =>
      raw.slice(0, k + 1).reduce((sum, part) => sum + (part[i] ?? 0), 0))) : raw;
    const line = (u) => p.zero && rule(u, 0, css('--limit'));
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
    charts.push({u, host: area});
  }

  function draw() {
    charts.forEach((c) => c.u.destroy());
    charts = [];
    host.replaceChildren();
    data.plots.forEach(plot);
  }
  draw();
  new ResizeObserver(() => fit(charts)).observe(host);
  onTheme(draw);
  addEventListener('beforeprint', draw);
  addEventListener('afterprint', draw);
})();
