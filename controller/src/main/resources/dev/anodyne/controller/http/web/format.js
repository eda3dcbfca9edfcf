/** Numbers for people. Everything that is not known is an en dash. */
export const known = (x) => typeof x === 'number' && Number.isFinite(x);

export function fixed(x, digits) {
  if (!known(x)) return '–';
  const text = x.toFixed(digits);
  return (Number(text) === 0 ? text.replace('-', '') : text).replace('-', '−');
}

export const millivolts = (x, digits = 0) => (known(x) ? fixed(x * 1000, digits) : '–');

/** Minutes and seconds, or hours and minutes from one hour on. */
export function duration(seconds) {
  if (!known(seconds)) return '–';
  const s = Math.max(0, Math.round(seconds));
  const two = (n) => String(n).padStart(2, '0');
  if (s >= 3600) return `${Math.floor(s / 3600)} h ${two(Math.floor((s % 3600) / 60))} min`;
  return `${Math.floor(s / 60)}:${two(s % 60)} min`;
}

/** Milliseconds with as many digits as they deserve. */
export const millis = (x) => (known(x) ? `${fixed(x, x < 10 ? 1 : 0)} ms` : '–');

export function text(id, value) {
  const node = document.getElementById(id);
  if (node.textContent !== value) node.textContent = value;
}
