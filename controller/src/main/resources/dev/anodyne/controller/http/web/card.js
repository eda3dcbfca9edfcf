/**
 * A connector's card from a session's summary, for a server that tells no cards of its own. Values
 * of the whole battery; unknown is null.
 */
export function cardOf(summary) {
  const record = summary.record ?? {};
  const number = (x) => (typeof x === 'number' ? x : null);
  return {
    id: summary.id,
    title: summary.title,
    state: { name: summary.state.name, reason: summary.state.reason, over: summary.state.over, since: null },
    link: record.link ?? null,
    charge: record.charge ?? null,
    cell: summary.cell,
    layout: record.layout ?? null,
    policy: summary.policy,
    estimator: summary.estimator,
    soc: number(record.soc),
    targetSoc: number(summary.goalSoc) ?? number(record.limits?.targetSoc),
    powerWatts: number(record.packPowerWatts),
    currentAmps: number(record.packCurrentAmps),
    voltageVolts: number(record.packVoltageVolts),
    temperatureCelsius: number(record.temperatureCelsius),
    anodePotentialVolts: number(record.anodePotentialVolts),
    anodePotentialLowerBoundVolts: number(record.anodePotentialLowerBoundVolts),
    minAnodePotentialVolts: number(record.limits?.minAnodePotentialVolts),
    remainingSeconds: number(record.remainingSeconds),
    elapsedSeconds: number(record.elapsedSeconds),
    activeConstraint: record.activeConstraint ?? null,
    why: record.why ?? '',
    fallback: FALLBACKS.has(record.decision?.source),
    alarms: { count: 0, highestSeverity: null },
    held: { emergencyStop: false, fault: false, acknowledgedBy: '' },
  };
}

const FALLBACKS = new Set(['SHIFTED_PLAN', 'RIDER', 'MAP', 'LOW_CC']);

/** How far the bound of the anode potential is above its margin, V; null when not known. */
export function marginOf(card) {
  const bound = card.anodePotentialLowerBoundVolts;
  return typeof bound === 'number' ? bound - (card.minAnodePotentialVolts ?? 0) : null;
}

/** Something here waits for a person. */
export const needsPerson = (card) =>
  card.state?.name === 'Faulted' || card.held?.emergencyStop || card.held?.fault || (card.alarms?.count ?? 0) > 0;

export const isCharging = (card) => ['Charging', 'Precharge', 'Stopping'].includes(card.state?.name);
