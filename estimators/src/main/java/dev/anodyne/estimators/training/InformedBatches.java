package dev.anodyne.estimators.training;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.estimators.evaluation.SurfaceVoltage;
import dev.anodyne.estimators.network.FeatureSet;
import dev.anodyne.estimators.network.InputScaling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Batches in which physics can be seen: each is made of groups of rows of one session, in the order
 * of time, and of a probe for each group, a copy of one of its rows whose present current is a
 * little higher at the same history. Every row is in as many batches as without physics; only the
 * company differs.
 */
final class InformedBatches {
  /** Rows of a group: enough for a line, few enough for many sessions in a batch. */
  static final int GROUP = 4;

  /** By how much a probe's current is higher, C. */
  private static final double PROBE_RATE = 0.2;

  private static final double HALF = 0.5;

  private final Rows rows;
  private final InputScaling scaling;
  private final SurfaceVoltage voltage;
  private final double ampHours;
  private final List<String> names;
  private final int rate;
  private final int filteredRate;
  private final int volts;
  private final int spread;
  private final int excess;
  private final int kelvin;
  private final int moved;
  private final double[] rateShare;
  private final double[] voltShare;

  InformedBatches(CellParameters cell, FeatureSet kind, Rows rows, InputScaling scaling) {
    this.rows = rows;
    this.scaling = scaling;
    this.voltage = new SurfaceVoltage(cell);
    this.ampHours = cell.nominalCapacityAmpHours();
    this.names = kind.names();
    this.rate = input("C-rate");
    this.filteredRate = input("C-rate 100 s");
    this.volts = input("Voltage [V]");
    this.spread = input("Cell voltage spread 30 s [V]");
    this.excess = input("Highest minus mean cell voltage 30 s [V]");
    this.kelvin = input("Temperature 20 s [K]");
    this.moved = input("SoC moved");
    this.rateShare = names.stream().mapToDouble(InformedBatches::rateShare).toArray();
    this.voltShare = names.stream().mapToDouble(InformedBatches::voltShare).toArray();
  }

  private int input(String name) {
    int at = names.indexOf(name);
    if (at < 0) {
      throw new IllegalStateException("Physics needs the input \"" + name + "\".");
    }
    return at;
  }

  /** How much of a rise of the present current an input shows. */
  private static double rateShare(String name) {
    if (name.equals("C-rate")) {
      return 1.0;
    }
    return name.startsWith("C-rate ") && name.endsWith(" s") ? 1.0 - remembered(name) : 0.0;
  }

  /** How much of a rise of the present voltage an input shows. */
  private static double voltShare(String name) {
    if (name.equals("Voltage [V]")) {
      return 1.0;
    }
    return name.startsWith("Voltage change ") ? remembered(name) : 0.0;
  }

  /** Share of its past that the filter named, say, "C-rate 30 s" keeps over a step. */
  private static double remembered(String name) {
    double seconds = Double.parseDouble(name.replaceAll("[^0-9]*([0-9]+) s.*", "$1"));
    return Math.exp(-SessionGenerator.STEP_SECONDS / seconds);
  }

  /**
   * Cuts an epoch's rows into batches of groups.
   *
   * @param drawn row numbers in random order, some more than once. Not modified.
   * @param atLeast rows in a batch but the last
   * @param random orders the groups
   * @return a batch each: its groups, one after the other
   */
  List<List<int[]>> cut(int[] drawn, int atLeast, RandomGenerator random) {
    List<int[]> groups = groups(drawn);
    for (int i = groups.size() - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int[] t = groups.get(i);
      groups.set(i, groups.get(j));
      groups.set(j, t);
    }
    List<List<int[]>> batches = new ArrayList<>();
    List<int[]> batch = new ArrayList<>();
    int size = 0;
    for (int[] group : groups) {
      batch.add(group);
      size += group.length;
      if (size >= atLeast) {
        batches.add(batch);
        batch = new ArrayList<>();
        size = 0;
      }
    }
    if (!batch.isEmpty()) {
      batches.add(batch);
    }
    return batches;
  }

  private List<int[]> groups(int[] drawn) {
    int sessions = 0;
    for (int row : drawn) {
      sessions = Math.max(sessions, rows.session()[row] + 1);
    }
    int[] end = new int[sessions];
    for (int row : drawn) {
      end[rows.session()[row]]++;
    }
    for (int s = 1; s < sessions; s++) {
      end[s] += end[s - 1];
    }
    // Random order within a session stays: groups are random samples of it.
    int[] sorted = new int[drawn.length];
    int[] at = new int[sessions];
    System.arraycopy(end, 0, at, 1, sessions - 1);
    for (int row : drawn) {
      sorted[at[rows.session()[row]]++] = row;
    }
    List<int[]> groups = new ArrayList<>();
    int from = 0;
    for (int s = 0; s < sessions; s++) {
      for (; from < end[s]; from += Math.min(GROUP, end[s] - from)) {
        int[] group = Arrays.copyOfRange(sorted, from, Math.min(from + GROUP, end[s]));
        Arrays.sort(group); // A session's rows are numbered in time.
        groups.add(group);
      }
    }
    return groups;
  }

  /** Row numbers of a batch, group after group. */
  static int[] rows(List<int[]> batch) {
    return batch.stream().flatMapToInt(Arrays::stream).toArray();
  }

  /** What was measured in a batch, and which rows its probes copy: each group's first or last. */
  PhysicsBatch measured(List<int[]> batch) {
    int[] starts = new int[batch.size() + 1];
    int[] probed = new int[batch.size()];
    for (int g = 0; g < batch.size(); g++) {
      int length = batch.get(g).length;
      starts[g + 1] = starts[g] + length;
      probed[g] = g % 2 == 0 ? starts[g] : starts[g] + length - 1;
    }
    int[] numbers = rows(batch);
    double[] amps = column(numbers, rate);
    double[] filteredAmps = column(numbers, filteredRate);
    double[] charge = column(numbers, moved);
    double[] spreadVolts = column(numbers, spread);
    double[] excessVolts = column(numbers, excess);
    for (int r = 0; r < numbers.length; r++) {
      amps[r] *= ampHours;
      filteredAmps[r] *= ampHours;
      charge[r] *= ampHours;
      // Sensors' noise alone spreads a pack's readings; what exceeds the mean is the least of it.
      spreadVolts[r] = Math.max(0.0, Math.max(spreadVolts[r], excessVolts[r]));
    }
    return new PhysicsBatch(
        starts,
        probed,
        amps,
        filteredAmps,
        column(numbers, volts),
        spreadVolts,
        column(numbers, kelvin),
        charge);
  }

  private double[] column(int[] numbers, int input) {
    double[] values = new double[numbers.length];
    for (int r = 0; r < numbers.length; r++) {
      values[r] = rows.x()[numbers[r] * rows.inputs() + input];
    }
    return values;
  }

  /**
   * Appends the probes to the scaled inputs of a batch's rows: more current, and the voltage that
   * it raises at once, in everything that shows the present current or voltage.
   *
   * @param inputs scaled inputs of the rows, noise included. Not modified.
   */
  double[] withProbes(PhysicsBatch b, double[] inputs) {
    int n = rows.inputs();
    double[] all = Arrays.copyOf(inputs, b.size() * n);
    for (int p = 0; p < b.probed().length; p++) {
      int row = b.probed()[p];
      int to = (b.rows() + p) * n;
      System.arraycopy(inputs, row * n, all, to, n);
      double rise =
          PROBE_RATE * ampHours * voltage.instantOhm(b.amps()[row], HALF, HALF, b.kelvin()[row]);
      for (int i = 0; i < n; i++) {
        all[to + i] += (rateShare[i] * PROBE_RATE + voltShare[i] * rise) / scaling.scale()[i];
      }
    }
    return all;
  }
}
