// Watching events, by the library's own filters.
import opcua from './opcua.js';
import { eventually } from './checks.js';

const { AttributeIds, TimestampsToReturn, constructEventFilter, ofType } = opcua;

const FIELDS = [
  'EventId', 'EventType', 'SourceNode', 'SourceName', 'Time', 'ReceiveTime', 'Message', 'Severity', 'ConditionId',
  'ConditionName', 'BranchId', 'Retain', 'Quality', 'LastSeverity', 'Comment', 'ClientUserId', 'EnabledState.Id', 'AckedState.Id', 'ConfirmedState.Id', 'ActiveState.Id', 'InputNode',
  'ActionTimeStamp', 'Status', 'AttributeId', 'OldValue', 'NewValue', 'MethodId', 'InputArguments', 'SessionId',
];

/** What an item hears from now on; end() ends it. */
export async function watch(session, nodeId, type) {
  const subscription = await session.createSubscription2({ requestedPublishingInterval: 100, requestedLifetimeCount: 600, requestedMaxKeepAliveCount: 20, publishingEnabled: true });
  const filter = constructEventFilter(FIELDS, type ? ofType(type) : undefined);
  const item = await subscription.monitor({ nodeId, attributeId: AttributeIds.EventNotifier }, { samplingInterval: 0, queueSize: 500, discardOldest: true, filter }, TimestampsToReturn.Neither);
  const heard = [];
  item.on('changed', (values) => heard.push(Object.fromEntries(FIELDS.map((name, i) => [name, values[i].value]))));
  return {
    heard,
    item,
    subscription,
    /** The first event from a position on that is as asked for. */
    until: (what, holds, { from = 0, seconds = 10 } = {}) => eventually(what, async () => heard.slice(from).find(holds), (event) => event !== undefined, seconds),
    end: () => subscription.terminate(),
  };
}

/** An event's type as text: i=2787. */
export const typeOf = (event) => event.EventType.toString().replace('ns=0;', '');
