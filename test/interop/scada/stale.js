// What is told of a charger that falls silent: the last usable values, then none, then good ones.
import opcua from '../lib/opcua.js';
import { ask, check, equal, eventually, ok } from '../lib/checks.js';

const { AttributeIds } = opcua;

export default async function ({ session, node }) {
  const read = (id) => session.read({ nodeId: node(id), attributeId: AttributeIds.Value });
  const becomes = (id, name, seconds = 10) => eventually(`status of ${id}`, async () => (await read(id)).statusCode.name, (s) => s === name, seconds);
  const ID = 'CH01.Measurements.Voltage';

  await check('client/stale values that stand still become Uncertain_LastUsableValue', async () => {
    await becomes(ID, 'Good', 15);
    await ask('freeze');
    await becomes(ID, 'UncertainLastUsableValue');
    const value = await read(ID);
    ok(value.value.value > 5, `the last usable value is ${value.value.value}`);
    ok(Date.now() - value.sourceTimestamp.getTime() > 700, 'its time is not the old one');
  }, 30);
  await check('client/stale the charge is suspended meanwhile, with a reason', async () => {
    await eventually('state', async () => (await read('CH01.Session.CurrentState')).value.value.text, (s) => s === 'Suspended', 10);
    ok((await read('CH01.Session.Reason')).value.value.length > 10, 'no reason');
    equal((await read('CH01.Setpoints.Current')).value.value, 0);
  });
  await check('client/stale they are good again when they move', async () => {
    await ask('unfreeze');
    await becomes(ID, 'Good', 15);
  }, 30);
  await check('client/stale a charger that is gone has Bad_NoCommunication and no values', async () => {
    await ask('drop', { millis: 4000 });
    await becomes(ID, 'BadNoCommunication');
    equal((await read(ID)).value?.value ?? null, null);
  }, 30);
  await check('client/stale link and values are good again by themselves when it is back', async () => {
    await becomes(ID, 'Good', 20);
    await eventually('link', async () => (await read('CH01.Health.Link')).value.value, (link) => link === 1, 10);
    equal((await read('CH01.Health.LinkReason')).value.value ?? '', '');
  }, 30);
}
