// Commands: their arguments as the server describes them, good calls, and every kind of refusal.
import opcua from '../lib/opcua.js';
import { check, equal, eventually, inRange, ok, status } from '../lib/checks.js';

const { AttributeIds, DataType, Variant, VariantArrayType } = opcua;
const RESULTS = ['ACCEPTED', 'NOTHING_TO_DO', 'REFUSED_IN_STATE', 'OUT_OF_RANGE', 'UNKNOWN_POLICY', 'EMERGENCY_STOPPED', 'NOT_ACKNOWLEDGED', 'FAULT_PRESENT', 'NOT_POSSIBLE', 'NO_ANSWER', 'FAILED'];

export const text = (value) => new Variant({ dataType: DataType.String, value });
export const number = (value) => new Variant({ dataType: DataType.Double, value });
export const time = (value) => new Variant({ dataType: DataType.DateTime, value });

/** Which battery is there: id, cell, layout, age and cycles; nothing of it is said by default. */
const battery = ({ id = '', cell = '', layout = '', ageYears = -1, cycles = -1 } = {}) => [text(id), text(cell), text(layout), number(ageYears), number(cycles)];

/** The arguments of StartOrder. */
const order = ({ orderId = '', departure = new Date(Date.UTC(1601, 0, 1)), targetSoc = 0, goal = '', ...which } = {}) => [text(orderId), time(departure), number(targetSoc), text(goal), ...battery(which)];

/** Calls of a session on the station's methods. */
export function caller(session, { node, type, ns }) {
  const owner = { CH01: 'ChargerType', CH02: 'ChargerType', Station: 'StationType', 'Station.EnergyManagement': 'EnergyManagementType' };
  const call = (object, method, ...inputArguments) =>
    session.call({ objectId: node(object), methodId: type(`${owner[object]}.${method}`), inputArguments });
  return {
    call,
    /** The name of the domain's result. */
    result: async (...how) => {
      const answer = await call(...how);
      status(answer.statusCode, 'Good', `status of ${how[1]}`);
      const [code, message] = answer.outputArguments;
      ok(message.value.length > 3, 'the message is empty');
      return RESULTS[code.value];
    },
    read: async (id) => (await session.read({ nodeId: node(id), attributeId: AttributeIds.Value })).value?.value,
    state: async () => (await session.read({ nodeId: node('CH01.Session.CurrentState'), attributeId: AttributeIds.Value })).value?.value?.text,
  };
}

export default async function (at) {
  const { session, node, type, ask } = at;
  const { call, result, read, state } = caller(session, at);
  const reaches = (wanted, seconds = 25) => eventually('state', state, (s) => s === wanted, seconds);

  await check('client/methods arguments are described', async () => {
    const { inputArguments, outputArguments } = await session.getArgumentDefinition(type('ChargerType.SetDeparture'));
    equal(inputArguments.map((a) => [a.name, a.dataType.toString(), a.valueRank]), [['Departure', 'ns=0;i=294', -1], ['TargetSoc', 'ns=0;i=11', -1]]);
    equal(outputArguments.map((a) => a.name), ['Result', 'Message']);
    for (const a of [...inputArguments, ...outputArguments]) ok(a.description.text, `${a.name} is not described`);
  });
  await check('client/methods results have names', async () => {
    const { outputArguments } = await session.getArgumentDefinition(type('ChargerType.StopCharging'));
    const names = await session.browse({ nodeId: outputArguments[0].dataType, referenceTypeId: 'HasProperty', includeSubtypes: true, browseDirection: 0, nodeClassMask: 0, resultMask: 63 });
    equal((await session.read({ nodeId: names.references[0].nodeId })).value.value.map((t) => t.text), RESULTS);
  });
  await check('client/methods all are executable and described', async () => {
    const found = await session.browse({ nodeId: node('CH01'), referenceTypeId: 'HasComponent', includeSubtypes: true, browseDirection: 0, nodeClassMask: opcua.NodeClass.Method, resultMask: 63 });
    for (const { nodeId } of found.references) {
      const [can, may, told] = await session.read([AttributeIds.Executable, AttributeIds.UserExecutable, AttributeIds.Description].map((attributeId) => ({ nodeId, attributeId })));
      equal([can.value.value, may.value.value], [true, true], nodeId.toString());
      ok(told.value.value.text, `${nodeId} is not described`);
    }
  });
  await check('client/methods SetPowerLimit is accepted and shown', async () => {
    equal(await result('CH01', 'SetPowerLimit', number(12000)), 'ACCEPTED');
    await eventually('limit', () => read('CH01.Setpoints.PowerLimit'), (w) => w === 12000);
    equal(await result('CH01', 'SetPowerLimit', number(20000)), 'ACCEPTED');
  });
  await check('client/methods SetPowerLimit of the station is accepted and shown', async () => {
    equal(await result('Station.EnergyManagement', 'SetPowerLimit', number(50000)), 'ACCEPTED');
    await eventually('limit', () => read('Station.EnergyManagement.PowerLimit'), (w) => w === 50000);
    equal(await result('Station.EnergyManagement', 'SetPowerLimit', number(4e6)), 'ACCEPTED');
  });
  await check('client/methods SetPolicy changes who decides', async () => {
    equal(await result('CH01', 'SetPolicy', text('map')), 'ACCEPTED');
    await eventually('policy', () => read('CH01.Policy.ActivePolicy'), (p) => p === 'map', 20);
    equal(await result('CH01', 'SetPolicy', text('mpc')), 'ACCEPTED');
    await eventually('policy', () => read('CH01.Policy.ActivePolicy'), (p) => p === 'mpc', 20);
  }, 45);
  await check('client/methods SetPolicy of an unknown one is UNKNOWN_POLICY', async () => equal(await result('CH01', 'SetPolicy', text('nonsense')), 'UNKNOWN_POLICY'));
  await check('client/methods StartCharging while it charges is REFUSED_IN_STATE', async () => equal(await result('CH01', 'StartCharging'), 'REFUSED_IN_STATE'));
  await check('client/methods StartOrder while it charges is REFUSED_IN_STATE', async () => equal(await result('CH01', 'StartOrder', ...order({ orderId: 'o-0' })), 'REFUSED_IN_STATE'));
  await check('client/methods Authorise of the battery that charges is accepted', async () => equal(await result('CH01', 'Authorise', text('Anna'), ...battery()), 'ACCEPTED'));
  await check('client/methods SetPowerLimitFor, TellSiteBattery and TellGeneration without a site are NOT_POSSIBLE', async () => {
    equal(await result('Station.EnergyManagement', 'SetPowerLimitFor', number(50000), number(60)), 'NOT_POSSIBLE');
    equal(await result('Station.EnergyManagement', 'TellSiteBattery', number(0.5)), 'NOT_POSSIBLE');
    equal(await result('Station.EnergyManagement', 'TellGeneration', number(1000)), 'NOT_POSSIBLE');
  });
  await check('client/methods Reset without a stop is NOTHING_TO_DO', async () => equal(await result('CH01', 'Reset'), 'NOTHING_TO_DO'));
  await check('client/methods Acknowledge without a fault is NOTHING_TO_DO', async () => equal(await result('CH01', 'Acknowledge', text('seen')), 'NOTHING_TO_DO'));
  await check('client/methods SetDeparture in the past is OUT_OF_RANGE', async () => equal(await result('CH01', 'SetDeparture', time(new Date(Date.now() - 3600_000)), number(0.8)), 'OUT_OF_RANGE'));

  for (const [name, args, expected] of [
    ['no argument', [], 'BadArgumentsMissing'],
    ['too many arguments', [number(1), number(2)], 'BadTooManyArguments'],
  ]) {
    await check(`client/methods SetPowerLimit with ${name} is ${expected.replace('Bad', 'Bad_')}`, async () => status((await call('CH01', 'SetPowerLimit', ...args)).statusCode, expected));
  }
  for (const [name, method, args, expected] of [
    ['a text for a number', 'SetPowerLimit', [text('10')], ['BadTypeMismatch']],
    ['a Float for a Double', 'SetPowerLimit', [new Variant({ dataType: DataType.Float, value: 10 })], ['BadTypeMismatch']],
    ['an array for a scalar', 'SetPowerLimit', [new Variant({ dataType: DataType.Double, arrayType: VariantArrayType.Array, value: new Float64Array([1, 2]) })], ['BadTypeMismatch']],
    ['a number out of its range', 'SetPowerLimit', [number(-1)], ['BadOutOfRange']],
    ['what is no number', 'SetPowerLimit', [number(NaN)], ['BadOutOfRange']],
    ['a text that is too long', 'StopCharging', [text('x'.repeat(201))], ['BadOutOfRange']],
    ['a line break in a text', 'StopCharging', [text('a\nb')], ['BadOutOfRange']],
    ['a target above 1', 'StartOrder', order({ targetSoc: 1.5 }), ['Good', 'Good', 'BadOutOfRange', 'Good', 'Good', 'Good', 'Good', 'Good', 'Good']],
    ['a wrong second argument', 'SetDeparture', [time(new Date(Date.now() + 7200_000)), number(2)], ['Good', 'BadOutOfRange']],
  ]) {
    await check(`client/methods ${method} with ${name} is Bad_InvalidArgument and says which`, async () => {
      const answer = await call('CH01', method, ...args);
      status(answer.statusCode, 'BadInvalidArgument');
      equal(answer.inputArgumentResults.map((s) => s.name), expected);
      equal(await state(), 'Charging', 'state');
    });
  }
  await check('client/methods one that the object has not is Bad_MethodInvalid', async () => {
    const answer = await session.call({ objectId: node('CH01'), methodId: type('StationType.EmergencyStopRequest'), inputArguments: [text('x')] });
    status(answer.statusCode, 'BadMethodInvalid');
  });
  await check('client/methods of an unknown object is Bad_NodeIdUnknown', async () => {
    const answer = await session.call({ objectId: node('CH99'), methodId: type('ChargerType.Reset'), inputArguments: [] });
    status(answer.statusCode, 'BadNodeIdUnknown');
  });
  await check('client/methods each of several calls gets its own answer', async () => {
    const answers = await session.call([
      { objectId: node('CH01'), methodId: type('ChargerType.Reset'), inputArguments: [] },
      { objectId: node('CH01'), methodId: type('ChargerType.SetPowerLimit'), inputArguments: [] },
    ]);
    equal(answers.map((a) => a.statusCode.name), ['Good', 'BadArgumentsMissing']);
  });
  await check('client/methods StopCharging ends the charge with its reason', async () => {
    equal(await result('CH01', 'StopCharging', text('End of shift.')), 'ACCEPTED');
    await reaches('Finished');
    ok((await read('CH01.Session.Reason')).includes('End of shift.'), `reason is ${await read('CH01.Session.Reason')}`);
    equal(await read('CH01.Setpoints.Current'), 0);
  }, 40);
  await check('client/methods StopCharging again is NOTHING_TO_DO', async () => equal(await result('CH01', 'StopCharging', text('')), 'NOTHING_TO_DO'));
  await check('client/methods the transition and its time are shown', async () => {
    equal((await read('CH01.Session.LastTransition')).text, 'StoppingToFinished'); // the current comes down first
    inRange(Date.now() - (await read('CH01.Session.LastTransition.TransitionTime')).getTime(), 0, 60_000, 'ms since the transition');
    equal(await read('CH01.Session.Over'), true);
  });
  await check('client/methods SetDeparture before a charge is accepted and shown', async () => {
    const departure = new Date(Date.now() + 2 * 3600_000);
    equal(await result('CH01', 'SetDeparture', time(departure), number(0.7)), 'ACCEPTED');
    const shown = await eventually('departure', () => read('CH01.Setpoints.Departure'), (d) => d?.getTime() > 0);
    inRange(shown.getTime() - departure.getTime(), -1, 1, 'difference in ms');
    equal(await result('CH01', 'SetDeparture', time(opcua.getMinOPCUADate?.() ?? new Date(Date.UTC(1601, 0, 1))), number(0.8)), 'ACCEPTED');
  });
  await check('client/methods StartCharging begins a new charge', async () => {
    equal(await result('CH01', 'StartCharging'), 'ACCEPTED');
    await reaches('Charging', 30);
    await eventually('current', () => read('CH01.Measurements.Current'), (a) => a > 1, 20);
  }, 60);
  await check('client/methods StartOrder begins the charge of an order once', async () => {
    equal(await result('CH01', 'StopCharging', text('')), 'ACCEPTED');
    await reaches('Finished');
    const wrong = await call('CH01', 'StartOrder', ...order({ layout: 'four' }));
    equal(RESULTS[wrong.outputArguments[0].value], 'NOT_POSSIBLE');
    ok(/battery\.id/.test(wrong.outputArguments[1].value), wrong.outputArguments[1].value);
    const departure = new Date(Date.now() + 3 * 3600_000);
    const wanted = order({ orderId: 'o-1', departure, targetSoc: 0.75, goal: 'fastest', id: 'van-7', ageYears: 3 });
    equal(await result('CH01', 'StartOrder', ...wanted), 'ACCEPTED');
    equal(await result('CH01', 'StartOrder', ...wanted), 'NOTHING_TO_DO');
    await reaches('Charging', 30);
    await eventually('target', () => read('CH01.Setpoints.TargetSoc'), (soc) => soc === 0.75);
    const shown = await eventually('departure', () => read('CH01.Setpoints.Departure'), (d) => d?.getTime() > 0);
    inRange(shown.getTime() - departure.getTime(), -15_000, 15_000, 'difference in ms');
    equal(await result('CH01', 'StartOrder', ...wanted), 'NOTHING_TO_DO');
  }, 60);
  await check('client/methods EmergencyStopRequest stops the charge', async () => {
    equal(await result('CH01', 'EmergencyStopRequest', text('Smoke.')), 'ACCEPTED');
    await eventually('stop', () => read('CH01.Health.EmergencyStopped'), (v) => v === true);
    await eventually('current', () => read('CH01.Measurements.Current'), (a) => a < 0.3, 15);
  }, 40);
  await check('client/methods StartCharging after a stop is EMERGENCY_STOPPED', async () => equal(await result('CH01', 'StartCharging'), 'EMERGENCY_STOPPED'));
  await check('client/methods Reset before Acknowledge is NOT_ACKNOWLEDGED', async () => equal(await result('CH01', 'Reset'), 'NOT_ACKNOWLEDGED'));
  await check('client/methods Acknowledge, Reset and StartCharging lead back', async () => {
    equal(await result('CH01', 'Acknowledge', text('It was steam.')), 'ACCEPTED');
    await eventually('who', () => read('CH01.Health.AcknowledgedBy'), (who) => who === 'engineer');
    equal(await result('CH01', 'Reset'), 'ACCEPTED');
    equal(await result('CH01', 'StartCharging'), 'ACCEPTED');
    await reaches('Charging', 30);
  }, 60);
  await check('client/methods EmergencyStopRequest of the station stops every charger', async () => {
    equal(await result('Station', 'EmergencyStopRequest', text('Fire alarm.')), 'ACCEPTED');
    for (const charger of ['CH01', 'CH02']) {
      await eventually(`stop of ${charger}`, () => read(`${charger}.Health.EmergencyStopped`), (v) => v === true);
      equal(await result(charger, 'Acknowledge', text('Drill.')), 'ACCEPTED');
      equal(await result(charger, 'Reset'), 'ACCEPTED');
    }
    for (const charger of ['CH01', 'CH02']) equal(await result(charger, 'StartCharging'), 'ACCEPTED');
    await reaches('Charging', 30);
  }, 60);
}
