// The published NodeSet2 files, loaded by another stack, against the live server.
import { join } from 'node:path';
import opcua from '../lib/opcua.js';
import { check, equal, ok, status } from '../lib/checks.js';
import { references, tree } from '../lib/tree.js';

const { AddressSpace, AttributeIds, BrowseDirection, NodeClass, NodeId, generateAddressSpace, nodesets } = opcua;

/** Namespace indices differ between both: URIs take their place. */
const byUri = (id, uris) => `${uris[id.namespace]}|${id.value}`;
const name = (qualified, uris) => `${uris[qualified.namespaceIndex]}:${qualified.name}`;

export default async function ({ session, ns, schema }) {
  const space = AddressSpace.create();
  await check('client/nodeset both files are loaded by another stack', async () => {
    await generateAddressSpace(space, [nodesets.standard, nodesets.di, join(schema, 'Anodyne.Types.NodeSet2.xml'), join(schema, 'Anodyne.ExampleStation.NodeSet2.xml')]);
    ok(space.getNamespaceIndex('urn:anodyne:types') > 0, 'the types are missing');
  }, 60);
  const uris = space.getNamespaceArray().map((n) => n.namespaceUri);
  const of = (uri) => [...space.getNamespace(uri).nodeIterator()];
  const types = of('urn:anodyne:types');
  const instances = of('urn:anodyne:station:instances');
  const live = new Map([...(await tree(session, 'i=84', 0))].map(([, r]) => [byUri(r.nodeId, ns.uris), r]));
  const liveIds = (uri) => [...live.keys()].filter((id) => id.startsWith(`${uri}|`));

  await check('client/nodeset the types are the same nodes', async () => {
    equal(types.map((n) => byUri(n.nodeId, uris)).sort(), liveIds('urn:anodyne:types').sort());
  });
  await check('client/nodeset a charger and the station are the same nodes', async () => {
    const same = liveIds('urn:anodyne:station:instances').filter((id) => !id.includes('|CH02'));
    equal(instances.map((n) => byUri(n.nodeId, uris)).sort(), same.sort());
  });
  const id = (node) => new NodeId(node.nodeId.identifierType, node.nodeId.value, ns.uris.indexOf(uris[node.nodeId.namespace]));
  const all = [...types, ...instances];
  const attribute = async (nodes, attributeId) => {
    const values = [];
    for (let i = 0; i < nodes.length; i += 500) values.push(...(await session.read(nodes.slice(i, i + 500).map((n) => ({ nodeId: id(n), attributeId })))));
    values.forEach((v, i) => status(v.statusCode, 'Good', `attribute ${attributeId} of ${nodes[i].nodeId}`));
    return values.map((v) => v.value.value);
  };
  await check('client/nodeset every node has the same class', async () => {
    const values = await attribute(all, AttributeIds.NodeClass);
    values.forEach((v, i) => equal(NodeClass[v], NodeClass[all[i].nodeClass], all[i].nodeId.toString()));
  });
  await check('client/nodeset every node has the same browse name', async () => {
    const values = await attribute(all, AttributeIds.BrowseName);
    values.forEach((v, i) => equal(name(v, ns.uris), name(all[i].browseName, uris), all[i].nodeId.toString()));
  });
  const variables = all.filter((n) => n.nodeClass === NodeClass.Variable || n.nodeClass === NodeClass.VariableType);
  await check('client/nodeset every variable has the same data type', async () => {
    const values = await attribute(variables, AttributeIds.DataType);
    values.forEach((v, i) => equal(byUri(v, ns.uris), byUri(variables[i].dataType, uris), variables[i].nodeId.toString()));
  });
  await check('client/nodeset every variable has the same value rank', async () => {
    const values = await attribute(variables, AttributeIds.ValueRank);
    values.forEach((v, i) => equal(v, variables[i].valueRank, variables[i].nodeId.toString()));
  });
  await check('client/nodeset every node has the same references downwards', async () => {
    for (let i = 0; i < all.length; i += 50) {
      const part = all.slice(i, i + 50);
      const found = await Promise.all(part.map((n) => references(session, id(n), { type: 'References', direction: BrowseDirection.Forward })));
      part.forEach((n, j) => {
        const own = n.allReferences().filter((r) => r.isForward).map((r) => `${byUri(r.referenceType, uris)} > ${byUri(r.nodeId, uris)}`);
        const theirs = found[j].map((r) => `${byUri(r.referenceTypeId, ns.uris)} > ${byUri(r.nodeId, ns.uris)}`);
        equal([...new Set(theirs)].filter((t) => !t.includes('|CH02')).sort(), [...new Set(own)].sort(), `references of ${n.nodeId}`);
      });
    }
  }, 60);
  await check('client/nodeset enumerations have the same names', async () => {
    const strings = types.filter((n) => n.browseName.name === 'EnumStrings');
    ok(strings.length >= 4, `there are ${strings.length}`);
    for (const n of strings) {
      const value = await session.read({ nodeId: id(n), attributeId: AttributeIds.Value });
      equal(value.value.value.map((t) => t.text), n.readValue().value.value.map((t) => t.text), n.nodeId.toString());
    }
  });
  await space.shutdown();
  space.dispose();
}
