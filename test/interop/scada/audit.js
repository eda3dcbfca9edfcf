// Who did what, as events for administrators.
import opcua from '../lib/opcua.js';
import { check, equal, inRange, ok, sleep, status } from '../lib/checks.js';
import { typeOf, watch } from '../lib/events.js';
import { caller, number, text } from './methods.js';

const { AttributeIds, DataType } = opcua;
const [WRITE, METHOD, LOG_IN] = ['i=2100', 'i=2127', 'i=2075'];

export default async function (at) {
  const { clients, session, node, type } = at;
  const admin = await clients.session({ user: 'admin' });
  const operator = await clients.session({ user: 'operator' });
  const audit = await watch(admin, 'i=2253', 'i=2052');
  const curious = await watch(operator, 'i=2253', 'i=2052');
  const limit = { nodeId: node('CH02.Setpoints.PowerLimit'), attributeId: AttributeIds.Value };
  const write = (own, value) => own.write({ ...limit, value: { value: { dataType: DataType.Double, value } } });

  await check('client/audit the server says that it audits', async () => equal((await session.read({ nodeId: 'i=2994', attributeId: AttributeIds.Value })).value.value, true));
  await check('client/audit a write is told with its user and both values', async () => {
    status(await write(operator, 3_000_000), 'Good');
    status(await write(operator, 3_100_000), 'Good');
    const event = await audit.until('write', (e) => typeOf(e) === WRITE && e.NewValue === 3_100_000);
    equal([event.ClientUserId, event.Status, event.OldValue, event.AttributeId, event.SourceNode.toString()], ['operator', true, 3_000_000, 13, limit.nodeId]);
    inRange(Date.now() - event.ActionTimeStamp.getTime(), -500, 10_000, 'age in ms');
  });
  await check('client/audit a refused write is told as such', async () => {
    const from = audit.heard.length;
    status(await write(operator, -5), 'BadOutOfRange');
    const event = await audit.until('write', (e) => typeOf(e) === WRITE && e.Status === false, { from });
    equal([event.ClientUserId, event.NewValue], ['operator', -5]);
  });
  await check('client/audit a write without the right is told as such', async () => {
    const from = audit.heard.length;
    const observer = await clients.session({ user: 'observer' });
    status(await write(observer, 7), 'BadUserAccessDenied');
    await observer.close();
    await audit.until('write', (e) => typeOf(e) === WRITE && e.Status === false && e.ClientUserId === 'observer', { from });
  });
  await check('client/audit a command is told with its method and arguments', async () => {
    const from = audit.heard.length;
    const { result } = caller(operator, at);
    equal(await result('CH02', 'SetPowerLimit', number(2_900_000)), 'ACCEPTED');
    const event = await audit.until('call', (e) => typeOf(e) === METHOD && e.Status === true, { from });
    equal([event.ClientUserId, event.MethodId.toString()], ['operator', type('ChargerType.SetPowerLimit')]);
    const given = [event.InputArguments].flat()[0];
    equal(given?.value ?? given, 2_900_000, 'argument');
    equal(await result('CH02', 'SetPowerLimit', number(4e6)), 'ACCEPTED');
  });
  await check('client/audit a command without the right is told as such', async () => {
    const from = audit.heard.length;
    status((await caller(operator, at).call('CH02', 'SetPolicy', text('map'))).statusCode, 'BadUserAccessDenied');
    await audit.until('call', (e) => typeOf(e) === METHOD && e.Status === false && e.ClientUserId === 'operator', { from });
  });
  await check('client/audit a log-in is told', async () => {
    const from = audit.heard.length;
    await (await clients.session({ user: 'observer' })).close();
    await audit.until('log-in', (e) => typeOf(e) === LOG_IN && e.Status === true && e.ClientUserId === 'observer', { from });
  });
  await check('client/audit a wrong log-in is told as such', async () => {
    const from = audit.heard.length;
    await clients.session({ user: { name: 'observer', password: 'wrong horse' } }).catch(() => {});
    await audit.until('log-in', (e) => typeOf(e) === LOG_IN && e.Status === false && e.ClientUserId === 'observer', { from });
  });
  await check('client/audit who is no administrator hears nothing of it', async () => {
    await sleep(300);
    equal(curious.heard.length, 0, 'events');
  });
  await audit.end();
  await curious.end();
  await Promise.all([admin.close(), operator.close()]);
}
