import { api } from './api.js';
import { announce } from './announce.js';
import { byId, h, mark, write } from './dom.js';
import { age } from './format.js';
import { Me } from './me.js';
import { address, parse } from './router.js';
import { Store } from './store.js';
import { Upgrade } from './upgrade.js';
import { severity, spaced } from './words.js';
import { AlarmsView } from './views/alarms.js';
import { AuditView } from './views/audit.js';
import { ChargeView } from './views/charge.js';
import { ChargesView } from './views/charges.js';
import { ConnectorView } from './views/connector.js';
import { LoginView } from './views/login.js';
import { PoliciesView } from './views/policies.js';
import { SiteView } from './views/site.js';

/** Twice a second is what eyes and screens need; the demo's few points may come faster. */
const SLOW_MILLIS = 480;
const MANY_POINTS = 4000;
const LONGEST_BLANK_MILLIS = 3000;

const store = new Store();
const me = new Me();
const context = { store, me, go: (name, id, query) => { location.hash = address(name, id, query); } };
const views = {
  site: new SiteView(byId('view-site'), context),
  connector: new ConnectorView(byId('view-connector'), context),
  charges: new ChargesView(byId('view-charges'), context),
  charge: new ChargeView(byId('view-charge'), context),
  policies: new PoliciesView(byId('view-policies'), context),
  alarms: new AlarmsView(byId('view-alarms'), context),
  audit: new AuditView(byId('view-audit'), context),
  login: new LoginView(byId('view-login'), context),
};
const NAV = [
  ['site', 'Site', () => true],
  ['charges', 'History', () => me.has('charges')],
  ['policies', 'Policies', () => me.has('policies')],
  ['alarms', 'Alarms', () => me.has('alarms')],
  ['audit', 'Audit', () => me.has('audit') && me.can('audit.read')],
];

/** For tests and the curious: what is drawn, exactly as the charts were given it. */
window.anodyne = { series: {}, session: null, summary: null, contact: 'wait', result: null, store };

const upgrade = new Upgrade(() => document.querySelector('dialog[open]') !== null || views.policies.isBusy()
  || ['INPUT', 'SELECT', 'TEXTAREA'].includes(document.activeElement?.tagName));

let current = null;
let needsLogin = false;
let settled = false;
let settling = false;
let drawing = false;
let drawnAt = 0;

store.onChange(() => {
  if (drawing) return;
  drawing = true;
  const slow = store.cards.size > 8 || (views.connector.count() > MANY_POINTS);
  const wait = slow ? Math.max(0, SLOW_MILLIS - (performance.now() - drawnAt)) : 0;
  setTimeout(() => requestAnimationFrame(() => {
    drawing = false;
    drawnAt = performance.now();
    show();
  }), wait);
});

store.onStateChange(({ card }) => announce(`${card.title}: ${spaced(card.state.name)}. ${card.state.reason ?? ''}`));

function show() {
  window.anodyne.contact = store.contact;
  upgrade.follow(store.contact);
  showContact();
  if (store.contact === 'refused' && !needsLogin) login();
  if (!settled) return;
  showBanner();
  route(false);
  views[current.name]?.update();
  showNav();
  const site = store.station?.name ?? '';
  write(byId('site-name'), site === 'Anodyne' ? '' : site);
}

/** What is shown is either live or says that it is not, and for how long. */
function showContact() {
  const contact = byId('contact');
  const old = age(store.ageSeconds());
  const words = { wait: 'Connecting', live: 'Live', silent: `No data for ${old}`, lost: `No contact for ${old}`, refused: 'Logged out' };
  mark(contact, 'data-state', store.contact);
  write(contact.lastElementChild, words[store.contact]);
  document.body.dataset.contact = store.contact;
}

function showBanner() {
  const banner = byId('banner');
  const [strong, span] = banner.children;
  let [head, body] = ['', ''];
  if (store.contact === 'lost') {
    [head, body] = ['No contact with the controller.', 'What you see is the last that was heard, and not live; trying again.'];
  } else if (store.contact === 'silent') {
    [head, body] = ['The controller is silent.', 'What you see is the last that was heard, and not live.'];
  } else if (current) {
    [head, body] = views[current.name].warning?.() ?? ['', ''];
  }
  banner.hidden = !head;
  write(strong, head);
  write(span, body);
}

/** The view that the address names; without one the site, or the connector where there is one. */
function wanted() {
  if (needsLogin) return { name: 'login', id: null, query: new URLSearchParams() };
  const asked = parse(location.hash);
  if (asked.name === 'connector' && !asked.id) return { ...asked, name: 'site' };
  if (asked.name === 'charges' && asked.id) return { ...asked, name: 'charge' };
  if (views[asked.name] && asked.name !== 'login') return asked;
  if (store.cards.size !== 1) return { ...asked, name: 'site' };
  // Once it is looked at it stays: a second connector must not take the page away.
  const only = [...store.cards.keys()][0];
  history.replaceState(null, '', address('connector', only));
  return { ...asked, name: 'connector', id: only };
}

function route(isByPerson) {
  const next = wanted();
  const key = `${next.name}/${next.id ?? ''}?${next.query}`;
  if (current?.key === key) return;
  if (current) views[current.name].hide?.();
  const changesView = current?.name !== next.name;
  current = { ...next, key };
  for (const [name, view] of Object.entries(views)) view.root.hidden = name !== next.name;
  store.watch(next.name === 'connector' ? next.id : null);
  views[next.name].show(next.id, next.query);
  if (isByPerson && changesView) {
    scrollTo(0, 0);
    byId('main').focus({ preventScroll: true });
  }
}

function showNav() {
  const nav = byId('nav');
  const links = NAV.filter(([, , isThere]) => isThere());
  const key = links.map(([name]) => name).join();
  if (nav.dataset.key !== key) {
    nav.dataset.key = key;
    nav.replaceChildren(...links.map(([name, label]) => h('a', { href: address(name), 'data-name': name }, label)));
  }
  const name = { connector: 'site', charge: 'charges' }[current.name] ?? current.name;
  for (const link of nav.children) mark(link, 'aria-current', link.dataset.name === name ? 'page' : null);
  showAlarmCount(nav.querySelector('[data-name=alarms]'));
  nav.hidden = needsLogin || links.length < 2 && store.cards.size < 2;
  byId('user').hidden = byId('logout').hidden = !me.authentication || needsLogin;
  write(byId('user'), me.user ? `${me.user} (${me.role})` : `everybody (${me.role})`);
  // Where everybody may look, a token gives more.
  write(byId('logout'), me.user ? 'Log out' : 'Log in');
}

/** On every view one sees that there are alarms, how many, and how grave. */
function showAlarmCount(link) {
  if (!link) return;
  const open = store.alarms.filter((a) => a.active || !a.acknowledged);
  const count = open.length + store.moreAlarms;
  let badge = link.querySelector('.badge');
  if (!badge) link.append(' ', badge = h('b', { class: 'badge' }));
  badge.hidden = !count;
  write(badge, count || '');
  mark(badge, 'data-rank', Math.max(0, ...open.filter((a) => a.active).map((a) => severity(a.severity).rank)));
}

function login() {
  needsLogin = true;
  settled = true;
  store.stream.close();
  route(false);
}

context.loggedIn = () => {
  needsLogin = false;
  store.forget();
  route(true);
  if (!store.stream.current) store.open();
};

api.onUnauthorised = () => {
  if (!needsLogin) login();
};

byId('logout').addEventListener('click', async () => {
  if (me.user) await me.logout();
  login();
});

byId('skip').addEventListener('click', (event) => {
  event.preventDefault();
  byId('main').focus();
});

const THEMES = ['auto', 'light', 'dark'];
function showTheme() {
  write(byId('theme'), `Theme: ${window.anodyneTheme.choice()}`);
}
byId('theme').addEventListener('click', () => {
  const next = THEMES[(THEMES.indexOf(window.anodyneTheme.choice()) + 1) % THEMES.length];
  window.anodyneTheme.choose(next);
  showTheme();
});

// What has been written and not saved is not lost by closing the page unawares.
addEventListener('beforeunload', (event) => {
  if (views.policies.isBusy()) event.preventDefault();
});

// A page that browsers keep for Back would hold its connection, and there are only six to an address.
addEventListener('pagehide', () => store.stream.close());
addEventListener('pageshow', (event) => {
  if (event.persisted && !needsLogin) store.open(store.watched);
});

addEventListener('hashchange', () => settled && route(true));
setInterval(() => store.tick(), 1000);

/** A server that tells of a station also tells who may do what; nothing is shown before that. */
async function settle(kind) {
  if (settled || settling) return;
  settling = true;
  if (kind === 'station') await me.load().catch(() => null);
  settled = true;
  show();
}

store.onEvent((name) => settle(name));
setTimeout(() => settle('silence'), LONGEST_BLANK_MILLIS);
showTheme();
const asked = parse(location.hash);
store.open(asked.name === 'connector' ? asked.id : null);
