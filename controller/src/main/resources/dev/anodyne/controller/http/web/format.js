/** Numbers for people. Everything that is not known is an en dash. */
export const known = (x) => typeof x === 'number' && Number.isFinite(x);

export function fixed(x, digits) {
  if (!known(x)) return '–';
  const text = x.toFixed(digits);
  return (Number(text) === 0 ? text.replace('-', '') : text).replace('-', '−');
}

export const millivolts = (x, digits = 0) => (known(x) ? fixed(x * 1000, digits) : '–');

export const percent = (x, digits = 0) => (known(x) ? `${fixed(x * 100, digits)} %` : '–');

/** Minutes and seconds, or hours and minutes from one hour on. */
export function duration(seconds) {
  if (!known(seconds)) return '–';
  const s = Math.max(0, Math.round(seconds));
  const two = (n) => String(n).padStart(2, '0');
  if (s >= 3600) return `${Math.floor(s / 3600)} h ${two(Math.floor((s % 3600) / 60))} min`;
  return `${Math.floor(s / 60)}:${two(s % 60)} min`;
}

/** A short age: 12 s, 4 min, 3 h, 2 d. */
export function age(seconds) {
  if (!known(seconds)) return '–';
  const s = Math.max(0, seconds);
  if (s < 100) return `${Math.round(s)} s`;
  if (s < 6000) return `${Math.round(s / 60)} min`;
  return s < 172_800 ? `${Math.round(s / 3600)} h` : `${Math.round(s / 86_400)} d`;
}

/** Milliseconds with as many digits as they deserve. */
export const millis = (x) => (known(x) ? `${fixed(x, x < 10 ? 1 : 0)} ms` : '–');

/** A count with its thousands apart. */
export const whole = (x) => (known(x) ? Math.round(x).toLocaleString('en').replaceAll(',', '\u202f') : '–');

/** Watts with a prefix that keeps three figures. */
export function power(watts) {
  if (!known(watts)) return '–';
  const size = Math.abs(watts);
  if (size >= 999_500) return `${fixed(watts / 1e6, 2)} MW`;
  if (size >= 99_950) return `${fixed(watts / 1e3, 0)} kW`;
  if (size >= 999.5) return `${fixed(watts / 1e3, 1)} kW`;
  return `${fixed(watts, 0)} W`;
}

export function energy(wattHours) {
  if (!known(wattHours)) return '–';
  return Math.abs(wattHours) >= 1000 ? `${fixed(wattHours / 1000, 1)} kWh` : `${fixed(wattHours, 0)} Wh`;
}

const DATE_TIME = new Intl.DateTimeFormat([], { dateStyle: 'medium', timeStyle: 'short' });
const EXACT_TIME = new Intl.DateTimeFormat([], { dateStyle: 'medium', timeStyle: 'medium' });
const CLOCK = new Intl.DateTimeFormat([], { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });

const parsed = (iso) => {
  const at = iso === null || iso === undefined || iso === '' ? NaN : new Date(iso).getTime();
  return Number.isFinite(at) ? at : null;
};

/** An instant in the reader's own time. */
export const dateTime = (iso) => (parsed(iso) === null ? '–' : DATE_TIME.format(parsed(iso)));
/** The same to the second. */
export const exactTime = (iso) => (parsed(iso) === null ? '–' : EXACT_TIME.format(parsed(iso)));
export const clock = (iso) => (parsed(iso) === null ? '–' : CLOCK.format(parsed(iso)));

export function text(id, value) {
  const node = document.getElementById(id);
  if (node.textContent !== value) node.textContent = value;
}

/** Local midnight of a date (2026-01-31), or of the days after it, as an instant; null without one. */
export function dayStart(date, after) {
  if (!date) return null;
  const [year, month, day] = date.split('-').map(Number);
  return new Date(year, month - 1, day + after).toISOString();
}
