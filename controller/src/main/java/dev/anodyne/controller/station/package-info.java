/**
 * The station as a whole, towards SCADA systems: what operators have asked for and how it reaches
 * the sessions, and what the sessions tell. The OPC UA server itself knows nothing of sessions.
 *
 * <p>Power limits and emergency stops act on the status image that a session reads: a limit lowers
 * what the battery is said to allow, a stop is a fault that the charger is said to report. So
 * policy, guard and recording all see the same, and no other way to the charger is needed.
 */
@NullMarked
package dev.anodyne.controller.station;

import org.jspecify.annotations.NullMarked;
