// Writes: what is taken, what is refused, and that refused ones change nothing.
import opcua from '../lib/opcua.js';
import { check, equal, eventually, status } from '../lib/checks.js';

const { AttributeIds, DataType, Variant, VariantArrayType } = opcua;

export default async function ({ session, node }) {
  const read = async (id) => (await session.read({ nodeId: node(id), attributeId: AttributeIds.Value })).value.value;
  const write = (id, value, dataType = DataType.Double, more = {}) =>
    session.write({ nodeId: node(id), attributeId: AttributeIds.Value, value: { value: new Variant({ dataType, value }), ...more } });

  await check('client/write a power limit is taken and shown', async () => {
    status(await write('CH01.Setpoints.PowerLimit', 15000), 'Good');
    equal(await read('CH01.Setpoints.PowerLimit'), 15000);
  });
  await check('client/write a power limit reaches the charge', async () => {
    status(await write('CH01.Setpoints.PowerLimit', 50), 'Good');
    await eventually('power', () => read('CH01.Measurements.Power'), (w) => w < 60, 20);
    await eventually('limit in force', () => read('CH01.Limits.MaxPower'), (w) => w <= 50.001, 10);
    status(await write('CH01.Setpoints.PowerLimit', 20000), 'Good');
    await eventually('power', () => read('CH01.Measurements.Power'), (w) => w > 70, 20);
  }, 60);
  await check('client/write a target of the charge is taken', async () => {
    status(await write('CH01.Setpoints.TargetSoc', 0.75), 'Good');
    await eventually('target', () => read('CH01.Setpoints.TargetSoc'), (v) => v === 0.75);
    status(await write('CH01.Setpoints.TargetSoc', 0.8), 'Good');
  });
  await check('client/write a limit of the whole station is taken', async () => {
    status(await write('Station.EnergyManagement.PowerLimit', 100_000), 'Good');
    await eventually('limit', () => read('Station.EnergyManagement.PowerLimit'), (v) => v === 100_000);
    status(await write('Station.EnergyManagement.PowerLimit', 4e6), 'Good');
  });
  for (const [id, value, what] of [
    ['CH01.Setpoints.PowerLimit', -1, 'below its range'],
    ['CH01.Setpoints.PowerLimit', 20001, 'above its range'],
    ['CH01.Setpoints.TargetSoc', 1.5, 'above its range'],
    ['CH01.Setpoints.PowerLimit', NaN, 'that is no number'],
    ['CH01.Setpoints.PowerLimit', Infinity, 'that is infinite'],
  ]) {
    await check(`client/write a ${id.split('.').pop()} ${what} is Bad_OutOfRange`, async () => {
      const before = await read(id);
      status(await write(id, value), 'BadOutOfRange');
      equal(await read(id), before);
    });
  }
  await check('client/write a Float for a Double is Bad_TypeMismatch', async () => status(await write('CH01.Setpoints.PowerLimit', 100, DataType.Float), 'BadTypeMismatch'));
  await check('client/write a String for a Double is Bad_TypeMismatch', async () => status(await write('CH01.Setpoints.PowerLimit', '100', DataType.String), 'BadTypeMismatch'));
  await check('client/write an array for a scalar is Bad_TypeMismatch', async () => {
    const value = { value: new Variant({ dataType: DataType.Double, arrayType: VariantArrayType.Array, value: new Float64Array([1, 2]) }) };
    status(await session.write({ nodeId: node('CH01.Setpoints.PowerLimit'), attributeId: AttributeIds.Value, value }), 'BadTypeMismatch');
  });
  await check('client/write a status of its own is Bad_WriteNotSupported', async () => status(await write('CH01.Setpoints.PowerLimit', 15000, DataType.Double, { statusCode: opcua.StatusCodes.UncertainLastUsableValue }), 'BadWriteNotSupported'));
  await check('client/write a source timestamp of its own is Bad_WriteNotSupported', async () => status(await write('CH01.Setpoints.PowerLimit', 15000, DataType.Double, { sourceTimestamp: new Date() }), 'BadWriteNotSupported'));
  await check('client/write a measurement is Bad_NotWritable', async () => status(await write('CH01.Measurements.Voltage', 1), 'BadNotWritable'));
  await check('client/write the set-point of the controller itself is Bad_NotWritable', async () => status(await write('CH01.Setpoints.Current', 100), 'BadNotWritable'));
  await check('client/write an estimate is Bad_NotWritable', async () => status(await write('CH01.Estimators.AnodePotential', 1), 'BadNotWritable'));
  await check('client/write an unknown node is Bad_NodeIdUnknown', async () => status(await write('CH01.Nothing', 1), 'BadNodeIdUnknown'));
  await check('client/write a browse name is refused', async () => {
    const value = { value: new Variant({ dataType: DataType.QualifiedName, value: { name: 'Other', namespaceIndex: 0 } }) };
    const answer = await session.write({ nodeId: node('CH01'), attributeId: AttributeIds.BrowseName, value });
    equal(['BadNotWritable', 'BadWriteNotSupported', 'BadUserAccessDenied'].includes(answer.name), true, `status ${answer.name}`);
  });
  await check('client/write each of several values gets its own status', async () => {
    const value = (number) => ({ value: new Variant({ dataType: DataType.Double, value: number }) });
    const answers = await session.write([
      { nodeId: node('CH01.Setpoints.PowerLimit'), attributeId: AttributeIds.Value, value: value(19000) },
      { nodeId: node('CH01.Setpoints.PowerLimit'), attributeId: AttributeIds.Value, value: value(-5) },
      { nodeId: node('CH01.Measurements.Voltage'), attributeId: AttributeIds.Value, value: value(1) },
    ]);
    equal(answers.map((a) => a.name), ['Good', 'BadOutOfRange', 'BadNotWritable']);
    equal(await read('CH01.Setpoints.PowerLimit'), 19000);
    status(await write('CH01.Setpoints.PowerLimit', 20000), 'Good');
  });
}
