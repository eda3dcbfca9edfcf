package dev.anodyne.estimators.identification;

import dev.anodyne.core.cell.CellParameters;
import java.util.ArrayList;
import java.util.List;

/**
 * What is kept about one battery between its charges: every accepted identification, oldest first.
 * The newest counts; it can be taken back.
 *
 * @param cell name of the kind of cell
 * @param nominalAmpHours its nominal capacity, A·h
 * @param entries accepted identifications, oldest first, at most {@link #MOST_ENTRIES}
 */
public record BatteryRecord(String cell, double nominalAmpHours, List<Entry> entries) {
  /** Identifications that are kept. */
  public static final int MOST_ENTRIES = 20;

  /**
   * One accepted identification.
   *
   * @param endedAt when the session ended, ISO 8601; empty when not told
   * @param cell what was identified
   * @param rmseBeforeVolts voltage residual with the parameters before, V
   * @param rmseAfterVolts with those found, V
   */
  public record Entry(
      String endedAt, IdentifiedCell cell, double rmseBeforeVolts, double rmseAfterVolts) {}

  public BatteryRecord {
    entries = List.copyOf(entries);
  }

  /** A battery that nobody has charged yet. */
  public static BatteryRecord unknown(CellParameters kind) {
    return new BatteryRecord(kind.name(), kind.nominalCapacityAmpHours(), List.of());
  }

  /**
   * What the next session starts from.
   *
   * @throws IllegalArgumentException when the battery is of another kind of cell
   */
  public IdentifiedCell current(CellParameters kind) {
    IdentifiedCell now =
        entries.isEmpty() ? IdentifiedCell.unknown(kind) : entries.get(entries.size() - 1).cell();
    now.requireKind(kind, "The battery's record");
    return now;
  }

  /**
   * Checks the kind of cell.
   *
   * @param source names the record in the error
   * @throws IllegalArgumentException when the battery is of another kind of cell
   */
  public void requireKind(CellParameters kind, String source) {
    IdentifiedCell.requireKind(cell, nominalAmpHours, kind, source);
  }

  /** With a session's result; the same record when the session was refused. */
  public BatteryRecord with(Identification found, String endedAt) {
    if (!found.accepted()) {
      return this;
    }
    List<Entry> all = new ArrayList<>(entries);
    all.add(new Entry(endedAt, found.cell(), found.rmseBeforeVolts(), found.rmseAfterVolts()));
    int first = Math.max(0, all.size() - MOST_ENTRIES);
    return new BatteryRecord(cell, nominalAmpHours, all.subList(first, all.size()));
  }

  /** Takes the newest identification back; the same record when there is none. */
  public BatteryRecord restorePrevious() {
    return entries.isEmpty() ? this : restoreTo(entries.size() - 1);
  }

  /**
   * Takes back all but the oldest identifications.
   *
   * @param kept how many stay, 0 to their number; 0: the battery is unknown again
   * @throws IllegalArgumentException when there are not as many
   */
  public BatteryRecord restoreTo(int kept) {
    if (kept < 0 || kept > entries.size()) {
      throw new IllegalArgumentException(
          "Identification " + kept + " is not there; allowed: 0 to " + entries.size() + ".");
    }
    return kept == entries.size()
        ? this
        : new BatteryRecord(cell, nominalAmpHours, entries.subList(0, kept));
  }
}
