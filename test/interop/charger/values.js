// What the link makes of a vendor's numbers.
import opcua from '../lib/opcua.js';
import { check, equal, near, ok } from '../lib/checks.js';

const { StatusCodes } = opcua;

export default async function ({ vendor, Link }) {
  const link = await Link.open();
  await link.up();
  const shows = (what, holds) => link.until(what, holds);
  /** Sets a raw value, waits for what it means, and sets it back. */
  const meaning = async (node, raw, what, holds, status) => {
    const before = vendor.values.get(node).value;
    vendor.set(node, raw, status);
    try {
      return await shows(what, holds);
    } finally {
      vendor.set(node, before);
    }
  };
  const same = async (key, expected, tolerance = 1e-9) => near((await link.status())[key], expected, tolerance, key);

  for (const [key, expected, from] of [
    ['currentAmps', 12.34, 'hundredths of an ampere'],
    ['voltageVolts', 15.5, 'hundredths of a volt'],
    ['minCellVolts', 3.8, 'millivolts'],
    ['maxCellVolts', 3.9, 'millivolts'],
    ['minCellKelvin', 297.45, 'tenths of a degree Celsius'],
    ['maxCellKelvin', 299.45, 'tenths of a degree Celsius'],
    ['surfaceKelvin', 298.25, 'tenths of a degree Celsius'],
    ['chargerMaxAmps', 20, 'hundredths of an ampere'],
    ['chargerMaxVolts', 50, 'hundredths of a volt'],
    ['chargerMaxWatts', 900, 'watts'],
    ['chargerMinVolts', 6, 'a constant of the mapping'],
    ['chargerMaxRamp', 10, 'a constant of the mapping'],
    ['batteryAmps', 15, 'hundredths of an ampere'],
    ['batteryVolts', 16.8, 'hundredths of a volt'],
    ['batteryCellVolts', 4.2, 'millivolts'],
    ['batteryKelvin', 318.15, 'tenths of a degree Celsius'],
    ['batteryWatts', 4000, 'a constant of the mapping'],
  ]) {
    await check(`server/values ${key} from ${from}`, () => same(key, expected));
  }
  await check('server/values a current below zero', () => meaning(1101, -550, 'current', (s) => Math.abs(s.currentAmps + 5.5) < 1e-9));
  await check('server/values a change arrives within half a second', async () => {
    const begin = Date.now();
    vendor.set(1101, 777);
    await shows('current', (s) => Math.abs(s.currentAmps - 7.77) < 1e-9);
    ok(Date.now() - begin < 500, `after ${Date.now() - begin} ms`);
    vendor.set(1101, 1234);
  });
  for (const [bits, fault] of [[0x0100, 'EMERGENCY_STOP'], [0x0200, 'ISOLATION_FAULT'], [0x0400, 'OVER_TEMPERATURE'], [0x0800, 'OVER_VOLTAGE_DC'], [0x1000, 'OVER_CURRENT_DC'], [0x8000, 'VENDOR_ERROR']]) {
    await check(`server/values bit ${bits.toString(16).padStart(4, '0')} of the status word is ${fault}`, () => meaning(1001, 0x4003 | bits, 'faults', (s) => s.faults.length === 1 && s.faults[0] === fault));
  }
  await check('server/values a bit that the mapping does not know is VENDOR_ERROR', () => meaning(1001, 0x4003 | 0x0020, 'faults', (s) => s.faults.includes('VENDOR_ERROR')));
  await check('server/values bits that mean nothing are no fault', () => meaning(1001, 0x4007, 'faults', (s) => s.faults.length === 0 && s.vehicleConnected));
  for (const [code, fault] of [[102, 'ISOLATION_FAULT'], [109, 'OVER_TEMPERATURE'], [115, 'AC_INPUT_FAULT'], [119, 'VENDOR_WARNING']]) {
    await check(`server/values error code ${code} is ${fault}`, () => meaning(1002, code, 'faults', (s) => s.faults.length === 1 && s.faults[0] === fault));
  }
  await check('server/values an error code that the mapping does not know is VENDOR_ERROR', () => meaning(1002, 4711, 'faults', (s) => s.faults.includes('VENDOR_ERROR')));
  await check('server/values faults of both words count together', async () => {
    vendor.set(1002, 102);
    await meaning(1001, 0x4003 | 0x0400, 'faults', (s) => s.faults.includes('ISOLATION_FAULT') && s.faults.includes('OVER_TEMPERATURE'));
    vendor.set(1002, 0);
    await shows('faults', (s) => s.faults.length === 0);
  });
  await check('server/values a vehicle counts as connected only when plugged and ready', async () => {
    await meaning(1001, 0x4001, 'connected', (s) => !s.vehicleConnected);
    await meaning(1001, 0x4002, 'connected', (s) => !s.vehicleConnected);
    await shows('connected', (s) => s.vehicleConnected);
  });
  await check("server/values a vendor's number for no value is no value", () => meaning(1111, 0xffff, 'quality', (s) => s.quality === 'BAD'));
  await check('server/values a temperature of no value is no value', () => meaning(1122, -32768, 'quality', (s) => s.quality === 'BAD'));
  await check('server/values a value beyond its tag is bad', () => meaning(1112, 12000, 'quality', (s) => s.quality === 'BAD'));
  await check('server/values a bad status makes the measurement bad', () => meaning(1103, 1550, 'quality', (s) => s.quality === 'BAD', StatusCodes.BadSensorFailure));
  await check('server/values an uncertain status makes the measurement uncertain', () => meaning(1103, 1550, 'quality', (s) => s.quality === 'UNCERTAIN', StatusCodes.UncertainSensorNotAccurate));
  await check('server/values good again when the status is', () => shows('quality', (s) => s.quality === 'GOOD'));
  await check('server/values a status word that cannot be read is a COMMUNICATION_FAULT without a vehicle', () => meaning(1001, 0x4003, 'faults', (s) => s.faults.includes('COMMUNICATION_FAULT') && !s.vehicleConnected, StatusCodes.BadDeviceFailure));
  await check('server/values limits of the battery that cannot be read are not known', () => meaning(1301, 1500, 'limits', (s) => !(s.batteryAmps > 0), StatusCodes.BadDeviceFailure));
  await check('server/values a life counter that stands still makes the link stale, with a reason', async () => {
    vendor.alive = false;
    const begin = Date.now();
    try {
      const s = await shows('link', (now) => now.link === 'STALE');
      ok(Date.now() - begin < 2500, `after ${Date.now() - begin} ms`);
      equal(s.quality, 'UNCERTAIN');
      ok(s.reason.length > 10, 'no reason is given');
    } finally {
      vendor.alive = true;
    }
    await shows('link', (now) => now.link === 'UP');
  });
  await check('server/values a life counter that wraps stays alive', async () => {
    vendor.values.get(1003).value = 65_530;
    const end = Date.now() + 2000;
    while (Date.now() < end) {
      equal((await link.status()).link, 'UP', 'link');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  });
  await link.close();
}
