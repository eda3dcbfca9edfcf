/**
 * The server's HTTP interface. Every refusal becomes a {@link Refusal} whose message is a sentence for
 * people; commands carry a key, so that one which is sent again is not carried out twice.
 */
const BASE = '/api/v1';

/** Why the server refused, from its problem+json; status 0 is no answer at all. */
export class Refusal extends Error {
  constructor(status, problem) {
    super(sentence(status, problem));
    this.name = 'Refusal';
    this.status = status;
    this.problem = problem ?? {};
  }
}

function sentence(status, problem) {
  if (status === 0) return 'The controller did not answer.';
  if (problem?.detail) {
    const more = (problem.errors ?? []).map((e) => e.message).filter((m) => m && !problem.detail.includes(m));
    return [problem.detail, ...more].join(' ');
  }
  return problem?.title ? `${problem.title}.` : `The controller refused with status ${status}.`;
}

class Api {
  constructor() {
    this.csrf = null;
    this.onUnauthorised = () => {};
  }

  get(path) {
    return this.request('GET', path);
  }

  post(path, body) {
    return this.request('POST', path, body ?? {});
  }

  put(path, body) {
    return this.request('PUT', path, body);
  }

  delete(path) {
    return this.request('DELETE', path);
  }

  async request(method, path, body) {
    const headers = { Accept: 'application/json, application/problem+json' };
    const options = { method, headers, cache: 'no-store', credentials: 'same-origin' };
    if (method !== 'GET') {
      headers['Idempotency-Key'] = key();
      if (this.csrf) headers['X-Anodyne-CSRF'] = this.csrf;
    }
    if (body !== undefined) {
      headers['Content-Type'] = 'application/json';
      options.body = JSON.stringify(body);
    }
    let answer;
    try {
      answer = await fetch(BASE + path, options);
    } catch (e) {
      throw new Refusal(0, null);
    }
    const content = await read(answer);
    if (answer.status === 401 && path !== '/login') this.onUnauthorised();
    if (!answer.ok) throw new Refusal(answer.status, typeof content === 'object' ? content : null);
    return content;
  }
}

async function read(answer) {
  const text = await answer.text().catch(() => '');
  if (!/json/.test(answer.headers.get('Content-Type') ?? '')) return text;
  try {
    return JSON.parse(text);
  } catch (e) {
    return null;
  }
}

/** randomUUID is there on secure origins only; a station may be reached by plain HTTP. */
function key() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((b) => b.toString(16).padStart(2, '0')).join('');
}

/** A query string from what is set. */
export function query(parameters) {
  const set = Object.entries(parameters).filter(([, v]) => v !== null && v !== undefined && v !== '');
  return set.length ? `?${new URLSearchParams(set)}` : '';
}

export const part = encodeURIComponent;
export const api = new Api();
