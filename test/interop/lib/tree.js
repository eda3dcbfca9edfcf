// Browsing, completely: continuation points are followed.
import opcua from './opcua.js';

const { BrowseDirection } = opcua;

/** All references of a node. */
export async function references(session, nodeId, { type = 'HierarchicalReferences', direction = BrowseDirection.Forward, perAnswer = 0 } = {}) {
  session.requestedMaxReferencesPerNode = perAnswer;
  let result = await session.browse({
    nodeId,
    referenceTypeId: type,
    browseDirection: direction,
    includeSubtypes: true,
    nodeClassMask: 0,
    resultMask: 63,
  });
  const found = [...(result.references ?? [])];
  let pages = 1;
  while (result.continuationPoint?.length) {
    result = await session.browseNext(result.continuationPoint, false);
    found.push(...(result.references ?? []));
    pages++;
  }
  return Object.assign(found, { pages, statusCode: result.statusCode });
}

/** Every node that can be reached downwards, in the namespaces from one on: id → reference. */
export async function tree(session, root, lowestNamespace) {
  const seen = new Map();
  const waiting = [root];
  const visited = new Set(waiting);
  while (waiting.length > 0) {
    const part = waiting.splice(0, 50);
    const pages = await Promise.all(part.map((id) => references(session, id)));
    for (const reference of pages.flat()) {
      const id = reference.nodeId.toString();
      if (reference.nodeId.namespace >= lowestNamespace && !visited.has(id)) {
        visited.add(id);
        seen.set(id, reference);
        waiting.push(id);
      }
    }
  }
  return seen;
}
