package dev.anodyne.hil.scenario;

import dev.anodyne.hil.channel.Channels;
import dev.anodyne.hil.stl.Trace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Takes down the channels that a scenario is about, at the beginning of every step. */
final class TraceRecorder {
  private final Channels channels;
  private final List<String> names;
  private final int[] indices;
  private final List<FaultRun> faults;
  private double[] times = new double[1024];
  private double[][] values;
  private int count;

  /**
   * @param wanted channels by name or short name
   * @param faults recorded as {@code fault(id)}
   */
  TraceRecorder(Channels channels, Collection<String> wanted, List<FaultRun> faults) {
    this.channels = channels;
    this.faults = faults;
    Set<String> resolved = new LinkedHashSet<>();
    wanted.forEach(name -> resolved.add(Aliases.resolve(name)));
    resolved.removeIf(name -> !channels.has(name));
    names = new ArrayList<>(resolved);
    indices = names.stream().mapToInt(channels::index).toArray();
    values = new double[names.size() + faults.size()][1024];
  }

  /** Takes a sample; a second one at the same instant replaces the first. */
  void sample(double seconds) {
    if (count > 0 && times[count - 1] == seconds) {
      count--;
    }
    if (count == times.length) {
      times = Arrays.copyOf(times, 2 * count);
      for (int i = 0; i < values.length; i++) {
        values[i] = Arrays.copyOf(values[i], 2 * count);
      }
    }
    times[count] = seconds;
    for (int i = 0; i < indices.length; i++) {
      values[i][count] = channels.read(indices[i]);
    }
    for (int i = 0; i < faults.size(); i++) {
      values[indices.length + i][count] = faults.get(i).isActive() ? 1 : 0;
    }
    count++;
  }

  /** What was recorded, short names included. */
  Trace trace() {
    Trace trace = new Trace(Arrays.copyOf(times, count));
    for (int i = 0; i < indices.length; i++) {
      trace.with(names.get(i), channels.get(indices[i]).unit(), Arrays.copyOf(values[i], count));
    }
    Aliases.ALL.forEach(
        (alias, name) -> {
          if (trace.has(name)) {
            trace.with(alias, trace.unit(name).symbol(), trace.values(name));
          }
        });
    for (int i = 0; i < faults.size(); i++) {
      double[] active = Arrays.copyOf(values[indices.length + i], count);
      String channel = faults.get(i).spec().channel();
      if (trace.has(channel)) { // a table's fault comes in several stretches
        double[] others = trace.values(channel);
        Arrays.setAll(active, j -> Math.max(active[j], others[j]));
      }
      trace.with(channel, "", active);
    }
    return trace;
  }
}
