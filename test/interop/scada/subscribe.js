// Subscriptions: what is told, how often, and what the server makes of wishes.
import opcua from '../lib/opcua.js';
import { check, equal, eventually, inRange, ok, sleep, status } from '../lib/checks.js';

const { AttributeIds, DataChangeFilter, DataChangeTrigger, DeadbandType, MonitoringMode, TimestampsToReturn } = opcua;

export default async function ({ session, clients, node }) {
  const value = (id) => ({ nodeId: node(id), attributeId: AttributeIds.Value });
  const subscribe = (more = {}) =>
    session.createSubscription2({ requestedPublishingInterval: 200, requestedLifetimeCount: 300, requestedMaxKeepAliveCount: 5, maxNotificationsPerPublish: 0, publishingEnabled: true, priority: 1, ...more });
  /** An item and what it has been told. */
  const watch = async (subscription, id, more = {}) => {
    const told = [];
    const item = await subscription.monitor(value(id), { samplingInterval: 100, discardOldest: true, queueSize: 10, ...more }, TimestampsToReturn.Both);
    item.on('changed', (v) => told.push(v));
    return { item, told };
  };
  const untilTold = (told, count, seconds = 10) => eventually('notifications', async () => told.length, (n) => n >= count, seconds);

  const subscription = await subscribe();
  await check('client/subscribe the first value comes at once', async () => {
    const { told, item } = await watch(subscription, 'CH01.Measurements.Voltage');
    await untilTold(told, 1);
    status(told[0].statusCode, 'Good');
    inRange(Date.now() - told[0].sourceTimestamp.getTime(), -500, 6000, 'age in ms');
    await item.terminate();
  });
  await check('client/subscribe changes come as they happen', async () => {
    const { told, item } = await watch(subscription, 'CH01.Measurements.Voltage');
    await untilTold(told, 4, 12);
    const times = told.map((v) => v.sourceTimestamp.getTime());
    ok(times.every((t, i) => i === 0 || t > times[i - 1]), `source times are ${times}`);
    await item.terminate();
  });
  await check('client/subscribe what another client writes is told', async () => {
    const { told, item } = await watch(subscription, 'CH02.Setpoints.TargetSoc');
    await untilTold(told, 1);
    const other = await clients.session({ user: 'operator' });
    for (const soc of [0.77, 0.8]) {
      status(await other.write({ ...value('CH02.Setpoints.TargetSoc'), value: { value: { dataType: opcua.DataType.Double, value: soc } } }), 'Good');
      await eventually('last value', async () => told.at(-1).value.value, (v) => v === soc);
    }
    await other.close();
    await item.terminate();
  });
  await check('client/subscribe nothing is told while nothing changes, but that it lives', async () => {
    const quiet = await subscribe({ requestedPublishingInterval: 100, requestedMaxKeepAliveCount: 3 });
    const { told } = await watch(quiet, 'CH01.Identification.Manufacturer');
    let alive = 0;
    quiet.on('keepalive', () => alive++);
    await untilTold(told, 1);
    await eventually('keep-alives', async () => alive, (n) => n >= 2, 8);
    equal(told.length, 1, 'notifications');
    await quiet.terminate();
  });
  await check('client/subscribe a deadband holds small changes back', async () => {
    const filter = new DataChangeFilter({ trigger: DataChangeTrigger.StatusValue, deadbandType: DeadbandType.Absolute, deadbandValue: 1000 });
    const { told, item } = await watch(subscription, 'CH01.Measurements.Voltage', { filter });
    const free = await watch(subscription, 'CH01.Measurements.Voltage');
    await untilTold(free.told, 4, 12);
    equal(told.length, 1, 'notifications with a deadband of 1000 V');
    await item.terminate();
    await free.item.terminate();
  });
  await check('client/subscribe a small deadband lets large changes through', async () => {
    const filter = new DataChangeFilter({ trigger: DataChangeTrigger.StatusValue, deadbandType: DeadbandType.Absolute, deadbandValue: 0.5 });
    const { told, item } = await watch(subscription, 'CH01.Session.ElapsedTime', { filter });
    await untilTold(told, 3, 10);
    const steps = told.slice(1).map((v, i) => v.value.value - told[i].value.value);
    ok(steps.every((s) => s > 0.5), `steps are ${steps}`);
    await item.terminate();
  });
  await check('client/subscribe a deadband on a text is refused', async () => {
    const filter = new DataChangeFilter({ trigger: DataChangeTrigger.StatusValue, deadbandType: DeadbandType.Absolute, deadbandValue: 1 });
    const answer = await session.createMonitoredItems({
      subscriptionId: subscription.subscriptionId,
      timestampsToReturn: TimestampsToReturn.Both,
      itemsToCreate: [{ itemToMonitor: value('CH01.Policy.Reason'), monitoringMode: MonitoringMode.Reporting, requestedParameters: { clientHandle: 7001, samplingInterval: 100, filter, queueSize: 1 } }],
    });
    ok(['BadFilterNotAllowed', 'BadMonitoredItemFilterUnsupported'].includes(answer.results[0].statusCode.name), `status ${answer.results[0].statusCode.name}`);
  });
  await check('client/subscribe an unknown node is Bad_NodeIdUnknown', async () => {
    const answer = await session.createMonitoredItems({
      subscriptionId: subscription.subscriptionId,
      timestampsToReturn: TimestampsToReturn.Both,
      itemsToCreate: [{ itemToMonitor: value('CH01.Nothing'), monitoringMode: MonitoringMode.Reporting, requestedParameters: { clientHandle: 7002, samplingInterval: 100, queueSize: 1 } }],
    });
    status(answer.results[0].statusCode, 'BadNodeIdUnknown');
  });
  await check('client/subscribe a queue that is too long is revised', async () => {
    const { item } = await watch(subscription, 'CH01.Measurements.Current', { queueSize: 60_000 });
    inRange(item.result.revisedQueueSize, 1, 1000, 'revised queue');
    await item.terminate();
  });
  await check('client/subscribe a sampling interval that cannot be kept is revised', async () => {
    const { item } = await watch(subscription, 'CH01.Identification.Manufacturer', { samplingInterval: 1 });
    ok(item.result.revisedSamplingInterval >= 100, `revised to ${item.result.revisedSamplingInterval} ms`);
    await item.terminate();
  });
  await check('client/subscribe a publishing interval that is too short is revised', async () => {
    const fast = await session.createSubscription({ requestedPublishingInterval: 0.1, requestedLifetimeCount: 300, requestedMaxKeepAliveCount: 10, maxNotificationsPerPublish: 0, publishingEnabled: true, priority: 0 });
    ok(fast.revisedPublishingInterval >= 10, `revised to ${fast.revisedPublishingInterval} ms`);
    ok(fast.revisedLifetimeCount >= 3 * fast.revisedMaxKeepAliveCount, `life time ${fast.revisedLifetimeCount}, keep-alive ${fast.revisedMaxKeepAliveCount}`);
    await session.deleteSubscriptions({ subscriptionIds: [fast.subscriptionId] });
  });
  await check('client/subscribe a queue keeps what publishing cannot keep up with', async () => {
    const slow = await subscribe({ requestedPublishingInterval: 3000 });
    const { told } = await watch(slow, 'CH01.Measurements.Voltage', { queueSize: 20, samplingInterval: 100 });
    await untilTold(told, 5, 15);
    ok(told.length >= 5, `${told.length} were told`);
    await slow.terminate();
  }, 30);
  await check('client/subscribe a disabled item is silent and an enabled one speaks again', async () => {
    const { told, item } = await watch(subscription, 'CH01.Measurements.Voltage');
    await untilTold(told, 1);
    await item.setMonitoringMode(MonitoringMode.Disabled);
    await sleep(500);
    const before = told.length;
    await sleep(2000);
    equal(told.length, before, 'notifications while disabled');
    await item.setMonitoringMode(MonitoringMode.Reporting);
    await untilTold(told, before + 1);
    await item.terminate();
  });
  await check('client/subscribe publishing is switched off and on', async () => {
    const own = await subscribe();
    const { told } = await watch(own, 'CH01.Measurements.Voltage');
    await untilTold(told, 1);
    await own.setPublishingMode(false);
    await sleep(600);
    const before = told.length;
    await sleep(1800);
    equal(told.length, before, 'notifications while it is off');
    await own.setPublishingMode(true);
    await untilTold(told, before + 1);
    await own.terminate();
  });
  await check('client/subscribe five hundred items at once', async () => {
    const many = await subscribe();
    const group = await many.monitorItems(Array.from({ length: 500 }, (_, i) => value(i % 2 ? 'CH01.Measurements.Voltage' : 'CH01.Measurements.Current')), { samplingInterval: 500, discardOldest: true, queueSize: 2 }, TimestampsToReturn.Both);
    const heard = new Set();
    group.on('changed', (item, v, index) => heard.add(index));
    await eventually('items that were told', async () => heard.size, (n) => n === 500, 10);
    await many.terminate();
  }, 30);
  await check('client/subscribe a deleted subscription is gone', async () => {
    const { subscriptionId } = await session.createSubscription({ requestedPublishingInterval: 200, requestedLifetimeCount: 300, requestedMaxKeepAliveCount: 10, maxNotificationsPerPublish: 0, publishingEnabled: true, priority: 0 });
    const first = await session.deleteSubscriptions({ subscriptionIds: [subscriptionId] });
    const second = await session.deleteSubscriptions({ subscriptionIds: [subscriptionId] });
    equal([first.results[0].name, second.results[0].name], ['Good', 'BadSubscriptionIdInvalid']);
  });
  await subscription.terminate();
}
