package dev.anodyne.hil.recording;

/**
 * One column of a recording.
 *
 * @param name of the channel
 * @param unit for example {@code V}; {@code 1} for none
 * @param meaning in words; may be empty
 */
public record RecordedColumn(String name, String unit, String meaning) {
  /** The first column of every recording. */
  public static final RecordedColumn TIME =
      new RecordedColumn("time", "s", "plant time since the start");

  /** Name and unit as files with a header line have them: {@code pack.voltage [V]}. */
  public String header() {
    return name + " [" + unit + "]";
  }
}
