import { api } from './api.js';

/** Who looks at the page, what they may do, and what this server has. */
export class Me {
  constructor() {
    this.role = null;
    this.user = null;
    this.authentication = false;
    this.may = null;
    this.features = new Set();
    /** False for a server that has sessions only, such as a demo's. */
    this.isFull = false;
  }

  /** Asks the server. */
  async load() {
    this.take(await api.get('/me'));
  }

  async login(token) {
    this.take(await api.post('/login', { token }));
  }

  async logout() {
    await api.post('/logout').catch(() => null);
    api.csrf = null;
  }

  take(answer) {
    this.role = answer.role ?? null;
    this.user = answer.user ?? null;
    this.authentication = answer.authentication === true;
    this.may = Array.isArray(answer.may) ? new Set(answer.may) : null;
    this.features = new Set(answer.features ?? []);
    this.isFull = this.features.has('station');
    api.csrf = answer.csrf ?? null;
  }

  /** The page shows what may be done; whether it is done the server decides. */
  can(command) {
    if (!this.isFull && command !== 'start' && command !== 'stop') return false;
    return this.may === null || this.may.has(command);
  }

  has(feature) {
    return this.features.has(feature);
  }
}
