/** The product's words for what the API names in capitals. */
const CONSTRAINT = {
  NONE: 'none',
  CURRENT: 'current',
  POWER: 'power',
  RAMP: 'ramp',
  VOLTAGE: 'cell voltage',
  ANODE_POTENTIAL: 'anode potential (lithium plating)',
  TEMPERATURE: 'temperature',
  STOICHIOMETRY: 'surface stoichiometry',
  ELECTROLYTE: 'electrolyte depletion',
  TARGET_SOC: 'target state of charge',
  SCHEDULE: 'the plan waits for the departure',
  VEHICLE: 'the vehicle',
  GUARD: 'the guard',
};

const SOURCE = {
  MPC: 'model-predictive control, fresh plan',
  BASELINE: 'baseline policy',
  SHIFTED_PLAN: 'rest of the last plan',
  RIDER: 'fallback: anode-potential rider',
  MAP: 'fallback: SoC × temperature map',
  LOW_CC: 'fallback: low current',
  ZERO: 'no current',
};

const STATUS = {
  OK: '', NOT_RUN: '', ITERATION_LIMIT: ' (not fully converged)', DEADLINE: ' (deadline)',
  INFEASIBLE: ' (no feasible plan)', NUMERICAL_FAILURE: ' (numerics failed)',
};

/** A kind colours a state; the sign says the same without colour. */
const STATES = {
  Charging: ['good', '▲'],
  Precharge: ['good', '△'],
  Finished: ['done', '✓'],
  Suspended: ['warn', '❚❚'],
  Stopping: ['warn', '▽'],
  Faulted: ['bad', '✕'],
  Connected: ['wait', '◇'],
  Authorised: ['wait', '◆'],
  Idle: ['idle', '○'],
  Starting: ['wait', '…'],
};

const SEVERITIES = { CRITICAL: 4, HIGH: 3, MEDIUM: 2, LOW: 1 };

export const constraint = (name) => CONSTRAINT[name] ?? spaced(name);
export const source = (name) => SOURCE[name] ?? spaced(name);
export const solved = (status) => STATUS[status] ?? '';
export const kindOf = (state) => (STATES[state] ?? ['wait', '◇'])[0];
export const signOf = (state) => (STATES[state] ?? ['wait', '◇'])[1];

/** `WaitingForCharger` and `ANODE_POTENTIAL` as words. */
export function spaced(name) {
  if (!name) return '–';
  const words = /^[A-Z0-9_]+$/.test(name) ? name.toLowerCase().replaceAll('_', ' ') : name.replace(/([a-z])([A-Z])/g, (m, a, b) => `${a} ${b.toLowerCase()}`);
  return words;
}

/** What an alarm says; one that is over says no more what it was about. */
export const alarmText = (a) => (a.active || !a.name ? a.message : `${spaced(a.name)}: ${a.message}`);

/** Severities come as OPC UA numbers (1–1000) or words; both become a word and a rank of 1–4. */
export function severity(value) {
  if (typeof value === 'number') {
    const rank = value >= 800 ? 4 : value >= 600 ? 3 : value >= 300 ? 2 : 1;
    return { rank, word: ['low', 'medium', 'high', 'critical'][rank - 1] };
  }
  const rank = SEVERITIES[String(value ?? '').toUpperCase()] ?? 2;
  return { rank, word: String(value ?? 'medium').toLowerCase() };
}
