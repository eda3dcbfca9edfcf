'use strict';
(() => {
  const {data, $, css, el, isNumber, fixed, signed, bounds, quantile, median, fillHead, chip, headRow, withCommand, onTheme,
    frame, mark, SHAPES, tips} = Anodyne;
  const p = data.points;
  const places = p.minutes.map((_, k) => k);
  fillHead();

  // --- parts by colour -------------------------------------------------------------------------
  const degrees = (c) => `${fixed(c, 0)} °C`;
  const WAYS = [
    {title: 'ambient temperature', of: p.ambientC, name: degrees},
    {title: 'age', of: p.age, name: (i) => data.ages[i], colors: ['--step-0', '--step-3', '--step-4']},
    {title: 'state of charge at the start', of: p.fromPercent, name: (v) => `from ${fixed(v, 0)}\u202f%`},
    {title: 'error of the voltage sensor', of: p.biasMv, name: (v) => `${signed(v, 0)} mV`},
    {title: 'what is known', of: p.earlier, name: (v) => (v > 0 ? 'identified before' : 'first charge'), colors: ['--run-1', '--run-0']},
  ];
  let way = WAYS[0];
  let parts = [];
  const hidden = new Set();
  WAYS.forEach((w, i) => $('colour').append(el('option', {value: i}, w.title)));

  // Values in their order, with a colour each: few values are spread over the whole scale.
  function part() {
    const values = [...new Set(way.of)].sort((a, b) => a - b);
    const last = Math.max(1, values.length - 1);
    parts = values.map((value, i) => ({
      value, shape: i, name: way.name(value),
      color: way.colors ? way.colors[value] : `--step-${Math.round(4 * i / last)}`,
    }));
    hidden.clear();
    $('chips').replaceChildren(...(parts.length < 2 ? [] : parts.map((c) => chip([el('span', {class: 'shape', style: `color: var(${c.color})`, 'aria-hidden': 'true'}, SHAPES[c.shape % SHAPES.length]), c.name], hidden, c.value, plots))));
  }
  const shownParts = () => parts.filter((c) => !hidden.has(c.value));
  const isShown = (k) => !hidden.has(way.of[k]);

  // --- lowest potential over time --------------------------------------------------------------
  const scatterCanvas = $('scatter').querySelector('canvas');
  const NEAR = 60;
  let marks = [];
  const top = () => ($('range').value === 'near' ? Math.min(NEAR, bounds(p.lowestMv)[1] + 2) : bounds(p.lowestMv)[1] + 2);
  function scatter() {
    const [low] = bounds(p.lowestMv);
    const [fast, slow] = bounds(p.minutes);
    const high = top();
    const bottom = Math.min(low, 0) - 0.06 * (high - Math.min(low, 0));
    const {ctx, X, Y, edge} = frame(scatterCanvas, {x: [0.9 * fast, 1.08 * slow], y: [bottom, high], zone: 'y', logX: true,
      xName: 'minutes, on a scale of ratios', yName: 'lowest true anode potential, mV'});
    marks = [];
    const radius = p.minutes.length > 400 ? 2.8 : 3.6;
    // Those nearest to plating are drawn last, on top.
    for (const k of [...places].sort((a, b) => p.lowestMv[b] - p.lowestMv[a])) {
      if (!isShown(k) || p.lowestMv[k] > high) continue;
      const c = parts.find((one) => one.value === way.of[k]);
      const [x, y] = [X(p.minutes[k]), Y(p.lowestMv[k])];
      ctx.fillStyle = ctx.strokeStyle = css(c.color);
      ctx.globalAlpha = p.lowestMv[k] < 0 ? 1 : 0.62;
      mark(ctx, c.shape, x, y, p.lowestMv[k] < 0 ? 4.5 : radius, !p.reached[k]);
      marks.push({x, y, k});
    }
    ctx.globalAlpha = 1;
    const above = places.filter((k) => isShown(k) && p.lowestMv[k] > high).length;
    if (above) {
      ctx.fillStyle = css('--muted');
      ctx.textAlign = 'right';
      ctx.fillText(`${above} more above`, edge.right - 4, edge.top + 8);
    }
  }
  const words = (k) => `battery ${p.battery[k]}, charge ${p.charge[k]}`;
  tips(scatterCanvas, $('scatter').querySelector('.tip'), () => marks, ({k}) => [
    el('b', {}, words(k)), el('br'),
    `${data.ages[p.age[k]]}, ${degrees(p.ambientC[k])}, from ${fixed(p.fromPercent[k], 0)}\u202f%, sensor ${signed(p.biasMv[k], 0)} mV`, el('br'),
    `${fixed(p.minutes[k], 1)} min${p.reached[k] ? '' : ', not reached'}, ${signed(p.lowestMv[k], 1)} mV`]);

  // --- histogram -------------------------------------------------------------------------------
  function histogram() {
    const [low, most] = bounds(p.lowestMv);
    const width = Math.max(1, Math.ceil((Math.max(most, 1) - Math.min(low, 0)) / 60));
    const first = Math.floor(Math.min(low, -1) / width);
    const bins = Math.floor(Math.max(most, 1) / width) - first + 1;
    const counts = shownParts().map(() => new Array(bins).fill(0));
    for (const k of places) {
      const at = shownParts().findIndex((c) => c.value === way.of[k]);
      if (at >= 0) counts[at][Math.floor(p.lowestMv[k] / width) - first]++;
    }
    const sums = new Array(bins).fill(0).map((_, i) => counts.reduce((sum, c) => sum + c[i], 0));
    const {ctx, X, Y} = frame($('histogram').querySelector('canvas'), {x: [first * width, (first + bins) * width],
      y: [0, 1.06 * Math.max(1, ...sums)], zone: 'x', xName: 'lowest true anode potential, mV', yName: `charges in ${width} mV`});
    for (let i = 0; i < bins; i++) {
      let below = 0;
      shownParts().forEach((c, j) => {
        ctx.fillStyle = css(c.color);
        const [x0, x1] = [X((first + i) * width), X((first + i + 1) * width)];
        ctx.fillRect(x0 + 0.5, Y(below + counts[j][i]), Math.max(1, x1 - x0 - 1), Y(below) - Y(below + counts[j][i]));
        below += counts[j][i];
      });
    }
  }
  function plots() {
    scatter();
    histogram();
  }

  // --- tables ----------------------------------------------------------------------------------
  // Two digits that count, whatever the size.
  const share = (v) => (v > 0 ? String(Number((100 * v).toPrecision(2))) : '0');
  function shareBar(s) {
    const scale = (v) => Math.min(100, 100 * v / data.shareScale);
    const value = s.plated / s.charges;
    return el('span', {class: 'share', 'aria-hidden': 'true'},
      el('i', {style: `left: ${scale(s.plated_low_95)}%; right: ${100 - scale(s.plated_high_95)}%`}),
      el('b', {style: `left: calc(${scale(value)}% - 1px)`}));
  }
  $('parts').append(
    headRow(['', 'Charges', 'Plated', 'Share, 95\u202f% interval', 'Lowest, mV', 'Most exposure, V·s', 'Reached',
      'Minutes: half', '10\u202f% / 90\u202f%', 'Gap, mV']),
    el('tbody', {}, ...Object.entries(data.parts).map(([name, s], i) => el('tr', {class: i === 0 ? 'main' : ''},
      el('th', {scope: 'row'}, name.replace('-', '\u2212')), el('td', {}, String(s.charges)),
      el('td', {class: s.plated ? 'bad' : 'good'}, String(s.plated)),
      el('td', {}, shareBar(s), `${share(s.plated_low_95)} to ${share(s.plated_high_95)}\u202f%`),
      el('td', {class: s.lowest_anode_potential_V < 0 ? 'bad' : 'good'}, signed(1000 * s.lowest_anode_potential_V, 1)),
      el('td', {}, s.most_exposure_Vs > 0 ? s.most_exposure_Vs.toPrecision(2) : '0'),
      el('td', {}, `${fixed(100 * s.reached / s.charges, 1)}\u202f%`),
      el('td', {}, fixed(s.minutes_p50, 1)), el('td', {}, `${fixed(s.minutes_p10, 0)} / ${fixed(s.minutes_p90, 0)}`),
      el('td', {}, isNumber(s.median_gap_V) ? fixed(1000 * s.median_gap_V, 1) : '–')))));

  const unique = (values) => [...new Set(values)].sort((a, b) => a - b);
  $('from').append(el('option', {value: ''}, 'any'), ...unique(p.fromPercent).map((v) => el('option', {value: v}, `${fixed(v, 0)}\u202f%`)));
  function times() {
    const [from, which] = [$('from').value, $('which').value];
    const chosen = places.filter((k) => (from === '' || p.fromPercent[k] === Number(from)) && (which === '' || p.charge[k] === Number(which)));
    const ages = unique(p.age);
    const cell = (all) => {
      const reached = all.filter((k) => p.reached[k]);
      const low = bounds(all.map((k) => p.lowestMv[k]))[0];
      return all.length === 0 ? el('td', {}, '–') : el('td', {}, fixed(median(reached.map((k) => p.minutes[k])), 1),
        el('small', {}, `90\u202f%: ${fixed(quantile(reached.map((k) => p.minutes[k]), 0.9), 0)}`),
        el('small', {}, `${reached.length} of ${all.length}`), el('small', {class: low < 0 ? 'bad' : ''}, `${signed(low, 1)} mV`));
    };
    $('times').replaceChildren(headRow(['', ...ages.map((a) => data.ages[a]), 'all']),
      el('tbody', {}, ...unique(p.ambientC).map((c) => {
        const row = chosen.filter((k) => p.ambientC[k] === c);
        return el('tr', {}, el('th', {scope: 'row'}, degrees(c)), ...ages.map((a) => cell(row.filter((k) => p.age[k] === a))), cell(row));
      })));
  }

  const HEAD = ['Battery', 'Conditions', 'Lowest, mV', 'Exposure, V·s', 'Minutes', 'Bound there, mV', 'What limited there', ''];
  function worst() {
    const list = data.worst[$('worst-by').value];
    $('worst').replaceChildren(headRow(HEAD), el('tbody', {}, ...list.map((w) => withCommand(el('tr', {},
      el('th', {scope: 'row'}, String(w.battery)),
      el('td', {class: 'text'}, `${w.charge === 1 ? 'First' : 'Second'}: ${data.ages[w.age]}, ${degrees(w.ambientC)}, from ${fixed(w.fromPercent, 0)}\u202f%`,
        el('small', {}, w.sensors)),
      el('td', {class: w.lowestMv < 0 ? 'bad' : 'good'}, signed(w.lowestMv, 2), el('small', {}, `at ${fixed(w.atMinutes, 1)} min`)),
      el('td', {}, w.exposure > 0 ? w.exposure.toPrecision(2) : '0'),
      el('td', {}, fixed(w.minutes, 1), ...(w.reached ? [] : [el('small', {class: 'bad'}, 'not reached')])),
      el('td', {}, signed(w.boundMv, 1)), el('td', {style: 'text-align: left'}, w.constraint)), w.command, HEAD.length))));
  }

  // --- choices ---------------------------------------------------------------------------------
  $('colour').addEventListener('change', () => {
    way = WAYS[Number($('colour').value)];
    part();
    plots();
  });
  $('range').addEventListener('change', plots);
  for (const id of ['from', 'which']) $(id).addEventListener('change', times);
  $('worst-by').addEventListener('change', worst);
  part();
  plots();
  times();
  worst();
  addEventListener('resize', plots);
  onTheme(plots);
})();
