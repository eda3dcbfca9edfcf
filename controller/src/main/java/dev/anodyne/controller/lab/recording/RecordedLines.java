package dev.anodyne.controller.lab.recording;

import dev.anodyne.controller.session.ChargeLoop;
import dev.anodyne.controller.session.recording.RecordedLine;
import dev.anodyne.controller.session.recording.RecordingReader;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** The lines of a recording in their order, with a look ahead to a decision's outcome. */
final class RecordedLines {
  private final RecordingReader reader;
  private final Deque<Numbered> ahead = new ArrayDeque<>();

  RecordedLines(RecordingReader reader) {
    this.reader = reader;
  }

  /** A line and its number, from 1. */
  record Numbered(RecordedLine line, int number) {}

  /** The next line; null after the last one. */
  @Nullable Numbered next() {
    return ahead.isEmpty() ? read() : ahead.removeFirst();
  }

  /**
   * The outcome of the decision that was begun last: its image comes first, and what it took from
   * outside comes with its outcome. Null where the file ends before.
   */
  RecordedLine.@Nullable Decided outcomeAhead() {
    for (Numbered known : ahead) {
      if (known.line() instanceof RecordedLine.Decided d) {
        return d;
      }
    }
    for (Numbered next = read(); next != null; next = read()) {
      ahead.addLast(next);
      if (next.line() instanceof RecordedLine.Decided d) {
        return d;
      }
    }
    return null;
  }

  /** A sentence when the file ends before the charge did; empty otherwise, and before the end. */
  String cutOff() {
    return reader.cutOff();
  }

  private @Nullable Numbered read() {
    RecordedLine line = reader.next();
    return line == null ? null : new Numbered(line, reader.line());
  }

  /**
   * Gives a loop what somebody had asked for.
   *
   * @return whether the line is such a thing
   */
  static boolean control(RecordedLine line, ChargeLoop loop) {
    if (line instanceof RecordedLine.Start s) {
      loop.start(s.timeNanos());
    } else if (line instanceof RecordedLine.Resume r) {
      loop.resume(r.timeNanos());
    } else if (line instanceof RecordedLine.Authorise a) {
      loop.authorise(a.timeNanos());
    } else if (line instanceof RecordedLine.StopGently s) {
      loop.stopGently(s.reason(), s.mostAmpsPerSecond(), s.timeNanos());
    } else if (line instanceof RecordedLine.Stop s) {
      loop.stop(s.reason(), s.timeNanos());
    } else if (line instanceof RecordedLine.Settings s) {
      loop.change(s.settings());
    } else {
      return false;
    }
    return true;
  }
}
