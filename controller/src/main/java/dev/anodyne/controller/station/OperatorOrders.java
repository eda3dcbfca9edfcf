package dev.anodyne.controller.station;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What operators have asked of one connector, as it is shown.
 *
 * @param powerLimitWatts of this connector, W; +∞ without
 * @param stationLimitWatts of all connectors together, W; +∞ without
 * @param departure when the vehicle leaves, by the charge that runs or what was said for the next
 *     one; null when nobody has said
 * @param emergencyStopped stopped until reset
 * @param faultHeld a fault needs a person and has not been reset
 * @param acknowledgedBy who has seen stop or fault; empty when nobody has
 */
public record OperatorOrders(
    double powerLimitWatts,
    double stationLimitWatts,
    @Nullable Instant departure,
    boolean emergencyStopped,
    boolean faultHeld,
    String acknowledgedBy) {}
