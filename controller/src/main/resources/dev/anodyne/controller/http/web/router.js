/**
 * Views by the part of the address after `#`: `#/site`, `#/connector/C1`, `#/charges?connector=C1`.
 * Such addresses can be kept and sent on, and Back works.
 */
export function parse(hash) {
  const [path, search] = hash.replace(/^#\/?/, '').split('?');
  const [name = '', ...rest] = path.split('/').filter(Boolean).map(decoded);
  return { name, id: rest[0] ?? null, query: new URLSearchParams(search ?? '') };
}

/** A `%` that stands alone is taken as it is. */
function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch (e) {
    return part;
  }
}

export const address = (name, id, query = '') => `#/${name}${id ? `/${encodeURIComponent(id)}` : ''}${query}`;
