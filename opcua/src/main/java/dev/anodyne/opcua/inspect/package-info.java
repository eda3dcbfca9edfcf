/**
 * What integrators look at a server with: its address space as a tree, a draft of a mapping from
 * names, units and ranges, a dry run of a station's connectors, and the certificates that were
 * refused. Nothing here controls anything; a draft never invents what it did not find.
 */
@NullMarked
package dev.anodyne.opcua.inspect;

import org.jspecify.annotations.NullMarked;
