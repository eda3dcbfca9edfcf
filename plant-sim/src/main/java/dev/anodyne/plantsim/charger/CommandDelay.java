package dev.anodyne.plantsim.charger;

import dev.anodyne.core.charging.CurrentCommand;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * A charger's dead time: a command counts this long after it was given. Not thread-safe.
 *
 * <pre>heard(t) = given(t − delay)</pre>
 */
final class CommandDelay {
  /** Times on a grid of steps are compared with this tolerance, ns. */
  private static final long ROUNDING_NANOS = 1_000;

  private record Given(long nanos, CurrentCommand command) {}

  private final ArrayDeque<Given> waiting = new ArrayDeque<>();
  private @Nullable CurrentCommand newest;
  private @Nullable CurrentCommand heard;

  /**
   * The command that counts now.
   *
   * @param given the newest command
   * @param nowNanos the loop's time, ns
   * @param delaySeconds dead time, s; 0 for none
   */
  CurrentCommand heard(CurrentCommand given, long nowNanos, double delaySeconds) {
    if (!given.equals(newest)) {
      newest = given;
      waiting.add(new Given(nowNanos, given));
    }
    long delayNanos = Math.round(delaySeconds * 1e9) - ROUNDING_NANOS;
    for (Given next = waiting.peek();
        next != null && nowNanos - next.nanos() >= delayNanos;
        next = waiting.peek()) {
      heard = next.command();
      waiting.remove();
    }
    CurrentCommand known = heard;
    return known == null ? CurrentCommand.zero(nowNanos) : known;
  }
}
