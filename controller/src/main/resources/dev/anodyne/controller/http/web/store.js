/**
 * Every session's points, kept in step with the server's event stream. A new connection brings
 * everything again from the first point, so a page that was opened late, or lost contact, shows the
 * whole charge.
 */
export class Store {
  constructor() {
    this.sessions = new Map();
    this.result = null;
    this.contact = 'wait';
    this.listeners = [];
  }

  onChange(listener) {
    this.listeners.push(listener);
  }

  changed() {
    for (const listener of this.listeners) listener();
  }

  open() {
    const source = new EventSource('/api/v1/stream');
    source.addEventListener('open', () => this.setContact('live'));
    source.addEventListener('error', () => {
      this.setContact('lost');
      // A browser gives up after an answer that is no stream; a server that restarts gives such.
      if (source.readyState === EventSource.CLOSED) {
        setTimeout(() => this.open(), 2000);
      }
    });
    source.addEventListener('session', (event) => {
      if (!this.take(JSON.parse(event.data))) {
        source.close();
        this.open();
      }
    });
    source.addEventListener('result', (event) => {
      this.result = JSON.parse(event.data);
      this.changed();
    });
  }

  setContact(contact) {
    this.contact = contact;
    this.changed();
  }

  /** False when points are missing in between. */
  take(message) {
    let session = this.sessions.get(message.id);
    const fresh = message.from === 0 && message.truthFrom === 0;
    if (!session || fresh) {
      session = { id: message.id, generation: message.generation, points: {}, truth: {}, count: 0, truthCount: 0 };
      this.sessions.set(message.id, session);
    }
    const fits =
      session.generation === message.generation &&
      session.count === message.from &&
      session.truthCount === message.truthFrom;
    if (!fits) return false;
    session.count += append(session.points, message.points);
    session.truthCount += append(session.truth, message.truth);
    session.summary = message.summary;
    this.changed();
    return true;
  }
}

function append(columns, more) {
  for (const [name, values] of Object.entries(more)) {
    const column = (columns[name] ??= []);
    for (const value of values) column.push(value);
  }
  return more.timeSeconds ? more.timeSeconds.length : 0;
}
