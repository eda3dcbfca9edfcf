import { Charts } from './charts.js';
import { showBanner, showResult, showSession, showTable } from './panel.js';
import { charts as seriesOf } from './series.js';
import { Store } from './store.js';

const store = new Store();
const charts = new Charts();
const tableCard = document.getElementById('table-card');
let chosen = null;
let drawing = false;
let shownResult = null;

/** For tests and the curious: what is drawn, exactly as the charts were given it. */
window.anodyne = { series: {}, session: null, summary: null, contact: 'wait', result: null };

store.onChange(() => {
  if (drawing) return;
  drawing = true;
  requestAnimationFrame(() => {
    drawing = false;
    show();
  });
});

function show() {
  const session = store.sessions.get(chosen) ?? [...store.sessions.values()][0];
  const contact = document.getElementById('contact');
  contact.dataset.state = store.contact;
  contact.lastElementChild.textContent = { wait: 'Connecting', live: 'Live', lost: 'No contact' }[store.contact];
  document.body.dataset.contact = store.contact;
  window.anodyne.contact = store.contact;
  showBanner(store, session);
  if (store.result !== shownResult) {
    shownResult = store.result;
    window.anodyne.result = store.result;
    showResult(store.result);
  }
  if (!session?.summary) return;
  showTabs(session);
  showSession(session, store.contact);
  const time = session.points.timeSeconds ?? [];
  for (const { plot } of charts.plots.values()) plot.anodyneNow = time[time.length - 1];
  window.anodyne.series = charts.draw(seriesOf(session));
  window.anodyne.session = session.id;
  window.anodyne.summary = session.summary;
  if (tableCard.open) showTable(session);
}

function showTabs(session) {
  const tabs = document.getElementById('tabs');
  tabs.hidden = store.sessions.size < 2;
  if (tabs.hidden) return;
  if (tabs.children.length !== store.sessions.size) {
    tabs.replaceChildren(...[...store.sessions.values()].map((s) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.dataset.id = s.id;
      button.textContent = s.summary.title;
      button.addEventListener('click', () => {
        chosen = s.id;
        show();
      });
      return button;
    }));
  }
  for (const button of tabs.children) button.setAttribute('aria-current', String(button.dataset.id === session.id));
}

tableCard.addEventListener('toggle', () => store.changed());

const ask = document.getElementById('ask');
const button = document.getElementById('stop');
button.addEventListener('click', () => {
  if (button.dataset.action === 'start') order('start');
  else ask.showModal();
});
ask.addEventListener('close', () => {
  if (ask.returnValue === 'yes') order('stop');
});

async function order(action) {
  const id = encodeURIComponent(window.anodyne.session ?? '');
  const answer = await fetch(`/api/v1/sessions/${id}/${action}`, { method: 'POST' }).catch(() => null);
  if (answer?.ok) return;
  const problem = await answer?.json().catch(() => null);
  window.alert(problem?.detail ?? 'The controller did not answer.');
}

store.open();
