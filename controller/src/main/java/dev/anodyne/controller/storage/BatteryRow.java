package dev.anodyne.controller.storage;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A battery that has been charged here.
 *
 * @param id its identity
 * @param cell kind of cell
 * @param layout how its cells are wired
 * @param firstSeen UTC
 * @param lastSeen UTC
 * @param charges how many are kept
 * @param energyWattHours of those that are over
 * @param record what was learned about it, as its file says it; null when nothing was
 */
public record BatteryRow(
    String id,
    String cell,
    String layout,
    Instant firstSeen,
    Instant lastSeen,
    long charges,
    double energyWattHours,
    @Nullable String record) {}
