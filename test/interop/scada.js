// node-opcua's client, as a SCADA system has one, on the station's server.
import { ask, check, finish, wanted } from './lib/checks.js';
import { Clients, namespaces } from './lib/opcua.js';

const topics = process.env.INTEROP_TOPICS?.split(',') ?? ['certificates', 'login', 'browse', 'nodeset', 'read', 'write', 'subscribe', 'history', 'methods'];

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
for (const topic of topics) {
  const { default: run } = await import(`./scada/${topic}.js`);
  try {
    await run(at);
  } catch (e) {
    await check(`client/${topic} goes through all its checks`, () => Promise.reject(e));
  }
}
await session.close();
await clients.close();
finish();
