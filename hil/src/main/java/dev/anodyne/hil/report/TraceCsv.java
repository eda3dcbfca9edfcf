package dev.anodyne.hil.report;

import dev.anodyne.hil.scenario.Aliases;
import dev.anodyne.hil.stl.Trace;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/** A trace as CSV: {@code Time [s]} and one column a channel, units in the header. */
public final class TraceCsv {
  private TraceCsv() {}

  /** Writes all channels; short names only where they are not there under their own. */
  public static void write(Trace trace, Writer out) throws IOException {
    List<String> names =
        trace.names().stream().filter(name -> !Aliases.ALL.containsKey(name)).toList();
    StringBuilder line = new StringBuilder("Time [s]");
    for (String name : names) {
      String unit = trace.unit(name).symbol();
      line.append(',').append(name).append(unit.isEmpty() ? "" : " [" + unit + "]");
    }
    out.write(line.append('\n').toString());
    for (int i = 0; i < trace.length(); i++) {
      line.setLength(0);
      line.append(trace.time(i));
      for (String name : names) {
        line.append(',').append(trace.values(name)[i]);
      }
      out.write(line.append('\n').toString());
    }
  }
}
