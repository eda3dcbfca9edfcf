/**
 * Values of the past: a small store that appends and reads points, a bounded one in memory, and the
 * answers to OPC UA's requests for raw and processed history (OPC 10000-11 and 10000-13). A
 * database can stand behind the same interface.
 */
@NullMarked
package dev.anodyne.opcua.server.history;

import org.jspecify.annotations.NullMarked;
