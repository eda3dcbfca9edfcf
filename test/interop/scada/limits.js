// Bounds on what clients may make the server keep, as the station's file has them.
import opcua from '../lib/opcua.js';
import { check, equal, fails, ok, status } from '../lib/checks.js';

const { AttributeIds } = opcua;

export default async function ({ clients, session, node }) {
  await check('client/limits no more sessions of a user than allowed', async () => {
    const open = [];
    try {
      for (let i = 0; i < 12; i++) open.push(await clients.session({ user: 'crowd' }));
      await fails(clients.session({ user: 'crowd' }), 'BadTooManySessions');
      await open.pop().close();
      open.push(await clients.session({ user: 'crowd' }));
    } finally {
      await Promise.all(open.map((s) => s.close().catch(() => {})));
    }
  }, 60);
  await check('client/limits no more subscriptions of a session than allowed', async () => {
    const own = await clients.session({ user: 'observer' });
    const make = () => own.createSubscription({ requestedPublishingInterval: 1000, requestedLifetimeCount: 100, requestedMaxKeepAliveCount: 10, maxNotificationsPerPublish: 0, publishingEnabled: true, priority: 0 });
    for (let i = 0; i < 10; i++) await make();
    await fails(make(), 'BadTooManySubscriptions');
    await own.close(true);
  });
  await check('client/limits no more values of one read than allowed', () => {
    const many = Array.from({ length: 1001 }, () => ({ nodeId: node('CH01.Health.Link'), attributeId: AttributeIds.Value }));
    return fails(session.performMessageTransaction(new opcua.ReadRequest({ nodesToRead: many })), 'BadTooManyOperations');
  });
  await check('client/limits an empty request is Bad_NothingToDo', () => fails(session.performMessageTransaction(new opcua.ReadRequest({ nodesToRead: [] })), 'BadNothingToDo'));
  await check('client/limits they are told in ServerCapabilities', async () => {
    const [reads, sessions] = await session.read(['i=11705', 'i=24095'].map((nodeId) => ({ nodeId, attributeId: AttributeIds.Value })));
    equal([reads.value?.value, reads.statusCode.name], [1000, 'Good']);
  });
  await check('client/limits the time-out of a session is revised', async () => {
    const client = await clients.make({ requestedSessionTimeout: 86_400_000 });
    await client.connect(clients.url);
    const own = await client.createSession(clients.identity('observer'));
    ok(own.timeout <= 60_000, `revised to ${own.timeout} ms`);
    await own.close();
    await client.disconnect();
  });
}
