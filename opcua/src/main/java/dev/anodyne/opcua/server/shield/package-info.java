/**
 * What stands between the network and the OPC UA library of a server. The library answers every
 * well-formed message of everybody; the handlers here decide how much of it one connection, one
 * address and all together may ask for. They count connections, give them time-outs until somebody
 * has logged in, put messages together before the library sees them, hold back what comes too fast,
 * and bound what is asked but not answered. Nothing here knows users, roles or nodes.
 */
@NullMarked
package dev.anodyne.opcua.server.shield;

import org.jspecify.annotations.NullMarked;
