/**
 * What a station measures of itself, for Prometheus: sessions, loops, solvers, links, guard, power,
 * storage and the machine. Labels are bounded: rungs, reasons and states are enumerations, and only
 * what somebody needs of each charger carries its connector's id. Nothing here knows HTTP.
 */
@NullMarked
package dev.anodyne.controller.metrics;

import org.jspecify.annotations.NullMarked;
