package dev.anodyne.controller.storage.export;

/**
 * A column of a file.
 *
 * @param header its name, with the unit
 * @param kind what its values are
 */
public record TableColumn(String header, Kind kind) {
  /** What values are. */
  public enum Kind {
    /** {@link Double}; NaN is written as nothing. */
    NUMBER,
    /** {@link String}. */
    TEXT,
    /** {@link Long}, µs since 1970 UTC. */
    TIME
  }

  /** A column of numbers. */
  public static TableColumn number(String header) {
    return new TableColumn(header, Kind.NUMBER);
  }

  /** A column of words. */
  public static TableColumn text(String header) {
    return new TableColumn(header, Kind.TEXT);
  }

  /** A column of instants. */
  public static TableColumn time(String header) {
    return new TableColumn(header, Kind.TIME);
  }
}
