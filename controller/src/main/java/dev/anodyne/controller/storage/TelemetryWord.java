package dev.anodyne.controller.storage;

/**
 * A word that is kept with every decision of a charge. The order is that of the table's columns and
 * of {@link Sample#words}; it must never change, new ones are added at the end.
 */
public enum TelemetryWord {
  /** The charge's state. */
  STATE("state", "State"),
  /** Whether the charger could be heard. */
  LINK("link", "Link"),
  /** VALID, OUT_OF_RANGE or NONE. */
  ESTIMATE("estimate", "Estimate"),
  /** Which rung decided. */
  DECISION("decision", "Decision"),
  /** How the solve ended. */
  SOLVE_STATUS("solve_status", "Solve status"),
  /** The limit that explains the current. */
  ACTIVE_CONSTRAINT("active_constraint", "Active constraint"),
  /** What made the guard lower the current; NONE when nothing did. */
  GUARD("guard", "Guard");

  private final String column;
  private final String header;

  TelemetryWord(String column, String header) {
    this.column = column;
    this.header = header;
  }

  /** Its name in the database. */
  public String column() {
    return column;
  }

  /** Its name in exported files. */
  public String header() {
    return header;
  }
}
