/**
 * Chargers behind an OPC UA server. The link keeps its own clock of what it hears, since a server
 * that froze still answers with good status; it comes back by itself after a loss, and never sends
 * an old set-point again.
 */
@NullMarked
package dev.anodyne.opcua.client;

import org.jspecify.annotations.NullMarked;
