// node-opcua's client, as SCADA systems have one, on the station's server.
import { ask, check, finish } from './lib/checks.js';
import { Clients, namespaces } from './lib/opcua.js';

// One after the other, and within each several at a time: most of it is waiting for the next period.
// What works the processor hard or changes what others look at has a time of its own.
const STAGES = [
  [['nodeset']],
  [['certificates', 'security', 'roles', 'limits', 'login'], ['browse', 'read', 'write', 'history', 'methods'], ['subscribe'], ['transfer']],
  [['stale', 'alarms'], ['audit']],
];
const chosen = process.env.INTEROP_TOPICS?.split(','); // for working on single topics

const world = await ask('world');
const clients = new Clients(world.url, world.folder);
const session = await clients.session();
const ns = await namespaces(session);
const at = {
  ...world,
  clients,
  session,
  ask,
  ns,
  node: (id) => `ns=${ns.instances};s=${id}`,
  type: (id) => `ns=${ns.types};s=${id}`,
};

async function run(topics) {
  for (const topic of topics) {
    const { default: checks } = await import(`./scada/${topic}.js`);
    try {
      await checks(at);
    } catch (e) {
      await check(`client/${topic} goes through all its checks`, () => Promise.reject(e));
    }
  }
}

for (const stage of chosen ? [[chosen]] : STAGES) {
  await Promise.all(stage.map(run));
}
await session.close();
await clients.close();
finish();
