import uPlot from '../lib/uPlot.esm.js';
import { h } from '../dom.js';
import { known, power } from '../format.js';

const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** The site's power over the last hour, as far as this page has been open. */
export class PowerHistory {
  constructor() {
    this.node = h('div', { class: 'power-history', role: 'img', 'aria-label': 'Power since the page was opened. No values yet.' });
    this.plot = null;
    this.observer = new ResizeObserver(() => this.resize());
    this.observer.observe(this.node);
    addEventListener('anodyne-theme', () => {
      this.plot?.destroy();
      this.plot = null;
    });
  }

  update(history) {
    if (!this.node.clientWidth || history.timeMillis.length < 2) return;
    const now = history.timeMillis[history.timeMillis.length - 1];
    const data = [history.timeMillis.map((t) => (t - now) / 1000), history.watts, history.limitWatts];
    if (!this.plot) this.plot = new uPlot(options(this.node), data, this.node);
    else this.plot.setData(data);
    const watts = history.watts.filter(known);
    this.node.setAttribute('aria-label',
      `Power since the page was opened: lowest ${power(Math.min(...watts))}, highest ${power(Math.max(...watts))}, now ${power(watts[watts.length - 1])}.`);
  }

  resize() {
    const width = this.node.clientWidth;
    if (this.plot && width && width !== this.plot.width) this.plot.setSize({ width, height: this.plot.height });
  }
}

function options(node) {
  const pixels = parseFloat(getComputedStyle(document.documentElement).fontSize);
  const font = `${Math.round(pixels * 0.72)}px ${getComputedStyle(document.body).fontFamily}`;
  const axis = { stroke: css('--muted'), font, grid: { stroke: css('--grid'), width: 1 }, ticks: { show: false } };
  const hue = css('--current');
  return {
    width: Math.max(200, node.clientWidth),
    height: Math.round(pixels * 7),
    padding: [6, pixels, 0, 0],
    cursor: { show: false },
    legend: { show: false },
    scales: {
      x: { time: false, range: (u, lo) => [Math.min(-60, lo ?? -60), 0] },
      y: { range: (u, lo, hi) => [0, Math.max(100, hi ?? 1) * 1.1] },
    },
    axes: [
      { ...axis, space: 80, size: pixels * 1.7, incrs: [10, 30, 60, 300, 600, 900, 1800], values: (u, splits) => splits.map((s) => (s === 0 ? 'now' : (s % 60 ? `${s} s` : `${s / 60} min`).replace('-', '−'))) },
      { ...axis, size: pixels * 4.4, space: 34, values: (u, splits) => splits.map(power) },
    ],
    series: [
      {},
      { stroke: hue, width: 2, fill: `${hue}26`, points: { show: false } },
      { stroke: css('--danger'), width: 1.25, dash: [3, 4], points: { show: false } },
    ],
  };
}
