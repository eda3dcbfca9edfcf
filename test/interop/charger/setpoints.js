// Commands as they arrive at the charger: order, types, rounding, and when none is to arrive.
import opcua from '../lib/opcua.js';
import { check, equal, eventually, inRange, ok, sleep } from '../lib/checks.js';

const { StatusCodes } = opcua;

export default async function ({ vendor, Link }) {
  const opened = Date.now();
  const link = await Link.open();
  await link.up();
  const written = (node, since, holds, seconds = 15) => eventually(`writes to ${node}`, async () => vendor.since(since, node), holds, seconds);

  await check('server/setpoints no current is written first', async () => {
    const [first] = await written(2001, opened, (w) => w.length > 0);
    equal(first.value, 0);
    ok(!vendor.since(opened, 2003).some((beat) => beat.at < first.at), 'the watchdog was fed before');
  });
  await check('server/setpoints a command arrives in the types of the mapping', async () => {
    const begin = Date.now();
    await link.keep(5, 0.5);
    const [current] = await written(2001, begin, (w) => w.length > 0);
    const [ceiling] = await written(2002, begin, (w) => w.length > 0);
    equal([current.type, current.value, ceiling.type, ceiling.value], ['Int16', 500, 'UInt16', 1650]);
  });
  await check('server/setpoints the ceiling arrives before the current', async () => {
    const begin = Date.now();
    await link.apply(6);
    await written(2001, begin, (w) => w.length > 0);
    equal(vendor.since(begin).filter((w) => w.node !== 2003).map((w) => w.node).slice(0, 2), [2002, 2001]);
  });
  await check('server/setpoints a current is rounded down, never up', async () => {
    const begin = Date.now();
    await link.apply(7.2199);
    const [current] = await written(2001, begin, (w) => w.length > 0);
    equal(current.value, 721);
  });
  await check('server/setpoints a ceiling is rounded down, never up', async () => {
    const begin = Date.now();
    await link.apply(7, { volts: 16.789 });
    const [ceiling] = await written(2002, begin, (w) => w.length > 0);
    equal(ceiling.value, 1678);
  });
  await check('server/setpoints the watchdog is fed while a command holds', async () => {
    const begin = Date.now();
    await link.keep(3, 2);
    const beats = vendor.since(begin, 2003);
    inRange(beats.length, 5, 14, 'beats in 2 s at one every 0.2 s');
    ok(beats.every((b, i) => i === 0 || b.value === (beats[i - 1].value + 1) % 65_536), `beats are ${beats.map((b) => b.value)}`);
    equal(beats[0].type, 'UInt16');
  });
  await check('server/setpoints without new decisions a zero is written in time for the watchdog', async () => {
    await link.keep(4, 0.5, { millis: 2500 });
    const begin = Date.now();
    const [zero] = await written(2001, begin, (w) => w.some((x) => x.value === 0), 6);
    // The command ends 2.5 s after the last decision, at most 0.25 s ago; the watchdog needs 1 s of it.
    ok(zero.at - begin <= 1600, `after ${zero.at - begin} ms`);
    ok(vendor.since(begin, 2003).every((beat) => beat.at < begin + 1600 || beat.at > zero.at), 'a current was fed beyond its end');
  }, 20);
  await check('server/setpoints an expired command is not written', async () => {
    const begin = Date.now();
    await link.apply(9.99, { millis: -100 });
    await sleep(700);
    ok(!vendor.since(begin, 2001).some((w) => w.value !== 0), `written were ${vendor.since(begin, 2001).map((w) => w.value)}`);
  });
  await check('server/setpoints of many commands the newest is in force', async () => {
    const begin = Date.now();
    for (let i = 1; i <= 20; i++) await link.apply(i / 10);
    const all = await written(2001, begin, (w) => w.at(-1)?.value === 200);
    ok(all.every((w, i) => i === 0 || w.value >= all[i - 1].value), `written were ${all.map((w) => w.value)}`);
  });
  await check('server/setpoints a refused current is a COMMUNICATION_FAULT with its reason', async () => {
    vendor.refuses.set(2001, StatusCodes.BadOutOfRange);
    try {
      await link.apply(8);
      const s = await link.until('fault', (now) => now.faults.includes('COMMUNICATION_FAULT'));
      ok(s.reason.includes('Setpoint.Current') && s.reason.includes('Bad_OutOfRange'), s.reason);
    } finally {
      vendor.refuses.clear();
    }
    await link.keep(1, 0.6);
    await link.until('no fault', (now) => now.faults.length === 0);
  });
  await check('server/setpoints a refused ceiling is a COMMUNICATION_FAULT with its reason', async () => {
    vendor.refuses.set(2002, StatusCodes.BadTypeMismatch);
    try {
      await link.apply(2);
      const s = await link.until('fault', (now) => now.faults.includes('COMMUNICATION_FAULT'));
      ok(s.reason.includes('Setpoint.VoltageCeiling') && s.reason.includes('Bad_TypeMismatch'), s.reason);
    } finally {
      vendor.refuses.clear();
    }
    await link.keep(1, 0.6);
    await link.until('no fault', (now) => now.faults.length === 0);
  });
  await check('server/setpoints no current is written on leaving', async () => {
    await link.keep(2, 0.5);
    const begin = Date.now();
    await link.apply(0, { volts: 0 });
    await link.close();
    await written(2001, begin, (w) => w.at(-1)?.value === 0);
  });

  const bench = await Link.open({ mapping: 'anodyne-bench.yaml', chargerId: 'CH01' });
  await bench.up();
  await check("server/setpoints the bench's model is told how long a command holds", async () => {
    const begin = Date.now();
    await bench.apply(5.5, { millis: 2000 });
    const [valid] = await eventually('validity', async () => vendor.since(begin, 'Setpoint.ValidForMillis'), (w) => w.length > 0);
    equal(valid.type, 'UInt32');
    inRange(valid.value, 800, 1500, 'ms; 0.6 s are taken off for what the network may hold back');
  });
  await check("server/setpoints the bench's model gets validity, ceiling and current in this order", async () => {
    const begin = Date.now();
    await bench.apply(6.25);
    await eventually('current', async () => vendor.since(begin, 'Setpoint.Current'), (w) => w.length > 0);
    const order = vendor.since(begin).map((w) => w.node).filter((n) => String(n).startsWith('Setpoint.') && n !== 'Setpoint.Heat');
    equal(order.slice(0, 3), ['Setpoint.ValidForMillis', 'Setpoint.VoltageCeiling', 'Setpoint.Current']);
    equal(vendor.values.get('Setpoint.Current').value, 6.25);
  });
  await bench.close();
}
