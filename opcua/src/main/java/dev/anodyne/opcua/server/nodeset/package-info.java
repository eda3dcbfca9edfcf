/**
 * Writes a live namespace as a NodeSet2 XML file (OPC 10000-6 Annex F), so that other stacks and
 * tools can load the model without the server.
 */
@NullMarked
package dev.anodyne.opcua.server.nodeset;

import org.jspecify.annotations.NullMarked;
