// Values of every kind, with what stands beside them: status, time, unit, range.
import opcua from '../lib/opcua.js';
import { check, equal, eventually, inRange, near, ok, sleep, status } from '../lib/checks.js';
import { tree } from '../lib/tree.js';

const { AttributeIds, DataType, NodeClass, TimestampsToReturn, VariantArrayType } = opcua;
const UNIT = { A: 'AMP', V: 'VLT', W: 'WTT', K: 'KEL', s: 'SEC' };

/** The UNECE code as OPC UA writes it: its characters as one number (OPC 10000-8 §5.6.4.3). */
const code = (text) => [...text].reduce((number, c) => number * 256 + c.charCodeAt(0), 0);

export default async function ({ session, node, http, ns }) {
  const read = (id, more = {}) => session.read({ nodeId: node(id), attributeId: AttributeIds.Value, ...more });
  const good = async (id) => {
    const value = await read(id);
    status(value.statusCode, 'Good', `status of ${id}`);
    return value.value;
  };

  await check('client/read a charge is under way', async () => {
    await eventually('state', async () => (await read('CH01.Session.CurrentState')).value?.value?.text, (t) => t === 'Charging', 40);
    await eventually('current', async () => (await read('CH01.Measurements.Current')).value?.value, (a) => a > 1, 20);
  }, 60);
  await check('client/read AnodePotential is a Double, good and just now', async () => {
    const value = await read('CH01.Estimators.AnodePotential');
    status(value.statusCode, 'Good');
    equal(value.value.dataType, DataType.Double);
    inRange(value.value.value, -0.2, 1);
    const age = Date.now() - value.sourceTimestamp.getTime();
    inRange(age, -500, 5000, 'age in ms');
  });
  await check('client/read a lower bound lies below its estimate', async () => {
    const [estimate, bound] = await session.read(['AnodePotential', 'AnodePotentialLowerBound'].map((n) => ({ nodeId: node(`CH01.Estimators.${n}`), attributeId: AttributeIds.Value })));
    ok(bound.value.value <= estimate.value.value, `bound ${bound.value.value} is above ${estimate.value.value}`);
    equal(bound.sourceTimestamp.getTime(), estimate.sourceTimestamp.getTime(), 'source timestamp');
  });
  await check('client/read a measurement agrees with the dashboard', async () => {
    await eventually('highest cell voltage on both', async () => {
      const before = (await good('CH01.Measurements.MaxCellVoltage')).value;
      const shown = (await (await fetch(`${http}/api/v1/sessions/CH01`)).json()).record.voltageVolts;
      return [before, shown];
    }, ([a, b]) => Math.abs(a - b) < 0.005, 10);
  });
  await check('client/read a Boolean', async () => equal((await good('CH01.Connectors.1.VehicleConnected')).value, true));
  await check('client/read a String', async () => {
    const value = await good('CH01.Connectors.1.Battery');
    equal(value.dataType, DataType.String);
    ok(value.value.includes('4s1p'), `battery is ${value.value}`);
  });
  await check('client/read a UInt32', async () => {
    const value = await good('Station.EnergyManagement.Chargers');
    equal([value.dataType, value.value], [DataType.UInt32, 2]);
  });
  await check('client/read a UtcTime lies ahead', async () => {
    const value = await good('CH01.Setpoints.ValidUntil');
    equal(value.dataType, DataType.DateTime);
    inRange(value.value.getTime() - Date.now(), -1500, 5000, 'ms until the command expires');
  });
  await check('client/read a null time where nobody has said one', async () => {
    const value = (await good('CH01.Setpoints.Departure')).value;
    ok(value === null || value.getTime() <= Date.UTC(1601, 0, 1), `departure is ${value}`);
  });
  await check('client/read an enumeration with its names', async () => {
    const value = await good('CH01.Health.Link');
    equal(value.dataType, DataType.Int32);
    const type = (await session.read({ nodeId: node('CH01.Health.Link'), attributeId: AttributeIds.DataType })).value.value;
    const strings = await session.browse({ nodeId: type, referenceTypeId: 'HasProperty', includeSubtypes: true, browseDirection: 0, nodeClassMask: 0, resultMask: 63 });
    const names = (await session.read({ nodeId: strings.references[0].nodeId })).value.value.map((t) => t.text);
    equal(names[value.value], 'UP');
  });
  await check('client/read an array of Double', async () => {
    const value = await eventually('plan', () => good('CH01.Policy.PlanTimes'), (v) => v.value.length > 1);
    equal(value.arrayType, VariantArrayType.Array);
    const times = [...value.value];
    ok(times.every((t, i) => i === 0 || t > times[i - 1]), `plan's times are ${times}`);
  });
  await check('client/read all columns of the plan are equally long', async () => {
    const names = ['PlanTimes', 'PlanCellCurrent', 'PlanCellVoltage', 'PlanAnodePotential', 'PlanTemperature', 'PlanSoc'];
    const values = await session.read(names.map((n) => ({ nodeId: node(`CH01.Policy.${n}`), attributeId: AttributeIds.Value })));
    equal(new Set(values.map((v) => v.value.value.length)).size, 1, 'number of lengths');
  });
  await check('client/read part of an array', async () => {
    const part = await read('CH01.Estimators.SocInterval', { indexRange: new opcua.NumericRange('1') });
    status(part.statusCode, 'Good');
    equal(part.value.value.length, 1);
  });
  await check('client/read beyond an array is Bad_IndexRangeNoData', async () => {
    status((await read('CH01.Estimators.SocInterval', { indexRange: new opcua.NumericRange('5:9') })).statusCode, 'BadIndexRangeNoData');
  });
  await check('client/read an empty array of String', async () => {
    const value = await good('CH01.Health.Faults');
    equal([value.dataType, value.arrayType, value.value?.length ?? 0], [DataType.String, VariantArrayType.Array, 0]);
  });
  await check('client/read the state and its node and number', async () => {
    const ids = ['CurrentState', 'CurrentState.Id', 'CurrentState.Number'];
    const [text, id, number] = (await session.read(ids.map((n) => ({ nodeId: node(`CH01.Session.${n}`), attributeId: AttributeIds.Value })))).map((v) => v.value.value);
    equal([text.text, id.toString(), number], ['Charging', `ns=${ns.types};s=ChargeSessionStateMachineType.Charging`, 3]);
  });
  for (const [id, unit, low, high] of [
    ['CH01.Measurements.Voltage', 'V', 0, 2000],
    ['CH01.Measurements.Current', 'A', -2000, 2000],
    ['CH01.Estimators.CoreTemperature', 'K', 200, 500],
    ['CH01.Setpoints.PowerLimit', 'W', 0, 20000],
    ['CH01.Session.ElapsedTime', 's', 0, 864000],
  ]) {
    await check(`client/read ${id.slice(5)} has its range and unit`, async () => {
      const range = (await good(`${id}.EURange`)).value;
      equal([range.low, range.high], [low, high], 'EURange');
      const units = (await good(`${id}.EngineeringUnits`)).value;
      equal([units.unitId, units.displayName.text], [code(UNIT[unit]), unit], 'EngineeringUnits');
      equal(units.namespaceUri, 'http://www.opcfoundation.org/UA/units/un/cefact');
    });
  }
  await check('client/read every measured or estimated value lies in its own range', async () => {
    const found = [...(await tree(session, node('CH01'), 1)).values()].filter((r) => r.browseName.name === 'EURange').map((r) => r.nodeId.toString());
    ok(found.length > 40, `only ${found.length} have a range`);
    const ranges = await session.read(found.map((nodeId) => ({ nodeId, attributeId: AttributeIds.Value })));
    const values = await session.read(found.map((id) => ({ nodeId: id.replace(/\.EURange$/, ''), attributeId: AttributeIds.Value })));
    values.forEach((value, i) => {
      if (value.statusCode.name !== 'Good') return;
      const { low, high } = ranges[i].value.value;
      for (const number of [value.value.value].flatMap((v) => (typeof v === 'number' ? [v] : [...v]))) inRange(number, low, high, found[i]);
    });
  }, 40);
  await check('client/read no value is ever not a number', async () => {
    const found = [...(await tree(session, node('Station'), 1)).values()].filter((r) => r.nodeClass === NodeClass.Variable).map((r) => r.nodeId.toString());
    for (let i = 0; i < found.length; i += 500) {
      const values = await session.read(found.slice(i, i + 500).map((nodeId) => ({ nodeId, attributeId: AttributeIds.Value })));
      values.forEach((value, j) => ok(!(typeof value.value?.value === 'number' && !Number.isFinite(value.value.value)), () => `${found[i + j]} is ${value.value.value}`));
    }
  }, 40);
  await check('client/read the name plate', async () => {
    const [maker, model, serial] = await Promise.all(['Manufacturer', 'Model', 'SerialNumber'].map((n) => good(`CH01.Identification.${n}`)));
    equal([maker.value.text, model.value.text, serial.value], ['Vendor', 'Fast 250', '4711']);
  });
  await check('client/read a charger that is gone has no measurements', async () => {
    const value = await read('CH02.Measurements.Voltage');
    status(value.statusCode, 'BadNoCommunication');
    equal(value.value?.value ?? null, null);
  });
  await check('client/read that a charger is gone is itself good', async () => {
    status((await read('CH02.Health.Link')).statusCode, 'Good');
    ok((await good('CH02.Health.LinkReason')).value.length > 5, 'no reason is given');
  });
  await check('client/read only the timestamps that were asked for', async () => {
    const ask = (timestampsToReturn) => session.performMessageTransaction(new opcua.ReadRequest({ timestampsToReturn, nodesToRead: [{ nodeId: node('CH01.Measurements.Voltage'), attributeId: AttributeIds.Value }] }));
    const source = (await ask(TimestampsToReturn.Source)).results[0];
    ok(source.sourceTimestamp && !source.serverTimestamp, `source only: ${source}`);
    const server = (await ask(TimestampsToReturn.Server)).results[0];
    ok(!server.sourceTimestamp && server.serverTimestamp, `server only: ${server}`);
    const neither = (await ask(TimestampsToReturn.Neither)).results[0];
    ok(!neither.sourceTimestamp && !neither.serverTimestamp, `neither: ${neither}`);
  });
  await check('client/read source timestamps move with the measurements', async () => {
    const before = (await read('CH01.Measurements.Voltage')).sourceTimestamp.getTime();
    await sleep(1500);
    const after = (await read('CH01.Measurements.Voltage')).sourceTimestamp.getTime();
    inRange(after - before, 500, 6000, 'ms between two measurements');
  });
  await check('client/read an unknown node is Bad_NodeIdUnknown', async () => status((await read('CH01.Nothing')).statusCode, 'BadNodeIdUnknown'));
  await check('client/read a node of an unknown namespace is Bad_NodeIdUnknown', async () => status((await session.read({ nodeId: 'ns=99;s=CH01', attributeId: AttributeIds.Value })).statusCode, 'BadNodeIdUnknown'));
  await check('client/read an attribute that a node has not is Bad_AttributeIdInvalid', async () => status((await session.read({ nodeId: node('CH01'), attributeId: AttributeIds.Value })).statusCode, 'BadAttributeIdInvalid'));
  await check('client/read an unknown encoding is Bad_DataEncodingInvalid', async () => status((await read('CH01.Measurements.Voltage', { dataEncoding: { namespaceIndex: 0, name: 'Nonsense' } })).statusCode, 'BadDataEncodingInvalid'));
  await check('client/read a thousand values at once', async () => {
    const values = await session.read(Array.from({ length: 1000 }, () => ({ nodeId: node('CH01.Measurements.Voltage'), attributeId: AttributeIds.Value })));
    equal(values.length, 1000);
    ok(values.every((v) => v.statusCode.name === 'Good'), 'not all are good');
  });
  await check('client/read what the server says about itself', async () => {
    const state = await session.read({ nodeId: 'ns=0;i=2259', attributeId: AttributeIds.Value });
    equal(state.value.value, 0, 'ServerState');
    const info = (await session.read({ nodeId: 'ns=0;i=2260', attributeId: AttributeIds.Value })).value.value;
    equal(info.manufacturerName, 'Anodyne');
  });
  await check('client/read access levels say what may be written and what has a history', async () => {
    const levels = await session.read(['CH01.Measurements.Voltage', 'CH01.Setpoints.PowerLimit', 'CH01.Estimators.Valid'].map((n) => ({ nodeId: node(n), attributeId: AttributeIds.AccessLevel })));
    equal(levels.map((l) => l.value.value & 7), [5, 3, 1]);
  });
}
