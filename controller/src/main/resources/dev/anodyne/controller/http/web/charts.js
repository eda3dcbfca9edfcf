import uPlot from './lib/uPlot.esm.js';
import { fixed } from './format.js';

const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const rootPixels = () => parseFloat(getComputedStyle(document.documentElement).fontSize);

/** What each chart shows; `unit` scales what is written, never the data. */
const KINDS = {
  current: {
    hue: '--current', digits: 2, scale: 1,
    names: { current: 'Current', limit: 'Limit', plan: 'Plan' },
    range: (lo, hi) => [0, Math.max(1, hi * 1.08)],
  },
  voltage: {
    hue: '--voltage', digits: 3, scale: 1,
    names: { voltage: 'Voltage', limit: 'Limit', plan: 'Plan' },
    range: (lo, hi) => pad(lo, hi, 0.05),
  },
  temperature: {
    hue: '--temperature', digits: 1, scale: 1,
    names: { temperature: 'Temperature', limit: 'Limit', plan: 'Plan' },
    range: (lo, hi) => pad(lo, hi, 1),
  },
  soc: {
    hue: '--soc', digits: 1, scale: 100,
    names: { soc: 'State of charge', target: 'Target', plan: 'Plan' },
    range: (lo, hi) => [Math.max(0, lo - 0.02), Math.min(1, hi + 0.02)],
  },
  anode: {
    hue: '--anode', digits: 1, scale: 1000,
    names: { estimated: 'Estimated', bound: 'Lower bound', margin: 'Margin', plan: 'Plan (bound)', true: 'True (bench)' },
    // Once the first drop is over, the view stays where it matters: around zero.
    range: (lo, hi, seconds) => [Math.min(-0.012, lo - 0.004), Math.max(0.03, Math.min(hi + 0.005, seconds < 120 ? 0.13 : 0.045))],
  },
};

function pad(lo, hi, least) {
  const by = Math.max(least, (hi - lo) * 0.06);
  return [lo - by, hi + by];
}

/** The charts of one place of the page: every figure with `data-chart` in it. */
export class Charts {
  constructor(root) {
    this.root = root;
    this.plots = new Map();
    this.latest = null;
    this.now = null;
    this.make();
    this.onTheme = () => this.recreate();
    this.onResize = () => this.resize();
    addEventListener('anodyne-theme', this.onTheme);
    addEventListener('resize', this.onResize);
    this.observer = new ResizeObserver(this.onResize);
    this.observer.observe(root);
  }

  make() {
    for (const figure of this.root.querySelectorAll('[data-chart]')) this.create(figure);
  }

  create(figure) {
    const name = figure.dataset.chart;
    const holder = figure.querySelector('.plot');
    const size = sizeOf(holder);
    const labels = ['time', ...Object.keys(KINDS[name].names)];
    const data = labels.map(() => []);
    const plot = new uPlot(options(name, labels, size), data, holder);
    holder.setAttribute('role', 'img');
    holder.setAttribute('aria-label', `Chart of ${KINDS[name].names[labels[1]].toLowerCase()}. No values yet.`);
    this.plots.set(name, { plot, figure, holder });
  }

  recreate() {
    for (const { plot } of this.plots.values()) plot.destroy();
    this.plots.clear();
    this.make();
    if (this.latest) this.draw(this.latest, this.now);
  }

  destroy() {
    removeEventListener('anodyne-theme', this.onTheme);
    removeEventListener('resize', this.onResize);
    this.observer.disconnect();
    for (const { plot } of this.plots.values()) plot.destroy();
    this.plots.clear();
  }

  resize() {
    for (const { plot, holder } of this.plots.values()) {
      if (!holder.clientWidth) continue;
      const size = sizeOf(holder);
      if (size.width !== plot.width || size.height !== plot.height) plot.setSize(size);
    }
  }

  /**
   * Draws, and tells what is drawn: the very arrays that the charts were given.
   *
   * @param now where the measured part ends, s; null when all of it is measured
   */
  draw(series, now) {
    this.latest = series;
    this.now = now;
    for (const [name, { plot, holder }] of this.plots) {
      const { labels, data } = series[name];
      plot.anodyneNow = now;
      plot.setData(data);
      hideEmpty(plot, data);
      holder.setAttribute('aria-label', describe(name, labels, data));
    }
    return series;
  }
}

/** As wide as its card; as high as lets the four charts share a screen, or scroll on a phone. */
function sizeOf(holder) {
  const anode = holder.parentElement.classList.contains('chart-anode');
  const share = innerWidth <= 760 ? 0.26 : anode ? 0.29 : 0.2;
  const height = Math.round(Math.max(anode ? 220 : 170, Math.min(700, innerHeight * share)));
  return { width: Math.max(200, holder.clientWidth), height };
}

/** A curve without a single value, such as the truth away from the bench, is not in the legend either. */
function hideEmpty(plot, data) {
  for (let i = 2; i < data.length; i++) {
    const show = data[i].some((v) => typeof v === 'number');
    if (plot.series[i].show !== show) plot.setSeries(i, { show });
  }
}

function describe(name, labels, data) {
  const kind = KINDS[name];
  const now = labels.slice(1).map((label, i) => {
    const column = data[i + 1];
    for (let k = column.length - 1; k >= 0; k--) {
      if (typeof column[k] === 'number') {
        return `${kind.names[label]} ${fixed(column[k] * kind.scale, kind.digits)}`;
      }
    }
    return null;
  });
  return `Chart of ${kind.names[labels[1]].toLowerCase()}. Newest values: ${now.filter(Boolean).join(', ')}. The table has them by minute.`;
}

function options(name, labels, size) {
  const kind = KINDS[name];
  const hue = css(kind.hue);
  const font = `${Math.round(rootPixels() * 0.74)}px ${getComputedStyle(document.body).fontFamily}`;
  const axis = {
    stroke: css('--muted'), font,
    grid: { stroke: css('--grid'), width: 1 },
    ticks: { show: false },
  };
  return {
    ...size,
    padding: [8, Math.round(rootPixels() * 1.5), 0, 0],
    cursor: { sync: { key: 'anodyne' }, points: { size: 6 }, drag: { x: false, y: false } },
    legend: { live: true, markers: { width: 0, fill: (u, i) => (i ? u.series[i].stroke(u, i) : 'transparent') } },
    scales: {
      x: { time: false, range: (u, lo, hi) => [Math.min(0, lo ?? 0), Math.max(60, hi ?? 60)] },
      y: { range: (u, lo, hi) => kind.range(lo ?? 0, hi ?? 1, u.anodyneNow ?? 0) },
    },
    axes: [
      {
        ...axis,
        space: 70,
        size: rootPixels() * 1.9,
        incrs: [10, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 14400],
        values: (u, splits) => splits.map((s, i) => fixed(s / 60, s % 60 === 0 ? 0 : 1) + (i === splits.length - 1 ? ' min' : '')),
      },
      {
        ...axis,
        size: rootPixels() * 3,
        values: (u, splits) => splits.map((v) => axisLabel(v * kind.scale)),
      },
    ],
    series: [
      { label: 'Minute', value: (u, v) => (v == null ? '' : fixed(v / 60, 2)) },
      ...labels.slice(1).map((label) => curve(name, label, kind, hue)),
    ],
    bands: name === 'anode' ? [{ series: [1, 2], fill: alpha(hue, 0.28) }] : undefined,
    hooks: {
      drawClear: name === 'anode' ? [plating] : [],
      draw: name === 'anode' ? [platingLabel, nowLine] : [nowLine],
    },
  };
}

function axisLabel(v) {
  return String(Math.round(v * 100) / 100).replace('-', '−');
}

function curve(name, label, kind, hue) {
  const base = {
    label: kind.names[label],
    stroke: hue,
    width: 2,
    points: { show: false },
    value: (u, v) => (v == null ? '' : fixed(v * kind.scale, kind.digits)),
  };
  switch (label) {
    case 'limit':
    case 'target':
    case 'margin':
      return { ...base, stroke: css('--danger'), width: 1.25, dash: [3, 4] };
    case 'plan':
      return {
        ...base, dash: [7, 5], width: 1.75, stroke: alpha(hue, 0.85),
        paths: name === 'current' ? uPlot.paths.stepped({ align: -1 }) : undefined,
      };
    case 'bound':
      return { ...base, width: 1, stroke: alpha(hue, 0.7) };
    case 'true':
      return { ...base, stroke: css('--true'), width: 2 };
    default:
      return base;
  }
}

function alpha(colour, share) {
  const hex = Math.round(share * 255).toString(16).padStart(2, '0');
  return /^#[0-9a-f]{6}$/i.test(colour) ? colour + hex : colour;
}

/** Where zero is, within the plot, in canvas pixels. */
function zeroOf(u) {
  const { top, height } = u.bbox;
  return Math.min(top + height, Math.max(top, u.valToPos(0, 'y', true)));
}

/** Below zero lithium plates: that region is tinted, beneath grid and curves. */
function plating(u) {
  const { left, top, width, height } = u.bbox;
  const zero = zeroOf(u);
  u.ctx.save();
  u.ctx.fillStyle = alpha(css('--danger'), 0.1);
  u.ctx.fillRect(left, zero, width, top + height - zero);
  u.ctx.restore();
}

/** Says so in words, above the grid, which would cut letters. */
function platingLabel(u) {
  const { left, top, width, height } = u.bbox;
  if (top + height - zeroOf(u) <= 14 * devicePixelRatio) return;
  u.ctx.save();
  u.ctx.fillStyle = alpha(css('--danger'), 0.8);
  u.ctx.font = `${Math.round(rootPixels() * 0.72 * devicePixelRatio)}px ${getComputedStyle(document.body).fontFamily}`;
  u.ctx.textAlign = 'right';
  u.ctx.textBaseline = 'bottom';
  u.ctx.fillText('lithium can plate', left + width - 8 * devicePixelRatio, top + height - 4 * devicePixelRatio);
  u.ctx.restore();
}

/** Where the measured part ends and the plan begins. */
function nowLine(u) {
  const now = u.anodyneNow;
  if (now == null || u.scales.x.max == null || now >= u.scales.x.max) return;
  const x = Math.round(u.valToPos(now, 'x', true));
  u.ctx.save();
  u.ctx.strokeStyle = alpha(css('--muted'), 0.6);
  u.ctx.lineWidth = devicePixelRatio;
  u.ctx.setLineDash([2 * devicePixelRatio, 4 * devicePixelRatio]);
  u.ctx.beginPath();
  u.ctx.moveTo(x, u.bbox.top);
  u.ctx.lineTo(x, u.bbox.top + u.bbox.height);
  u.ctx.stroke();
  u.ctx.restore();
}
