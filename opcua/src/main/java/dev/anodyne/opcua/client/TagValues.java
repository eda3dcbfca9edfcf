package dev.anodyne.opcua.client;

import dev.anodyne.core.charging.Quality;
import dev.anodyne.opcua.model.ChargerTag;
import java.util.Map;

/**
 * What is known of a server's tags at one instant, in tag units. Values with a bad status are left
 * out.
 *
 * @param values values in tag units
 * @param measuredQuality worst quality among the measured tags
 * @param beat counts up with every sign that the source lives; −1 when none was ever seen
 * @param moved some value is new since the last time
 * @param staleNanos the machine's time at which the first tag turns stale; only with {@code
 *     staleTag}
 * @param staleTag the tag that turns stale first; empty when none has a limit of its own
 */
record TagValues(
    Map<ChargerTag, Object> values,
    Quality measuredQuality,
    long beat,
    boolean moved,
    long staleNanos,
    String staleTag) {

  /** Values of a server whose heartbeat is the only sign of life. */
  TagValues(Map<ChargerTag, Object> values, Quality measuredQuality) {
    this(values, measuredQuality, counter(values, ChargerTag.HEARTBEAT), false, 0, "");
  }

  /** A counter's value; −1 when it was not sent. */
  long counter(ChargerTag tag) {
    return counter(values, tag);
  }

  static long counter(Map<ChargerTag, Object> values, ChargerTag tag) {
    return values.get(tag) instanceof Number number ? number.longValue() : -1;
  }
}
