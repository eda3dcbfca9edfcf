import { byId } from './dom.js';

/**
 * Speaks to screen readers: states and alarms, never values. What comes together is said together,
 * and a crowd is counted instead of read.
 */
const TOGETHER_MILLIS = 1500;
const MOST = 3;
let waiting = [];
let timer = null;

export function announce(text) {
  waiting.push(text);
  timer ??= setTimeout(say, TOGETHER_MILLIS);
}

function say() {
  const node = byId('announcer');
  const more = waiting.length - MOST;
  node.textContent = waiting.slice(0, MOST).join(' ') + (more > 0 ? ` And ${more} more changes.` : '');
  waiting = [];
  timer = null;
}
