// Named checks: each prints one JSON line. Asking: one JSON line out, one in.
import { createInterface } from 'node:readline';
import { isDeepStrictEqual, inspect } from 'node:util';

// Libraries talk to the console; standard output is for checks alone.
for (const level of ['log', 'info', 'warn', 'debug']) {
  console[level] = (...words) => process.stderr.write(words.map((w) => (typeof w === 'string' ? w : inspect(w))).join(' ') + '\n');
}

const only = process.env.INTEROP_ONLY; // part of a name, for working on single checks
const waiting = new Map();
let asked = 0;

const input = createInterface({ input: process.stdin });
input.on('line', (line) => {
  const answer = JSON.parse(line);
  const { resolve, reject } = waiting.get(answer.id);
  waiting.delete(answer.id);
  if ('error' in answer) reject(new Error(answer.error));
  else resolve(answer.result);
});

const say = (message) => process.stdout.write(JSON.stringify(message) + '\n');

/** Asks the process that runs this script for something. */
export function ask(order, args = {}) {
  return new Promise((resolve, reject) => {
    waiting.set(++asked, { resolve, reject });
    say({ ask: order, id: asked, with: args });
  });
}

/** Ends the script: nothing is asked any more. */
export function finish() {
  input.close();
  process.exit(0);
}

/** Checks something; that it fails is told, and the next check goes on. */
export async function check(name, body, seconds = 20) {
  if (only && !name.includes(only)) return;
  const begin = Date.now();
  let passed = true;
  let detail = '';
  try {
    await within(seconds, body());
  } catch (e) {
    passed = false;
    detail = e?.stack ?? String(e);
  }
  say({ check: name, passed, detail, seconds: (Date.now() - begin) / 1000 });
}

/** A promise's result, or a failure when it takes too long. */
export function within(seconds, promise) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${seconds} s`)), seconds * 1000);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

export const sleep = (millis) => new Promise((resolve) => setTimeout(resolve, millis));

/** Asks again and again until what comes is as it should be; fails with the last answer. */
export async function eventually(what, read, holds, seconds = 15) {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const value = await read();
    if (holds(value)) return value;
    if (Date.now() > end) throw new Error(`${what}: still ${show(value)} after ${seconds} s`);
    await sleep(100);
  }
}

export const show = (value) => (value?.toString && typeof value !== 'object' ? String(value) : inspect(value, { depth: 3, breakLength: 120 }));

export function equal(actual, expected, what = 'value') {
  if (!isDeepStrictEqual(actual, expected)) throw new Error(`${what} is ${show(actual)}, expected ${show(expected)}`);
}

export function ok(condition, what) {
  if (!condition) throw new Error(typeof what === 'function' ? what() : what);
}

export function near(actual, expected, tolerance, what = 'value') {
  ok(Math.abs(actual - expected) <= tolerance, () => `${what} is ${actual}, expected ${expected} within ${tolerance}`);
}

export function inRange(actual, low, high, what = 'value') {
  ok(actual >= low && actual <= high, () => `${what} is ${actual}, expected ${low} to ${high}`);
}

/** An OPC UA status by its name. */
export function status(actual, name, what = 'status') {
  equal(actual?.name ?? String(actual), name, what);
}

/** That something fails with a text or status. */
export async function fails(promise, text) {
  let got;
  try {
    await promise;
  } catch (e) {
    const said = `${e?.message ?? e} ${e?.response?.responseHeader?.serviceResult?.name ?? ''}`;
    const all = Array.isArray(text) ? text : [text];
    ok(all.some((t) => said.includes(t)), () => `it fails with '${said}', expected ${all.join(' or ')}`);
    return said;
  }
  throw new Error(`it did not fail, expected ${text}; got ${show(got)}`);
}
