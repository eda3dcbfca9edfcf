/**
 * Events on top of the OPC UA library: events whose fields are found by name instead of by a search
 * of the address space ({@link dev.anodyne.opcua.server.event.EventNode}), and who is told which of
 * them ({@link dev.anodyne.opcua.server.event.EventRouter}). An event reaches whoever watches its
 * source, the station, or the Server object; an event that is not for everybody reaches only the
 * sessions that may see it.
 */
@NullMarked
package dev.anodyne.opcua.server.event;

import org.jspecify.annotations.NullMarked;
