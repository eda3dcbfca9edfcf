package dev.anodyne.controller.station;

import dev.anodyne.core.charging.PackLayout;
import java.time.Instant;

/**
 * Which charge of which battery. While no vehicle is there (the session is idle) it is the one that
 * the next vehicle will have.
 *
 * @param id unique for all time: a UUID of version 7 as text, so that ids sort by their begin; a
 *     charge keeps it through a restart of the server
 * @param begun when it was made: with its vehicle, its order, or the server's start
 * @param batteryId whose record counts; empty when nobody has said
 * @param cell name of the kind of cell
 * @param layout how the battery's cells are wired
 * @param startedBy who or what began it, for people
 */
public record ChargeIdentity(
    String id, Instant begun, String batteryId, String cell, PackLayout layout, String startedBy) {
  /** The same battery's charge under the id of one that began elsewhere or before. */
  public ChargeIdentity of(String otherId, Instant otherBegun) {
    return new ChargeIdentity(otherId, otherBegun, batteryId, cell, layout, startedBy);
  }
}
