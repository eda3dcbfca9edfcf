/**
 * The station for SCADA systems and integrators: a namespace of types and one of instances with
 * stable string ids, values with truthful status codes, methods with domain result codes, and a
 * state machine for each charger's session.
 *
 * <p>Nothing here knows the controller. What is shown comes in as immutable {@link
 * dev.anodyne.opcua.server.station.ChargerSnapshot}s; what clients want goes out through {@link
 * dev.anodyne.opcua.server.station.StationCommands}, after {@link
 * dev.anodyne.opcua.server.station.Authorization} has agreed. The tables in {@link
 * dev.anodyne.opcua.server.station.ChargerModel} define the address space once: types, instances
 * and values are made from them.
 */
@NullMarked
package dev.anodyne.opcua.server.station;

import org.jspecify.annotations.NullMarked;
