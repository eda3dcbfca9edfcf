/**
 * Joins measured points, the bench's truth and the plan ahead into the arrays that the charts draw.
 * `undefined` marks a time that a curve has no point at; `null` is a real gap (nothing measured).
 * A curve's fourth entry is the source that carries it on where the first ends.
 */
const SAME_TIME = 1e-6;

export function charts(session) {
  const p = session.points;
  const time = p.timeSeconds ?? [];
  const record = session.summary?.record;
  const now = time.length ? time[time.length - 1] : 0;
  const plan = planOf(record, now);
  const measured = { time, columns: p };
  const ahead = { time: plan.time, columns: plan };
  const truth = { time: session.truth.timeSeconds ?? [], columns: session.truth };
  const goal = goalOf(session, time, plan.time);
  return {
    current: join([
      [measured, 'currentAmps', 'current'],
      [measured, 'currentLimitAmps', 'limit', ahead],
      [ahead, 'currentAmps', 'plan'],
    ]),
    voltage: join([
      [measured, 'voltageVolts', 'voltage'],
      [measured, 'voltageLimitVolts', 'limit', ahead],
      [ahead, 'voltageVolts', 'plan'],
    ]),
    temperature: join([
      [measured, 'temperatureCelsius', 'temperature'],
      [measured, 'temperatureLimitCelsius', 'limit', ahead],
      [ahead, 'temperatureCelsius', 'plan'],
    ]),
    soc: join([
      [measured, 'soc', 'soc'],
      [goal, 'target', 'target'],
      [ahead, 'soc', 'plan'],
    ]),
    anode: join([
      [measured, 'anodePotentialVolts', 'estimated'],
      [measured, 'anodePotentialLowerBoundVolts', 'bound'],
      [measured, 'anodePotentialMarginVolts', 'margin', ahead],
      [ahead, 'anodePotentialVolts', 'plan'],
      [truth, 'anodePotentialVolts', 'true'],
    ]),
  };
}

/** The target as one straight line over all. */
function goalOf(session, measured, ahead) {
  const last = ahead.length ? ahead[ahead.length - 1] : measured[measured.length - 1];
  const time = measured.length && last > measured[0] ? [measured[0], last] : [];
  const soc = session.summary?.goalSoc ?? session.summary?.record?.limits?.targetSoc ?? null;
  return { time, columns: { target: time.map(() => soc) } };
}

/** The plan on the session's time axis; it begins where the measured curve ends. */
function planOf(record, now) {
  const plan = record?.plan;
  const ahead = plan?.secondsAhead ?? [];
  if (!ahead.length || record.state.over) {
    return { time: [] };
  }
  const from = record.timeSeconds ?? now;
  const start = (first, values) => [first ?? values[0], ...values];
  const held = (limit) => [limit, ...ahead.map(() => limit)];
  const { limits } = record;
  return {
    time: [from, ...ahead.map((s) => from + s)],
    currentAmps: start(plan.currentAmps[0], plan.currentAmps),
    voltageVolts: start(record.voltageVolts, plan.voltageVolts),
    temperatureCelsius: start(record.temperatureCelsius, plan.temperatureCelsius),
    soc: start(record.soc, plan.soc ?? []),
    anodePotentialVolts: start(record.anodePotentialLowerBoundVolts, plan.anodePotentialVolts),
    currentLimitAmps: held(limits.maxChargeCurrentAmps),
    voltageLimitVolts: held(limits.maxVoltageVolts),
    temperatureLimitCelsius: held(limits.maxTemperatureCelsius),
    anodePotentialMarginVolts: held(limits.minAnodePotentialVolts),
  };
}

/** One time axis for all; equal times share a row. */
function join(curves) {
  const sources = [...new Set(curves.map(([source]) => source))].filter((s) => s.time.length);
  const at = sources.map(() => 0);
  const time = [];
  const rows = sources.map(() => []);
  for (;;) {
    let next = Infinity;
    sources.forEach((s, i) => {
      if (at[i] < s.time.length && s.time[at[i]] < next) next = s.time[at[i]];
    });
    if (next === Infinity) break;
    time.push(next);
    sources.forEach((s, i) => {
      const hit = at[i] < s.time.length && s.time[at[i]] - next <= SAME_TIME;
      rows[i].push(hit ? at[i]++ : -1);
    });
  }
  const data = [time];
  for (const [source, column, , later] of curves) {
    const values = valuesOf(source, column);
    const rest = later ? valuesOf(later, column) : [];
    data.push(later ? values.map((v, k) => (v === undefined ? rest[k] : v)) : values);
  }
  return { labels: ['time', ...curves.map(([, , label]) => label)], data };

  function valuesOf(source, column) {
    const row = rows[sources.indexOf(source)];
    const values = source.columns[column] ?? [];
    return row ? row.map((k) => (k < 0 ? undefined : values[k])) : time.map(() => undefined);
  }
}
