// How nodes are found, and what is said of those that do not fit.
import { check, equal, near, ok } from '../lib/checks.js';

export default async function ({ vendor, Link, variant }) {
  const refused = (mapping, text, more = {}) =>
    Link.with({ mapping, ...more }, vendor, async (link) => {
      const s = await link.until(`reason with '${text}'`, (now) => now.reason.includes(text), 15);
      ok(s.link !== 'UP', 'the link is up');
    });
  const hears = (mapping, more = {}) =>
    Link.with({ mapping, ...more }, vendor, async (link) => {
      await link.up();
      return link.until('current', (now) => Math.abs(now.currentAmps - 12.34) < 1e-9);
    });

  await check('server/mapping the index of a namespace is looked up', async () => {
    const index = vendor.server.engine.addressSpace.getNamespaceIndex('urn:centiamp:dc');
    ok(index > 3, `the index is ${index}, the usual one`);
    await hears('vendor-centiamp.yaml');
  });
  await check("server/mapping the bench's own model, by node ids and browse paths", async () => {
    const s = await hears('anodyne-bench.yaml', { chargerId: 'CH01' });
    near(s.minCellVolts, 3.8, 0);
    near(s.maxCellKelvin, 299.5, 0);
    equal(s.faults, []);
  });
  await check("server/mapping the bench's own tags without a file, polled", async () => {
    const s = await hears(undefined, { chargerId: 'CH01', mapping: undefined });
    near(s.batteryKelvin, 318.15, 0);
  });
  await check('server/mapping a number by its browse path', () => hears(variant('vendor-centiamp.yaml', [['{node: 1101,', '{path: "Centiamp DC/Iout",']])));
  await check('server/mapping a node id as OPC UA writes it', () => hears(variant('vendor-centiamp.yaml', [['{node: 1101,', '{node: "i=1101",']])));
  await check('server/mapping a single tag of another namespace', () => hears(variant('anodyne-bench.yaml', [['{node: "{charger}.Meas.OutputCurrent", unit: A', '{node: 1101, namespace: "urn:centiamp:dc", unit: cA']]), { chargerId: 'CH01' }));
  await check('server/mapping polling hears the same', () => hears(variant('vendor-centiamp.yaml', [['mode: subscribe', 'mode: poll']])));
  await check('server/mapping faults by their names', async () => {
    await Link.with({ mapping: 'anodyne-bench.yaml', chargerId: 'CH01' }, vendor, async (link) => {
      await link.up();
      vendor.set('Faults', ['ISOLATION_FAULT', 'SOMETHING_NEW']);
      await link.until('faults', (s) => s.faults.join() === 'ISOLATION_FAULT,VENDOR_ERROR');
      vendor.set('Faults', []);
      await link.until('no faults', (s) => s.faults.length === 0);
    });
  });
  await check('server/mapping a namespace that the server has not is said', () => refused(variant('vendor-centiamp.yaml', [['urn:centiamp:dc', 'urn:centiamp:ac']]), "urn:centiamp:ac"));
  await check('server/mapping a node that the server has not is said', () => refused(variant('vendor-centiamp.yaml', [['node: 1101,', 'node: 1999,']]), 'Meas.OutputCurrent'));
  await check('server/mapping a path that leads nowhere is said', () => refused(variant('anodyne-bench.yaml', [['Meas/MinCellVoltage', 'Meas/LowestCell']]), 'Meas.MinCellVoltage', { chargerId: 'CH01' }));
  await check('server/mapping a charger that the server has not is said', () => refused('anodyne-bench.yaml', 'CH07', { chargerId: 'CH07' }));
  await check('server/mapping a unit that differs from the server is said', () => refused(variant('anodyne-bench.yaml', [['Meas/MaxCellTemperature", unit: K', 'Meas/MaxCellTemperature", unit: degC']]), 'Meas.MaxCellTemperature', { chargerId: 'CH01' }));
  await check('server/mapping a type that differs from the server is said', () => refused(variant('vendor-centiamp.yaml', [['{node: 2001, type: Int16', '{node: 2001, type: UInt32']]), 'Setpoint.Current'));
  await check('server/mapping a set-point that may not be written is a COMMUNICATION_FAULT', () =>
    Link.with({ mapping: variant('vendor-centiamp.yaml', [['{node: 2002, type: UInt16', '{node: 1102, type: UInt16']]) }, vendor, async (link) => {
      await link.up();
      await link.apply(1);
      const s = await link.until('fault', (now) => now.faults.includes('COMMUNICATION_FAULT'));
      ok(s.reason.includes('Setpoint.VoltageCeiling'), s.reason);
    }));
}
