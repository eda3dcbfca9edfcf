// What was: raw values with bounds and pages, and aggregates against those worked out here.
import opcua from '../lib/opcua.js';
import { check, equal, eventually, inRange, near, ok, status } from '../lib/checks.js';

const { AggregateFunction, AttributeIds, HistoryReadRequest, NodeId, ReadProcessedDetails, ReadRawModifiedDetails, TimestampsToReturn } = opcua;
const VOLTAGE = 'CH01.Measurements.Voltage';

export default async function ({ session, node }) {
  const raw = async (id, startTime, endTime, { numValuesPerNode = 0, returnBounds = false, isReadModified = false, continuationPoint } = {}) => {
    const answer = await session.historyRead(
      new HistoryReadRequest({
        historyReadDetails: new ReadRawModifiedDetails({ isReadModified, startTime, endTime, numValuesPerNode, returnBounds }),
        timestampsToReturn: TimestampsToReturn.Both,
        releaseContinuationPoints: false,
        nodesToRead: [{ nodeId: node(id), continuationPoint }],
      }),
    );
    const result = answer.results[0];
    return Object.assign(result.historyData?.dataValues ?? [], { statusCode: result.statusCode, point: result.continuationPoint });
  };
  const processed = async (id, startTime, endTime, processingInterval, aggregate, configuration = { useServerCapabilitiesDefaults: true }) => {
    const answer = await session.historyRead(
      new HistoryReadRequest({
        historyReadDetails: new ReadProcessedDetails({ startTime, endTime, processingInterval, aggregateType: [opcua.resolveNodeId(aggregate)], aggregateConfiguration: configuration }),
        timestampsToReturn: TimestampsToReturn.Both,
        nodesToRead: [{ nodeId: node(id) }],
      }),
    );
    const result = answer.results[0];
    return Object.assign(result.historyData?.dataValues ?? [], { statusCode: result.statusCode });
  };
  const FN = { average: `i=${AggregateFunction.Average}`, minimum: `i=${AggregateFunction.Minimum}`, maximum: `i=${AggregateFunction.Maximum}` };
  const numbers = (values) => values.map((v) => v.value.value);
  const times = (values) => values.map((v) => v.sourceTimestamp.getTime());
  // A Date here holds milliseconds, the server's times are finer.
  const after = (time) => new Date(time.getTime() + 1);
  let end = new Date();
  let start = new Date(end - 600_000);
  let all = [];

  /** Times up to that of a value; several may be of the same millisecond. */
  const upTo = (value) => times(all).filter((t) => t <= value.sourceTimestamp.getTime());

  await check('client/history raw values are there, in order and good', async () => {
    await eventually('values', async () => {
      end = new Date();
      all = await raw(VOLTAGE, start, end);
      return all.length;
    }, (n) => n >= 12, 30);
    const at = times(all);
    ok(at.every((t, i) => i === 0 || t >= at[i - 1]), 'not in order of time');
    ok(numbers(all).slice(-5).every((v) => v > 5 && v < 20), `the last are ${numbers(all).slice(-5)}`);
    start = all[0].sourceTimestamp;
    end = after(all.at(-1).sourceTimestamp);
  }, 45);
  await check('client/history raw values agree with what is read now', async () => {
    const now = await session.read({ nodeId: node(VOLTAGE), attributeId: AttributeIds.Value });
    const then = await raw(VOLTAGE, now.sourceTimestamp, after(now.sourceTimestamp));
    ok(numbers(then).includes(now.value.value), `${now.value.value} at ${now.sourceTimestamp.toISOString()}, but then ${numbers(then)}`);
  });
  await check('client/history newest first when the start lies after the end', async () => {
    const back = await raw(VOLTAGE, end, start);
    const at = times(back);
    ok(back.length > 5 && at.every((t, i) => i === 0 || t <= at[i - 1]), 'not the newest first');
  });
  await check('client/history so many from a start on', async () => {
    const some = await raw(VOLTAGE, start, undefined, { numValuesPerNode: 4 });
    equal(times(some), times(all).slice(0, 4));
  });
  await check('client/history so many back from an end', async () => {
    const some = await raw(VOLTAGE, undefined, after(all[6].sourceTimestamp), { numValuesPerNode: 3 });
    equal(times(some), upTo(all[6]).slice(-3).reverse());
  });
  await check('client/history in pages gives the same as at once', async () => {
    let page = await raw(VOLTAGE, start, end, { numValuesPerNode: 5 });
    const joined = [...page];
    let pages = 1;
    while (page.point?.length && pages < 200) {
      page = await raw(VOLTAGE, start, end, { numValuesPerNode: 5, continuationPoint: page.point });
      joined.push(...page);
      pages++;
    }
    ok(pages > 2, `there were ${pages} pages`);
    equal(times(joined), times(all).filter((t) => t >= start.getTime()));
  });
  await check('client/history a continuation point that is not its own is refused', async () => {
    status((await raw(VOLTAGE, start, end, { continuationPoint: Buffer.from('nonsense') })).statusCode, 'BadContinuationPointInvalid');
  });
  await check('client/history bounds are the values around', async () => {
    const from = after(all[2].sourceTimestamp);
    const to = after(all[5].sourceTimestamp);
    const within = await raw(VOLTAGE, from, to, { returnBounds: true });
    const before = upTo(all[2]);
    const inside = upTo(all[5]).slice(before.length);
    equal(times(within), [before.at(-1), ...inside, times(all)[before.length + inside.length]]);
  });
  await check('client/history a bound that does not exist is Bad_BoundNotFound', async () => {
    const [first] = await raw(VOLTAGE, new Date(Date.UTC(2001, 0, 1)), end, { returnBounds: true });
    status(first.statusCode, 'BadBoundNotFound');
  });
  await check('client/history of a time without values is Good_NoData', async () => {
    status((await raw(VOLTAGE, new Date(Date.UTC(2001, 0, 1)), new Date(Date.UTC(2001, 0, 2)))).statusCode, 'GoodNoData');
  });
  for (const id of ['CH01.Estimators.AnodePotential', 'CH01.Setpoints.Current', 'CH01.Limits.MaxPower', 'Station.GridConnection.DeliveredPower']) {
    await check(`client/history ${id} has one`, async () => ok((await raw(id, new Date(end - 600_000), new Date())).length > 0, 'no values'));
  }
  await check('client/history of a variable without one is Bad_HistoryOperationUnsupported', async () => status((await raw('CH01.Policy.Reason', start, end)).statusCode, 'BadHistoryOperationUnsupported'));
  await check('client/history of an unknown node is Bad_NodeIdUnknown', async () => status((await raw('CH01.Nothing', start, end)).statusCode, 'BadNodeIdUnknown'));
  await check('client/history without start and end is refused', async () => status((await raw(VOLTAGE, undefined, undefined, { numValuesPerNode: 3 })).statusCode, 'BadHistoryOperationInvalid'));
  await check('client/history modified values are not kept', async () => status((await raw(VOLTAGE, start, end, { isReadModified: true })).statusCode, 'BadHistoryOperationUnsupported'));
  for (const [name, work] of [
    ['average', (v) => v.reduce((a, b) => a + b, 0) / v.length],
    ['minimum', (v) => Math.min(...v)],
    ['maximum', (v) => Math.max(...v)],
  ]) {
    await check(`client/history the ${name} of each interval is that of its raw values`, async () => {
      const from = all[0].sourceTimestamp.getTime();
      const to = all.at(-1).sourceTimestamp.getTime();
      const got = await processed(VOLTAGE, new Date(from), new Date(to), 4000, FN[name]);
      equal(got.length, Math.ceil((to - from) / 4000), 'intervals');
      let compared = 0;
      got.forEach((value, i) => {
        const [a, b] = [from + 4000 * i, Math.min(from + 4000 * (i + 1), to)];
        const inside = all.filter((v) => v.statusCode.name === 'Good' && v.sourceTimestamp.getTime() >= a && v.sourceTimestamp.getTime() < b);
        const same = all.filter((v) => v.sourceTimestamp.getTime() >= a && v.sourceTimestamp.getTime() < b).length === inside.length;
        if (inside.length === 0 || !same) return;
        near(value.value.value, work(numbers(inside)), 1e-9, `interval ${i}`);
        equal(value.sourceTimestamp.getTime(), a, 'stamp');
        compared++;
      });
      ok(compared >= 2, `only ${compared} intervals could be compared`);
    });
  }
  await check('client/history one interval over all of it', async () => {
    const got = await processed(VOLTAGE, start, end, 0, FN.maximum);
    equal(got.length, 1);
  });
  await check('client/history an aggregate that is not offered is Bad_AggregateNotSupported', async () => {
    status((await processed(VOLTAGE, start, end, 1000, `i=${AggregateFunction.TimeAverage}`)).statusCode, 'BadAggregateNotSupported');
  });
  await check('client/history an aggregate asked for without sense is Bad_AggregateInvalidInputs', async () => {
    const configuration = { useServerCapabilitiesDefaults: false, percentDataGood: 0, percentDataBad: 0 };
    status((await processed(VOLTAGE, start, end, 1000, FN.average, configuration)).statusCode, 'BadAggregateInvalidInputs');
  });
  await check('client/history what is offered is declared', async () => {
    const found = await session.browse({ nodeId: 'i=11201', referenceTypeId: 'Organizes', includeSubtypes: true, browseDirection: 0, nodeClassMask: 0, resultMask: 63 });
    equal(found.references.map((r) => r.browseName.name).sort(), ['Average', 'Maximum', 'Minimum']);
  });
}
