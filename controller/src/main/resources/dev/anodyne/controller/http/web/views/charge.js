import { api, part } from '../api.js';
import { Charts } from '../charts.js';
import { address } from '../router.js';
import { h, mark, row, table, write } from '../dom.js';
import { dateTime, duration, energy, fixed, known, millivolts, percent } from '../format.js';
import { charts as seriesOf } from '../series.js';
import { spaced } from '../words.js';

const CHARTS = [
  ['anode', 'Anode potential', 'of the weakest cell, mV against Li/Li⁺; below zero lithium plates'],
  ['current', 'Current', 'of one cell, A'],
  ['voltage', 'Voltage', 'of the highest cell, V'],
  ['temperature', 'Temperature', 'of the hottest cell, °C'],
  ['soc', 'State of charge', '%'],
];

/** The report of one charge that is kept: its figures, and charts from its telemetry. */
export class ChargeView {
  constructor(root, context) {
    this.root = root;
    this.context = context;
    this.charts = null;
    this.title = h('h1', { id: 'h-charge' }, 'Charge');
    this.said = h('p', { class: 'said', role: 'status' });
    this.facts = h('dl', { class: 'facts columns' });
    this.report = h('a', { class: 'button', target: '_blank', rel: 'noopener' }, 'Report as a page');
    this.figures = h('div', { class: 'charts', role: 'group', 'aria-label': 'Charts' }, CHARTS.map(([name, head, about]) =>
      h('figure', { class: `chart${name === 'anode' ? ' chart-anode' : ''}`, 'data-chart': name },
        h('figcaption', null, h('h2', null, head), h('p', null, about)), h('div', { class: 'plot' }))));
    this.holder = h('div');
    this.table = h('details', { class: 'card' }, h('summary', null, 'The charge as a table'), this.holder);
    root.append(h('div', { class: 'heading' }, this.title, h('div', { class: 'heading-actions' }, h('a', { class: 'button', href: address('charges') }, 'All charges'), this.report)),
      this.said, h('article', { class: 'card', 'aria-label': 'Figures' }, this.facts), this.figures, this.table);
  }

  async show(id) {
    this.id = id;
    this.facts.replaceChildren();
    this.holder.replaceChildren();
    this.figures.hidden = this.table.hidden = true;
    write(this.said, 'Reading …');
    mark(this.said, 'data-kind', null);
    mark(this.report, 'href', `/api/v1/charges/${part(id)}/report`);
    try {
      const [charge, telemetry] = await Promise.all([api.get(`/charges/${part(id)}`), api.get(`/charges/${part(id)}/telemetry`)]);
      if (this.id !== id) return;
      this.showCharge(charge);
      this.showPoints(charge, telemetry);
    } catch (refusal) {
      if (this.id !== id) return;
      mark(this.said, 'data-kind', 'bad');
      write(this.said, refusal.message);
    }
  }

  hide() {
    this.id = null;
    this.charts?.destroy();
    this.charts = null;
  }

  update() {}

  showCharge(c) {
    write(this.said, '');
    write(this.title, `${c.connector}, ${dateTime(c.began)}`);
    document.title = `${c.connector}, ${dateTime(c.began)} · Anodyne`;
    const seconds = c.ended ? (Date.parse(c.ended) - Date.parse(c.began)) / 1000 : null;
    const facts = [
      ['Ended', c.ended ? `${dateTime(c.ended)}, ${spaced(c.state)}` : `runs: ${spaced(c.state)}`],
      ['Why', c.reason], ['Took', known(seconds) ? duration(seconds) : null],
      ['State of charge', `${percent(c.startSoc, 1)} → ${percent(c.endSoc, 1)}, target ${percent(c.targetSoc)}`],
      ['Energy', energy(c.energyWattHours)],
      ['Lowest anode potential', known(c.minAnodePotentialVolts) ? `${millivolts(c.minAnodePotentialVolts, 1)} mV, bound ${millivolts(c.minAnodePotentialLowerBoundVolts, 1)} mV` : null],
      ['Highest temperature', known(c.maxTemperatureCelsius) ? `${fixed(c.maxTemperatureCelsius, 1)} °C` : null],
      ['Highest cell voltage', known(c.maxVoltageVolts) ? `${fixed(c.maxVoltageVolts, 3)} V` : null],
      ['Battery', c.battery], ['Cell', [c.cell, c.layout].filter(Boolean).join(', ')],
      ['Policy', c.policy], ['Estimator', c.estimator], ['Id', c.id],
    ].filter(([, about]) => about);
    this.facts.replaceChildren(...facts.map(([term, about]) => h('div', null, h('dt', null, term), h('dd', null, about))));
  }

  showPoints(charge, telemetry) {
    const points = telemetry.points ?? {};
    const time = points.timeSeconds ?? [];
    if (!time.length) {
      write(this.said, 'No telemetry of this charge is kept any more.');
      return;
    }
    const first = time[0];
    const from = { ...points, timeSeconds: time.map((t) => t - first) };
    this.figures.hidden = this.table.hidden = false;
    this.charts = new Charts(this.figures);
    const session = { points: from, truth: {}, summary: { goalSoc: charge.targetSoc } };
    this.series = this.charts.draw(seriesOf(session), time[time.length - 1] - first);
    window.anodyne.report = this.series;
    if (telemetry.resolutionSeconds > 1) write(this.said, `One point every ${fixed(telemetry.resolutionSeconds, 0)} s.`);
    this.holder.replaceChildren(table('The charge as a table', ['Minute', 'SoC %', 'Current A', 'Voltage V', 'Temperature °C', 'Bound mV'], minutes(from)));
  }
}

/** One row a minute. */
function minutes(p) {
  const rows = [];
  let minute = -1;
  p.timeSeconds.forEach((t, i) => {
    if (Math.floor(t / 60) === minute) return;
    minute = Math.floor(t / 60);
    const at = (column, scale, digits) => (known(p[column]?.[i]) ? fixed(p[column][i] * scale, digits) : '–');
    rows.push(row([fixed(t / 60, 1), at('soc', 100, 1), at('currentAmps', 1, 2), at('voltageVolts', 1, 3), at('temperatureCelsius', 1, 1), at('anodePotentialLowerBoundVolts', 1000, 1)]));
  });
  return rows;
}
