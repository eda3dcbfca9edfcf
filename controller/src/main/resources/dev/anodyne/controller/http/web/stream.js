/**
 * Server-sent events over fetch. Unlike EventSource it hears every byte, keep-alives too, so that
 * silence is noticed; and it tells a refused log-in from a server that is gone.
 */
const SILENT_MILLIS = 20_000;
const SHORTEST_WAIT = 500;
const LONGEST_WAIT = 5000;

export class Stream {
  /** @param handlers opened(), closed(), refused(), missing(), event(name, data) */
  constructor(handlers) {
    this.handlers = handlers;
    this.heardAt = performance.now();
    this.isOpen = false;
    this.current = null;
  }

  /** Reads from an address from now on, again and again, until told otherwise. */
  open(address) {
    this.close();
    const life = new AbortController();
    this.current = life;
    this.run(address, life.signal);
  }

  close() {
    this.current?.abort();
    this.current = null;
    this.isOpen = false;
  }

  /** How long nothing at all has been heard, s. */
  silentSeconds() {
    return (performance.now() - this.heardAt) / 1000;
  }

  async run(address, life) {
    let wait = SHORTEST_WAIT;
    while (!life.aborted) {
      const attempt = new AbortController();
      const end = () => attempt.abort();
      life.addEventListener('abort', end);
      const status = await this.attempt(address, attempt, life);
      life.removeEventListener('abort', end);
      if (life.aborted) return;
      this.isOpen = false;
      if (status === 401) {
        this.handlers.refused();
        return;
      }
      if (status === 404 && address.includes('connector=')) {
        this.handlers.missing();
        return;
      }
      this.handlers.closed();
      if (status === 200) wait = SHORTEST_WAIT;
      await new Promise((resolve) => setTimeout(resolve, wait * (0.75 + Math.random() / 2)));
      wait = Math.min(LONGEST_WAIT, wait * 2);
    }
  }

  /** One connection, until it ends; gives its status, 0 without an answer. */
  async attempt(address, attempt, life) {
    const watch = setInterval(() => {
      if (this.isOpen && this.silentSeconds() * 1000 > SILENT_MILLIS) attempt.abort();
    }, 1000);
    let status = 0;
    try {
      const answer = await fetch(address, {
        headers: { Accept: 'text/event-stream' }, cache: 'no-store', credentials: 'same-origin', signal: attempt.signal,
      });
      status = answer.status;
      if (answer.ok && answer.body && !life.aborted) {
        this.isOpen = true;
        this.heardAt = performance.now();
        this.handlers.opened();
        await this.read(answer.body.pipeThrough(new TextDecoderStream()).getReader(), life);
      }
    } catch (e) {
      // Ended by the network, by silence or by us: the caller tries again, or knows why not.
    }
    clearInterval(watch);
    return status;
  }

  async read(reader, life) {
    let rest = '';
    for (;;) {
      const { done, value } = await reader.read();
      if (done || life.aborted) return;
      this.heardAt = performance.now();
      const blocks = (rest + value).split('\n\n');
      rest = blocks.pop();
      for (const block of blocks) this.tell(block);
    }
  }

  tell(block) {
    let name = 'message';
    const data = [];
    for (const line of block.split('\n')) {
      if (line.startsWith('event:')) name = line.slice(6).trim();
      else if (line.startsWith('data:')) data.push(line.slice(5).trimStart());
    }
    if (data.length) this.handlers.event(name, JSON.parse(data.join('\n')));
  }
}
