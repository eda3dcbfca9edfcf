package dev.anodyne.plantsim.pack;

import dev.anodyne.core.p2d.CellLimit;

/**
 * Which cell kept the battery from the current that was asked for, and what it is at the end of.
 *
 * @param cellIndex series position · parallel + parallel position
 * @param limit what it is at the end of; {@link CellLimit#NONE} when its equations could not be
 *     solved although nothing is at its end
 */
public record PackLimit(int cellIndex, CellLimit limit) {
  /** For a log. */
  public String describe() {
    String why = limit == CellLimit.NONE ? "the equations could not be solved" : limit.describe();
    return "cell " + cellIndex + ": " + why;
  }
}
