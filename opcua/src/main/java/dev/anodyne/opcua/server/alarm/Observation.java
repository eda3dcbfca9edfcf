package dev.anodyne.opcua.server.alarm;

import java.util.List;

/**
 * What is seen of an alarm's source at one instant.
 *
 * @param causes why the alarm should be active; empty when all is well
 * @param quality whether the source can be seen; the causes of one that cannot are not looked at
 * @param bands the limits of a limit alarm as they are now; without meaning for others
 */
public record Observation(List<Cause> causes, AlarmQuality quality, Bands bands) {
  /** All is well. */
  public static final Observation NORMAL =
      new Observation(List.of(), AlarmQuality.GOOD, Bands.NONE);

  public Observation {
    causes = List.copyOf(causes);
  }

  /** Seen, with these causes. */
  public static Observation of(List<Cause> causes) {
    return new Observation(causes, AlarmQuality.GOOD, Bands.NONE);
  }

  /** Seen, beyond some limits or none. */
  public static Observation of(List<Cause> causes, Bands bands) {
    return new Observation(causes, AlarmQuality.GOOD, bands);
  }

  /** Not to be seen: the alarm stays as it is. */
  public static Observation unseen(AlarmQuality quality) {
    return new Observation(List.of(), quality, Bands.NONE);
  }
}
