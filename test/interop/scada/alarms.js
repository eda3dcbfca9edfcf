// Alarms and conditions: raised by the charger's own faults, acknowledged, refreshed, retained.
import opcua from '../lib/opcua.js';
import { ask, check, equal, eventually, inRange, ok, sleep, status } from '../lib/checks.js';
import { typeOf, watch } from '../lib/events.js';
import { caller, text } from './methods.js';

const { AttributeIds, DataType, Variant } = opcua;
const CONDITION = 'ns=0;i=2782';

export default async function (at) {
  const { clients, session, node } = at;
  const operator = await clients.session({ user: 'operator' });
  const id = (name, charger = 'CH01') => node(`${charger}.Alarms.${name}`);
  const isOf = (name, charger) => (event) => event.ConditionId?.toString() === id(name, charger);
  const call = (own, objectId, methodId, ...inputArguments) => own.call({ objectId, methodId, inputArguments }).then((answer) => answer.statusCode);
  /** Refreshes are held apart: one that comes too early is asked for again. */
  const refresh = (expected, ...how) =>
    eventually('refresh', () => call(session, CONDITION, ...how).catch((e) => ({ name: e.response?.responseHeader.serviceResult.name ?? String(e) })), (s) => s.name !== 'BadRefreshInProgress', 10).then((s) => status(s, expected));
  const bytes = (value) => new Variant({ dataType: DataType.ByteString, value });
  const comment = (value) => new Variant({ dataType: DataType.LocalizedText, value: { text: value } });
  const acknowledge = (own, name, eventId, words = 'Seen.') => call(own, id(name), 'i=9111', bytes(eventId), comment(words));
  const number = (value) => new Variant({ dataType: DataType.UInt32, value });

  const server = await watch(session, 'i=2253', CONDITION);
  const own = await watch(session, node('CH01'), CONDITION);
  const other = await watch(session, node('CH02'), CONDITION);
  let raised;

  await check('client/alarms a fault of the charger raises its alarm', async () => {
    await ask('fault', { name: 'OVER_TEMPERATURE' });
    raised = await server.until('alarm', (e) => isOf('ThermalFault')(e) && e['ActiveState.Id'] === true);
    equal([raised['AckedState.Id'], raised.Retain, raised.Severity, raised['EnabledState.Id']], [false, true, 700, true]);
  });
  await check('client/alarms an event says what, where, when and since', async () => {
    equal([raised.SourceNode.toString(), raised.SourceName, raised.ConditionName], [node('CH01'), 'CH01', 'ThermalFault']);
    equal(typeOf(raised), 'i=10637');
    ok(raised.Message.text.length > 10, `message is ${raised.Message.text}`);
    inRange(Date.now() - raised.Time.getTime(), -500, 15_000, 'age in ms');
    ok(raised.EventId.length > 0, 'the event has no id');
    equal(raised.BranchId?.isEmpty() ?? true, true, 'branch is null');
  });
  await check('client/alarms the charger itself tells its own', () => own.until('alarm', (e) => isOf('ThermalFault')(e) && e['ActiveState.Id'] === true));
  await check('client/alarms another charger does not tell them', async () => {
    await sleep(500);
    ok(!other.heard.some(isOf('ThermalFault')), 'it did');
  });
  await check('client/alarms the condition stands in the address space', async () => {
    const [active, acked, retain] = await session.read(['ActiveState.Id', 'AckedState.Id', 'Retain'].map((n) => ({ nodeId: `${id('ThermalFault')}.${n}`, attributeId: AttributeIds.Value })));
    equal([active.value.value, acked.value.value, retain.value.value], [true, false, true]);
  });
  await check('client/alarms an observer may not acknowledge', async () => {
    const observer = await clients.session({ user: 'observer' });
    status(await acknowledge(observer, 'ThermalFault', raised.EventId), 'BadUserAccessDenied');
    await observer.close();
  });
  await check('client/alarms acknowledging an unknown event is Bad_EventIdUnknown', async () => status(await acknowledge(operator, 'ThermalFault', Buffer.from('nonsense')), 'BadEventIdUnknown'));
  await check('client/alarms an operator acknowledges', async () => {
    const from = server.heard.length;
    status(await acknowledge(operator, 'ThermalFault', raised.EventId, 'On my way.'), 'Good');
    const event = await server.until('acknowledged', (e) => isOf('ThermalFault')(e) && e['AckedState.Id'] === true, { from });
    equal([event.Comment.text, event.ClientUserId, event.Retain, event['ActiveState.Id']], ['On my way.', 'operator', true, true]);
  });
  await check('client/alarms acknowledging again is Bad_ConditionBranchAlreadyAcked', async () => status(await acknowledge(operator, 'ThermalFault', raised.EventId), 'BadConditionBranchAlreadyAcked'));
  await check('client/alarms a comment is added', async () => {
    const from = server.heard.length;
    const newest = server.heard.filter(isOf('ThermalFault')).at(-1);
    status(await call(operator, id('ThermalFault'), 'i=9029', bytes(newest.EventId), comment('Fan replaced.')), 'Good');
    const event = await server.until('comment', (e) => isOf('ThermalFault')(e) && e.Comment.text === 'Fan replaced.', { from });
    equal(event.ClientUserId, 'operator');
  });
  await check('client/alarms an acknowledged one that is over is retained no more', async () => {
    const from = server.heard.length;
    await ask('clear', { name: 'OVER_TEMPERATURE' });
    const event = await server.until('over', (e) => isOf('ThermalFault')(e) && e['ActiveState.Id'] === false, { from, seconds: 15 });
    equal(event.Retain, false);
  }, 30);
  await check('client/alarms one that nobody has acknowledged is retained when it is over', async () => {
    let from = server.heard.length;
    await ask('fault', { name: 'POWER_SUPPLY_FAULT' });
    await server.until('alarm', (e) => isOf('SupplyFault')(e) && e['ActiveState.Id'] === true, { from });
    await ask('clear', { name: 'POWER_SUPPLY_FAULT' });
    const over = await server.until('over', (e) => isOf('SupplyFault')(e) && e['ActiveState.Id'] === false, { from, seconds: 15 });
    equal([over.Retain, over['AckedState.Id']], [true, false]);
    from = server.heard.length;
    status(await acknowledge(operator, 'SupplyFault', over.EventId), 'Good');
    const done = await server.until('acknowledged', (e) => isOf('SupplyFault')(e) && e['AckedState.Id'] === true, { from });
    equal(done.Retain, false);
  }, 40);
  await check('client/alarms a charger that is gone has one', async () => {
    const values = await session.read(['ActiveState.Id', 'Retain'].map((n) => ({ nodeId: `${id('LinkLost', 'CH02')}.${n}`, attributeId: AttributeIds.Value })));
    equal(values.map((v) => v.value.value), [true, true]);
  });

  await check('client/alarms an emergency stop raises one that must be confirmed', async () => {
    const from = server.heard.length;
    const { result, read } = caller(session, at);
    equal(await result('CH01', 'EmergencyStopRequest', text('Drill.')), 'ACCEPTED');
    const event = await server.until('alarm', (e) => isOf('EmergencyStop')(e) && e['ActiveState.Id'] === true, { from });
    equal([event.Severity, event['AckedState.Id'], event.Retain], [900, false, true]);
    status(await acknowledge(operator, 'EmergencyStop', event.EventId), 'Good');
    const acked = await server.until('acknowledged', (e) => isOf('EmergencyStop')(e) && e['AckedState.Id'] === true, { from });
    equal([acked['ConfirmedState.Id'], acked.Retain], [false, true]);
    await eventually('who', () => read('CH01.Health.AcknowledgedBy'), (who) => who === 'operator');
  }, 30);
  await check('client/alarms a reset confirms and ends it', async () => {
    const from = server.heard.length;
    const { result } = caller(session, at);
    equal(await result('CH01', 'Reset'), 'ACCEPTED');
    const event = await server.until('over', (e) => isOf('EmergencyStop')(e) && e['ActiveState.Id'] === false && e['ConfirmedState.Id'] === true, { from, seconds: 15 });
    equal(event.Retain, false);
    equal(await result('CH01', 'StartCharging'), 'ACCEPTED');
  }, 30);

  await check('client/alarms a refresh tells what is retained, between its beginning and end', async () => {
    const late = await watch(session, 'i=2253');
    await refresh('Good', 'i=3875', number(late.subscription.subscriptionId));
    await late.until('end', (e) => typeOf(e) === 'i=2788');
    const types = late.heard.map(typeOf);
    const [begin, end] = [types.indexOf('i=2787'), types.indexOf('i=2788')];
    ok(begin >= 0 && end > begin, `events are ${types}`);
    const told = late.heard.slice(begin + 1, end);
    ok(told.some(isOf('LinkLost', 'CH02')), `told are ${told.map((e) => e.ConditionName)}`);
    ok(told.every((e) => e.Retain === true), 'some are not retained');
    await late.end();
  });
  await check('client/alarms a refresh is for the subscription that asked', async () => {
    const quiet = await watch(session, 'i=2253');
    const late = await watch(session, 'i=2253');
    await refresh('Good', 'i=3875', number(late.subscription.subscriptionId));
    await late.until('end', (e) => typeOf(e) === 'i=2788');
    await sleep(300);
    ok(!quiet.heard.some((e) => ['i=2787', 'i=2788'].includes(typeOf(e))), 'another one heard it');
    await late.end();
    await quiet.end();
  });
  await check('client/alarms a refresh of one item', async () => {
    const late = await watch(session, node('CH02'));
    await refresh('Good', 'i=12912', number(late.subscription.subscriptionId), number(late.item.monitoredItemId));
    await late.until('condition', isOf('LinkLost', 'CH02'));
    await late.until('end', (e) => typeOf(e) === 'i=2788');
    await late.end();
  });
  await check('client/alarms a refresh of a subscription that is not its own is Bad_SubscriptionIdInvalid', () => refresh('BadSubscriptionIdInvalid', 'i=3875', number(4_000_000)));
  await check('client/alarms one that is switched off is silent, and says so', async () => {
    status(await call(operator, id('ThermalFault'), 'i=9028'), 'BadUserAccessDenied');
    const from = server.heard.length;
    status(await call(session, id('ThermalFault'), 'i=9028'), 'Good');
    await server.until('off', (e) => isOf('ThermalFault')(e) && e['EnabledState.Id'] === false, { from });
    status(await call(session, id('ThermalFault'), 'i=9028'), 'BadConditionAlreadyDisabled');
    await ask('fault', { name: 'OVER_TEMPERATURE' });
    await sleep(1500);
    ok(!server.heard.slice(from).some((e) => isOf('ThermalFault')(e) && e['EnabledState.Id'] === true), 'it spoke');
    await ask('clear', { name: 'OVER_TEMPERATURE' });
    await sleep(2500);
    status(await call(session, id('ThermalFault'), 'i=9027'), 'Good');
    status(await call(session, id('ThermalFault'), 'i=9027'), 'BadConditionAlreadyEnabled');
  }, 30);
  await check('client/alarms their notifiers are marked', async () => {
    const values = await session.read(['i=2253', node('Station'), node('CH01')].map((nodeId) => ({ nodeId, attributeId: AttributeIds.EventNotifier })));
    ok(values.every((v) => (v.value.value & 1) === 1), `they are ${values.map((v) => v.value.value)}`);
  });
  await Promise.all([server.end(), own.end(), other.end()]);
  await operator.close();
}
