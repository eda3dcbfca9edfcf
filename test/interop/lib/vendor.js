// node-opcua's server, as a vendor's charger: the shipped example with numbered nodes, and the
// bench's own model, side by side.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import opcua, { POLICIES } from './opcua.js';

const { DataType, MessageSecurityMode, OPCUACertificateManager, OPCUAServer, SecurityPolicy, StatusCodes, Variant, VariantArrayType, makeEUInformation, nodesets } = opcua;

/** Number, name, type, first raw value; the last three are written. */
const REGISTERS = [
  [1001, 'StatusWord', 'UInt16', 0x4003], [1002, 'ErrorCode', 'UInt16', 0], [1003, 'LifeCounter', 'UInt16', 0],
  [1101, 'Iout', 'Int16', 1234], [1102, 'Uout', 'UInt16', 1560], [1103, 'Ubat', 'UInt16', 1550],
  [1111, 'UcellMin', 'UInt16', 3800], [1112, 'UcellMax', 'UInt16', 3900],
  [1121, 'TcellMin', 'Int16', 243], [1122, 'TcellMax', 'Int16', 263], [1123, 'TcellAvg', 'Int16', 251],
  [1201, 'ImaxOut', 'UInt16', 2000], [1202, 'UmaxOut', 'UInt16', 5000], [1203, 'PmaxOut', 'UInt16', 900],
  [1301, 'IreqBms', 'UInt16', 1500], [1302, 'UmaxBms', 'UInt16', 1680], [1303, 'UcellMaxBms', 'UInt16', 4200], [1304, 'TmaxBms', 'Int16', 450],
  [2001, 'Iset', 'Int16', 0], [2002, 'Uset', 'UInt16', 0], [2003, 'LifeCounterMaster', 'UInt16', 0],
];

const MINI = join(dirname(createRequire(import.meta.url).resolve('node-opcua-address-space/package.json')), 'nodesets/mini.Nodeset2.xml');

const UNITS = { V: makeEUInformation('VLT', 'V', 'volt'), A: makeEUInformation('AMP', 'A', 'ampere'), K: makeEUInformation('KEL', 'K', 'kelvin'), W: makeEUInformation('WTT', 'W', 'watt') };

/** Path, type, unit, range, first value. */
const TAGS = [
  ['Meas.OutputCurrent', 'Double', 'A', -2000, 2000, 12.34], ['Meas.OutputVoltage', 'Double', 'V', 0, 2000, 15.6], ['Meas.BatteryVoltage', 'Double', 'V', 0, 2000, 15.5],
  ['Meas.MinCellVoltage', 'Double', 'V', 0, 10, 3.8], ['Meas.MaxCellVoltage', 'Double', 'V', 0, 10, 3.9],
  ['Meas.MinCellTemperature', 'Double', 'K', 200, 500, 297.5], ['Meas.MaxCellTemperature', 'Double', 'K', 200, 500, 299.5], ['Meas.SurfaceTemperature', 'Double', 'K', 200, 500, 298.25],
  ['Cap.MinVoltage', 'Double', 'V', 0, 2000, 10], ['Cap.MaxVoltage', 'Double', 'V', 0, 2000, 50], ['Cap.MaxCurrent', 'Double', 'A', 0, 2000, 20], ['Cap.MaxPower', 'Double', 'W', 0, 4e6, 900], ['Cap.MaxRamp', 'Double', null, 0, 1e6, 5],
  ['Battery.TargetCurrent', 'Double', 'A', 0, 2000, 15], ['Battery.MaxVoltage', 'Double', 'V', 0, 2000, 16.8], ['Battery.MaxCellVoltage', 'Double', 'V', 0, 10, 4.2], ['Battery.MaxTemperature', 'Double', 'K', 0, 500, 318.15], ['Battery.MaxPower', 'Double', 'W', 0, 4e6, 240],
  ['VehicleConnected', 'Boolean', null, 0, 0, true], ['Faults', 'String', null, 0, 0, []], ['Heartbeat', 'UInt32', null, 0, 0, 0],
  ['Setpoint.ValidForMillis', 'UInt32', null, 0, 60_000, 0], ['Setpoint.VoltageCeiling', 'Double', 'V', 0, 2000, 0], ['Setpoint.Current', 'Double', 'A', 0, 2000, 0],
  ['Cap.MaxHeating', 'Double', 'W', 0, 1e6, 0], ['Cap.MaxCooling', 'Double', 'W', 0, 1e6, 0], ['Cap.HeatingEfficiency', 'Double', null, 0, 20, 1], ['Cap.CoolingCoefficient', 'Double', null, 0, 20, 1], ['Setpoint.Heat', 'Double', 'W', -1e6, 1e6, 0],
];

export async function freePort() {
  const probe = createServer();
  await new Promise((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

/** A charger without a plant: values are set by the checks, and every write is noted. */
export class Vendor {
  writes = []; // {node, value, type, at}
  values = new Map(); // node → {type, value, status, array}
  refuses = new Map(); // node → status
  alive = true;
  #nodes = new Map();

  /**
   * Starts one; policies and who may log in are all of them unless told otherwise. A bare one has no
   * nodes of its own, for those that nobody gets to see: it is there in a tenth of the time.
   */
  static async start({ folder, port, certificate = 'charger', policies = POLICIES, anonymous = true, bare = false }) {
    const vendor = new Vendor();
    vendor.port = port ?? (await freePort());
    const manager = async (name) => {
      const made = new OPCUACertificateManager({ rootFolder: join(folder, `vendor-${name}-pki`), automaticallyAcceptUnknownCertificate: false });
      await made.initialize();
      return made;
    };
    const [applications, users] = [await manager('applications'), await manager('users')];
    await applications.trustCertificate(readFileSync(join(folder, 'controller-pki/own/certs/own.der')));
    await users.trustCertificate(readFileSync(join(folder, 'certificates/panel.der')));
    vendor.server = new OPCUAServer({
      port: vendor.port,
      host: '127.0.0.1',
      hostname: '127.0.0.1',
      resourcePath: '/vendor',
      certificateFile: join(folder, `certificates/${certificate}.pem`),
      privateKeyFile: join(folder, `certificates/${certificate}.key.pem`),
      serverCertificateManager: applications,
      userCertificateManager: users,
      serverInfo: { applicationUri: 'urn:anodyne:interop:charger', applicationName: { text: 'charger' } },
      securityPolicies: policies.map((p) => SecurityPolicy[p]),
      securityModes: [MessageSecurityMode.None, MessageSecurityMode.SignAndEncrypt],
      allowAnonymous: anonymous,
      userManager: { isValidUser: (name, password) => name === 'controller' && password === 'correct horse' },
      nodeset_filename: [bare ? MINI : nodesets.standard],
      disableDiscovery: true,
      serverCapabilities: { maxSessions: 100 },
    });
    await vendor.server.initialize();
    if (!bare) vendor.#model(vendor.server.engine.addressSpace);
    await vendor.server.start();
    vendor.url = `opc.tcp://127.0.0.1:${vendor.port}/vendor`;
    if (!bare) vendor.timer = setInterval(() => vendor.#tick(), 100);
    return vendor;
  }

  async stop() {
    clearInterval(this.timer);
    await this.server.shutdown(10);
  }

  /** Sets a raw value, and its status. */
  set(node, value, status = StatusCodes.Good) {
    Object.assign(this.values.get(node), { value, status });
    this.#show(node);
  }

  /** Writes from a moment on, to one node or to all. */
  since(at, node) {
    return this.writes.filter((w) => w.at >= at && (node === undefined || w.node === node));
  }

  #model(space) {
    // Namespaces that nobody wants, so that the indices are none that anybody could expect.
    for (let i = 0; i < 3; i++) space.registerNamespace(`urn:anodyne:interop:unused:${i}`);
    const centiamp = space.registerNamespace('urn:centiamp:dc');
    const device = centiamp.addObject({ nodeId: 'i=1000', browseName: 'Centiamp DC', organizedBy: space.rootFolder.objects });
    for (const [id, browseName, type, value] of REGISTERS) {
      const options = { nodeId: `i=${id}`, browseName, componentOf: device, dataType: type };
      this.#add(id, type, value, id >= 2000 ? (more) => centiamp.addVariable({ ...options, ...more }) : (more) => centiamp.addVariable({ ...options, accessLevel: 'CurrentRead', ...more }), id >= 2000);
    }
    const bench = space.registerNamespace('urn:anodyne:bench:instances');
    const folders = { CH01: bench.addObject({ nodeId: 's=CH01', browseName: 'CH01', organizedBy: space.rootFolder.objects }) };
    for (const [path, type, unit, low, high, value] of TAGS) {
      const parts = path.split('.');
      const owner = parts.length === 1 ? 'CH01' : `CH01.${parts[0]}`;
      folders[owner] ??= bench.addObject({ nodeId: `s=${owner}`, browseName: parts[0], componentOf: folders.CH01 });
      const isWritten = path.startsWith('Setpoint.');
      const options = { nodeId: `s=CH01.${path}`, browseName: parts.at(-1), componentOf: folders[owner], dataType: type, ...(isWritten ? {} : { accessLevel: 'CurrentRead' }) };
      const analog = unit && { engineeringUnits: UNITS[unit], engineeringUnitsRange: { low, high } };
      this.#add(path, type, value, (more) => (analog ? bench.addAnalogDataItem({ ...options, ...analog, ...more }) : bench.addVariable({ ...options, ...(Array.isArray(value) ? { valueRank: 1, arrayDimensions: [0] } : {}), ...more })), isWritten);
    }
  }

  #add(node, type, value, make, isWritten) {
    this.values.set(node, { type, value, status: StatusCodes.Good });
    const get = () => this.#variant(node);
    const set = (variant) => {
      this.writes.push({ node, value: variant.value, type: DataType[variant.dataType], at: Date.now() });
      const refusal = this.refuses.get(node);
      if (refusal) return refusal;
      this.values.get(node).value = variant.value;
      return StatusCodes.Good;
    };
    this.#nodes.set(node, make(isWritten ? { value: { get, set }, minimumSamplingInterval: 100 } : {}));
    if (!isWritten) this.#show(node);
  }

  #variant(node) {
    const { type, value } = this.values.get(node);
    return new Variant({ dataType: DataType[type], arrayType: Array.isArray(value) ? VariantArrayType.Array : VariantArrayType.Scalar, value });
  }

  #show(node) {
    this.#nodes.get(node).setValueFromSource(this.#variant(node), this.values.get(node).status, new Date());
  }

  /** A new set of values. */
  #tick() {
    if (!this.alive) return;
    this.values.get(1003).value = (this.values.get(1003).value + 1) % 65_536;
    this.values.get('Heartbeat').value++;
    for (const node of this.values.keys()) {
      if (!(node >= 2000) && !String(node).startsWith('Setpoint.')) this.#show(node);
    }
  }
}
