/**
 * A page that stays open for months outlives the server's versions. After each loss of contact it
 * asks which page the server has now, and takes it as soon as nobody is busy in this one.
 */
const OWN = /\/v\/(\w+)\//.exec(import.meta.url)?.[1] ?? null;
const TRIED = 'anodyne-page';

export class Upgrade {
  /** @param isBusy whether a reload would lose what somebody is doing */
  constructor(isBusy) {
    this.isBusy = isBusy;
    this.contact = null;
    this.newer = null;
  }

  /** Called with every change of the contact, and whenever something is drawn. */
  follow(contact) {
    const isBack = contact === 'live' && this.contact === 'lost';
    this.contact = contact;
    if (isBack) this.compare();
    if (this.newer && contact === 'live' && !this.isBusy()) this.take();
  }

  async compare() {
    if (!OWN) return;
    const page = await fetch('/', { cache: 'no-cache' }).then((answer) => (answer.ok ? answer.text() : '')).catch(() => '');
    const there = /\/v\/(\w+)\/main\.js/.exec(page)?.[1] ?? OWN;
    this.newer = there === OWN ? null : there;
  }

  /** Once for each version: a proxy that keeps an old page must not make this one reload for ever. */
  take() {
    const { newer } = this;
    this.newer = null;
    try {
      if (sessionStorage.getItem(TRIED) === newer) return;
      sessionStorage.setItem(TRIED, newer);
    } catch (e) {
      return;
    }
    location.reload();
  }
}
