package dev.anodyne.controller.session.recording;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.anodyne.controller.session.LoopEvent;
import dev.anodyne.controller.session.LoopEvent.Trigger;
import dev.anodyne.controller.session.LoopRecord;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The guard's looks that saw and commanded the same as the command before them: most of ten a
 * second. Only their times are kept, and become one line together.
 */
final class Repeats {
  /** A line holds this many at most: some seconds of looks. */
  private static final int MOST = 64;

  private final long[] times = new long[MOST];
  private int count;
  private @Nullable LoopRecord last;

  /** Takes an event that says nothing new; {@code false}: it has to be written in full. */
  boolean take(LoopEvent event) {
    LoopRecord before = last;
    if (count < MOST
        && before != null
        && event instanceof LoopEvent.Commanded look
        && look.trigger() == Trigger.RECHECK
        && isSame(before, look.record())) {
      times[count++] = look.record().timeNanos();
      return true;
    }
    last = event instanceof LoopEvent.Commanded c ? c.record() : null;
    return false;
  }

  /** The line of what was taken since the last one; null when nothing was. */
  @Nullable ObjectNode line() {
    if (count == 0) {
      return null;
    }
    ObjectNode line = Form.JSON.createObjectNode().put(Form.KIND, "again");
    ArrayNode all = line.putArray(Form.TIME);
    Arrays.stream(times, 0, count).forEach(all::add);
    count = 0;
    return line;
  }

  /** In all that {@link Outcome#of(LoopRecord)}, an image and the guard's sentence hold. */
  private static boolean isSame(LoopRecord a, LoopRecord b) {
    return a.sequence() == b.sequence()
        && a.decision().equals(b.decision())
        && a.verdict().equals(b.verdict())
        && a.state().getClass() == b.state().getClass()
        && a.command().equals(b.command())
        && isNoHeat(a)
        && isNoHeat(b)
        && a.status().equals(b.status());
  }

  /** What is commanded to a heater expires with each look anew. */
  private static boolean isNoHeat(LoopRecord record) {
    return record.thermal().heatWatts() == 0.0;
  }
}
