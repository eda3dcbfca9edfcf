// The address space as a client without any knowledge of it finds it.
import opcua from '../lib/opcua.js';
import { check, equal, ok, status } from '../lib/checks.js';
import { references, tree } from '../lib/tree.js';

const { AttributeIds, BrowseDirection, NodeClass, makeBrowsePath } = opcua;

const names = (found) => found.map((r) => r.browseName.name).sort();

export default async function ({ session, ns, node, type }) {
  await check('client/browse the namespaces are listed', async () => {
    ok(ns.types > 0 && ns.instances > 0 && ns.di > 0, `namespaces are ${ns.uris}`);
    equal(ns.uris[0], 'http://opcfoundation.org/UA/');
  });
  await check('client/browse the station stands below Objects', async () => {
    const found = names(await references(session, 'ObjectsFolder'));
    ok(found.includes('Station') && found.includes('Server') && found.includes('DeviceSet'), `Objects has ${found}`);
  });
  await check('client/browse a charger has all its parts', async () => {
    const found = names(await references(session, node('CH01'), { type: 'HasComponent' }));
    for (const part of ['Identification', 'Connectors', 'Measurements', 'Setpoints', 'Limits', 'Estimators', 'Policy', 'Session', 'Health', 'Alarms', 'StartCharging', 'EmergencyStopRequest']) {
      ok(found.includes(part), `${part} is missing in ${found}`);
    }
  });
  await check('client/browse both chargers are in DeviceSet', async () => {
    const found = names(await references(session, `ns=${ns.di};i=5001`));
    equal(found, ['CH01', 'CH02']);
  });
  await check('client/browse the whole tree', async () => {
    const found = await tree(session, 'i=85', 1);
    ok(found.size > 400, `only ${found.size} nodes were found`);
    for (const [id, reference] of found) ok(reference.displayName.text, `${id} has no display name`);
  }, 40);
  await check('client/browse every node of the tree tells its attributes', async () => {
    const found = [...(await tree(session, node('CH01'), 1)).keys()];
    const wanted = [AttributeIds.NodeId, AttributeIds.NodeClass, AttributeIds.BrowseName, AttributeIds.DisplayName];
    const values = await session.read(found.flatMap((nodeId) => wanted.map((attributeId) => ({ nodeId, attributeId }))).slice(0, 1000));
    values.forEach((value, i) => status(value.statusCode, 'Good', `attribute ${wanted[i % 4]} of ${found[Math.floor(i / 4)]}`));
  }, 40);
  await check('client/browse every object and variable has a type', async () => {
    const found = [...(await tree(session, node('CH01'), 1)).values()].filter((r) => r.nodeClass === NodeClass.Object || r.nodeClass === NodeClass.Variable);
    ok(found.length > 100, `only ${found.length} were found`);
    for (const r of found) ok(!r.typeDefinition.isEmpty(), `${r.nodeId} has no type`);
  }, 40);
  await check('client/browse a charger is of a type that derives from the base', async () => {
    const [own] = await references(session, node('CH01'), { type: 'HasTypeDefinition' });
    equal(own.browseName.name, 'ChargerType');
    let at = own.nodeId;
    for (let i = 0; i < 8 && at.toString() !== 'ns=0;i=58'; i++) {
      const [up] = await references(session, at, { type: 'HasSubtype', direction: BrowseDirection.Inverse });
      at = up.nodeId;
    }
    equal(at.toString(), 'ns=0;i=58');
  });
  await check('client/browse backwards leads to Objects', async () => {
    let at = node('CH01.Estimators.AnodePotential');
    const way = [];
    for (let i = 0; i < 10 && at !== 'ns=0;i=85'; i++) {
      const up = await references(session, at, { direction: BrowseDirection.Inverse });
      ok(up.length > 0, `nothing is above ${at}`);
      const next = up.find((r) => r.nodeId.namespace === ns.instances) ?? up[0];
      way.push(next.browseName.name);
      at = next.nodeId.toString();
    }
    equal(way, ['Estimators', 'CH01', 'Chargers', 'Station', 'Objects']);
  });
  await check('client/browse in pages gives the same as at once', async () => {
    const whole = await references(session, node('CH01'));
    const pages = await references(session, node('CH01'), { perAnswer: 5 });
    ok(pages.pages > 1, 'there was only one page');
    equal(pages.map(String).sort(), whole.map(String).sort());
  });
  await check('client/browse a released continuation point is gone', async () => {
    session.requestedMaxReferencesPerNode = 3;
    const first = await session.browse({ nodeId: node('CH01'), referenceTypeId: 'HierarchicalReferences', browseDirection: BrowseDirection.Forward, includeSubtypes: true, nodeClassMask: 0, resultMask: 63 });
    session.requestedMaxReferencesPerNode = 0;
    ok(first.continuationPoint?.length, 'there is no continuation point');
    await session.browseNext(first.continuationPoint, true);
    const after = await session.browseNext(first.continuationPoint, false);
    status(after.statusCode, 'BadContinuationPointInvalid');
  });
  await check('client/browse only what a class mask lets through', async () => {
    const result = await session.browse({ nodeId: node('CH01'), referenceTypeId: 'HierarchicalReferences', browseDirection: BrowseDirection.Forward, includeSubtypes: true, nodeClassMask: NodeClass.Method, resultMask: 63 });
    equal(names(result.references), ['Acknowledge', 'Authorise', 'EmergencyStopRequest', 'Reset', 'SetDeparture', 'SetPolicy', 'SetPowerLimit', 'StartCharging', 'StartOrder', 'StopCharging']);
  });
  await check('client/browse an unknown node is Bad_NodeIdUnknown', async () => {
    status((await references(session, node('CH01.Nothing'))).statusCode, 'BadNodeIdUnknown');
  });
  await check('client/browse a browse path leads to the node', async () => {
    const path = makeBrowsePath('RootFolder', `/Objects/${ns.instances}:Station/${ns.types}:Chargers/${ns.instances}:CH01/${ns.types}:Measurements/${ns.types}:Voltage`);
    const result = await session.translateBrowsePath(path);
    status(result.statusCode, 'Good');
    equal(result.targets[0].targetId.toString(), node('CH01.Measurements.Voltage'));
  });
  await check('client/browse a wrong browse path is Bad_NoMatch', async () => {
    const result = await session.translateBrowsePath(makeBrowsePath('RootFolder', `/Objects/${ns.instances}:Station/${ns.types}:Nowhere`));
    status(result.statusCode, 'BadNoMatch');
  });
  await check('client/browse the types are versioned', async () => {
    const found = await references(session, 'ns=0;i=11715');
    const own = found.find((r) => r.browseName.name === 'urn:anodyne:types');
    ok(own, `Server.Namespaces has ${names(found)}`);
    const version = (await references(session, own.nodeId.toString())).find((r) => r.browseName.name === 'NamespaceVersion');
    equal((await session.read({ nodeId: version.nodeId })).value.value, '1.2.0');
  });
  await check('client/browse the state machine has its states and its transitions', async () => {
    const found = names(await references(session, type('ChargeSessionStateMachineType')));
    for (const state of ['Idle', 'Connected', 'Authorised', 'PreCharge', 'Charging', 'Suspended', 'Stopping', 'Finished', 'Faulted']) ok(found.includes(state), `${state} is not in ${found}`);
    equal(found.filter((n) => n.includes('To')).length, 61, 'number of transitions');
  });
}
