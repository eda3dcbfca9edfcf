package dev.anodyne.core.protocol;

import org.jspecify.annotations.Nullable;

/**
 * Rows between the ends of a sub-step. A few rows are solved for one by one, see {@link
 * dev.anodyne.core.p2d.P2dInterpolation}. More of them lie on curves over the sub-step's halves: a
 * quartic through the values and rates at both ends of a half and the solved values in its middle.
 * Where the middle is too far from the cubic of the ends, the half is halved again.
 */
final class DenseOutput {
  /** How far a middle may be from the cubic of the ends, V; the quartic is closer than that. */
  private static final double TOLERANCE_VOLTS = 2e-5;

  /** What a current of 1C is worth in that tolerance, V: the resistance of a cell. */
  private static final double VOLTS_AT_1C = 0.1;

  /** So many rows are cheaper to solve for than to interpolate. */
  private static final int FEW_ROWS = 2;

  private static final int MOST_HALVINGS = 8;

  /** Slopes in the middle are differences over this share of the piece. */
  private static final double SLOPE_SHARE = 0.02;

  /** A point with values and rates of change of every column. */
  private record Knot(double[] values, double[] rates) {}

  private final SimulationColumns columns;
  private final CellRun run;
  private final RunLog log;
  private final double voltsPerAmp;
  private final Reading reading;
  private final Knot begin;
  private final Knot end;
  private final Knot[] middle = new Knot[MOST_HALVINGS + 1];
  private long goesOnAt = -1;

  DenseOutput(SimulationColumns columns, CellRun run, RunLog log) {
    this.columns = columns;
    this.run = run;
    this.log = log;
    voltsPerAmp = VOLTS_AT_1C / run.model().cell().nominalCapacityAmpHours();
    reading = columns.newReading();
    begin = knot();
    end = knot();
    for (int i = 0; i < middle.length; i++) {
      middle[i] = knot();
    }
  }

  private Knot knot() {
    return new Knot(new double[columns.count()], new double[columns.count()]);
  }

  /** Adds the rows inside the sub-step that the run has tried and will keep next. */
  void addRows() {
    double seconds = run.triedSeconds();
    boolean solved = !run.jumps() || run.interpolateFromJump();
    if (solved && log.rowsBefore(seconds) <= FEW_ROWS && rowsOneByOne(seconds)) {
      return;
    }
    if (run.changes() == goesOnAt) {
      System.arraycopy(end.rates(), 0, begin.rates(), 0, begin.rates().length);
    }
    columns.fill(run.end(), end.values());
    boolean known = run.glance();
    columns.fill(known ? run.begin() : run.end(), begin.values());
    if (run.changes() != goesOnAt) {
      rates(solved && run.afterBegin(reading), begin);
    }
    rates(run.afterEnd(reading), end);
    goesOnAt = run.changes() + 1;
    piece(solved ? 0 : MOST_HALVINGS, 0, begin, seconds, end);
  }

  /** Rates of a knot from the values ahead; without a solution the chord has to do. */
  private void rates(boolean solved, Knot knot) {
    double[] rates = knot.rates();
    if (solved) {
      columns.fill(reading, rates);
    }
    for (int i = 0; i < rates.length; i++) {
      rates[i] =
          solved
              ? (rates[i] - knot.values()[i]) / run.aheadSeconds()
              : (end.values()[i] - begin.values()[i]) / run.triedSeconds();
    }
  }

  private void piece(int halvings, double a, Knot from, double b, Knot to) {
    if (log.nextRowAfter() >= b) {
      return;
    }
    if (halvings == MOST_HALVINGS) {
      rowsOnCurve(a, from, b, to, null);
      return;
    }
    if (log.rowsBefore(b) <= FEW_ROWS && rowsOneByOne(b)) {
      return;
    }
    Knot half = middle[halvings];
    double m = 0.5 * (a + b);
    if (!solve(m, half.values())) {
      rowsOnCurve(a, from, b, to, null);
      return;
    }
    double slopeStep = SLOPE_SHARE * (b - a);
    boolean fits = halvings > 0 && miss(from, half, to, b - a) <= TOLERANCE_VOLTS;
    if (fits || !solve(m + slopeStep, half.rates())) {
      rowsOnCurve(a, from, b, to, half);
      return;
    }
    for (int i = 0; i < half.rates().length; i++) {
      half.rates()[i] = (half.rates()[i] - half.values()[i]) / slopeStep;
    }
    piece(halvings + 1, a, from, m, half);
    piece(halvings + 1, m, half, b, to);
  }

  private boolean solve(double after, double[] values) {
    if (!run.interpolate(after, reading)) {
      return false;
    }
    columns.fill(reading, values);
    return true;
  }

  private boolean rowsOneByOne(double b) {
    while (log.nextRowAfter() < b) {
      double[] row = new double[columns.count()];
      if (!solve(log.nextRowAfter(), row)) {
        return false;
      }
      log.addNext(row);
    }
    return true;
  }

  /** Distance of the middle from the cubic of the ends, V. */
  private static double cubicMiss(Knot from, Knot half, Knot to, double length, int i) {
    double cubic =
        0.5 * (from.values()[i] + to.values()[i])
            + 0.125 * length * (from.rates()[i] - to.rates()[i]);
    return half.values()[i] - cubic;
  }

  private double miss(Knot from, Knot half, Knot to, double length) {
    double volts = cubicMiss(from, half, to, length, SimulationColumns.VOLTAGE_INDEX);
    double anode = cubicMiss(from, half, to, length, SimulationColumns.ANODE_POTENTIAL_INDEX);
    double amps = cubicMiss(from, half, to, length, SimulationColumns.CURRENT_INDEX);
    return Math.max(Math.max(Math.abs(volts), Math.abs(anode)), voltsPerAmp * Math.abs(amps));
  }

  private void rowsOnCurve(double a, Knot from, double b, Knot to, @Nullable Knot half) {
    double length = b - a;
    while (log.nextRowAfter() < b) {
      double s = (log.nextRowAfter() - a) / length;
      double r = 1 - s;
      double fromWeight = (1 + 2 * s) * r * r;
      double fromRateWeight = s * r * r * length;
      double toRateWeight = -s * s * r * length;
      double bump = 16 * s * s * r * r;
      double[] row = new double[columns.count()];
      for (int i = 0; i < row.length; i++) {
        row[i] =
            to.values()[i]
                + fromWeight * (from.values()[i] - to.values()[i])
                + fromRateWeight * from.rates()[i]
                + toRateWeight * to.rates()[i];
        if (half != null) {
          row[i] += bump * cubicMiss(from, half, to, length, i);
        }
      }
      log.addNext(row);
    }
  }
}
