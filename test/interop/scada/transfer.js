// Subscriptions that outlive what carried them: a notification, a session, a connection.
import opcua from '../lib/opcua.js';
import { check, equal, eventually, fails, status } from '../lib/checks.js';
import { proxy } from '../lib/proxy.js';

const { AttributeIds, MonitoringMode, PublishRequest, RepublishRequest, TimestampsToReturn } = opcua;

export default async function ({ session, clients, node }) {
  const value = (id) => ({ nodeId: node(id), attributeId: AttributeIds.Value });
  const untilTold = (told, count, seconds = 10) => eventually('notifications', async () => told.length, (n) => n >= count, seconds);

  await check('client/subscribe a lost notification is published again, until it is acknowledged', async () => {
    const own = await clients.session({ user: 'observer' });
    const { subscriptionId } = await own.createSubscription({ requestedPublishingInterval: 100, requestedLifetimeCount: 300, requestedMaxKeepAliveCount: 10, maxNotificationsPerPublish: 0, publishingEnabled: true, priority: 0 });
    await own.createMonitoredItems({
      subscriptionId,
      timestampsToReturn: TimestampsToReturn.Both,
      itemsToCreate: [{ itemToMonitor: value('CH01.Measurements.Voltage'), monitoringMode: MonitoringMode.Reporting, requestedParameters: { clientHandle: 1, samplingInterval: 100, queueSize: 5 } }],
    });
    const publish = (subscriptionAcknowledgements) => own.performMessageTransaction(new PublishRequest({ subscriptionAcknowledgements }));
    const first = await publish([]);
    const { sequenceNumber, notificationData } = first.notificationMessage;
    const ask = () => own.performMessageTransaction(new RepublishRequest({ subscriptionId, retransmitSequenceNumber: sequenceNumber }));
    const again = (await ask()).notificationMessage;
    equal([again.sequenceNumber, String(again.notificationData)], [sequenceNumber, String(notificationData)]);
    status((await publish([{ subscriptionId, sequenceNumber }])).results[0], 'Good');
    await fails(ask(), 'BadMessageNotAvailable');
    await own.close();
  });
  await check('client/subscribe a subscription is taken over by another session', async () => {
    const other = await clients.session();
    const old = await session.createSubscription({ requestedPublishingInterval: 200, requestedLifetimeCount: 300, requestedMaxKeepAliveCount: 10, maxNotificationsPerPublish: 0, publishingEnabled: true, priority: 0 });
    const answer = await other.transferSubscriptions({ subscriptionIds: [old.subscriptionId], sendInitialValues: true });
    status(answer.results[0].statusCode, 'Good');
    const gone = await session.deleteSubscriptions({ subscriptionIds: [old.subscriptionId] });
    status(gone.results[0], 'BadSubscriptionIdInvalid');
    const mine = await other.deleteSubscriptions({ subscriptionIds: [old.subscriptionId] });
    status(mine.results[0], 'Good');
    await other.close();
  });
  await check('client/subscribe a subscription goes on after its connection was cut', async () => {
    const network = await proxy(clients.url);
    const client = await clients.make({ connectionStrategy: { maxRetry: 20, initialDelay: 100, maxDelay: 500 }, keepSessionAlive: true, discoveryUrl: clients.url });
    await client.connect(network.url);
    const own = await client.createSession(clients.identity('engineer'));
    const kept = await own.createSubscription2({ requestedPublishingInterval: 200, requestedLifetimeCount: 300, requestedMaxKeepAliveCount: 5, publishingEnabled: true });
    const told = [];
    const item = await kept.monitor(value('CH01.Measurements.Voltage'), { samplingInterval: 100, queueSize: 10, discardOldest: true }, TimestampsToReturn.Both);
    item.on('changed', (v) => told.push(v));
    await untilTold(told, 2);
    network.cut();
    const before = told.length;
    await untilTold(told, before + 2, 20);
    await own.close();
    await client.disconnect();
    await network.close();
  }, 45);
}
