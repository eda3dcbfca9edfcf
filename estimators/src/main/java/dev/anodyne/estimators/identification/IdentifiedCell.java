package dev.anodyne.estimators.identification;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.cell.CellVariation;
import dev.anodyne.estimators.SensorClass;
import java.util.Arrays;

/**
 * What is believed about one battery's cells: mean and covariance of the {@link
 * IdentifiedParameter}s. Immutable.
 */
public final class IdentifiedCell {
  private final String cell;
  private final double nominalAmpHours;
  private final int sessions;
  private final double[] mean;
  private final double[][] covariance;
  private final SensorBelief sensors;

  /** Covariance of parameters (rows) and sensor biases (columns). */
  private final double[][] cross;

  IdentifiedCell(
      String cell, double nominalAmpHours, int sessions, double[] mean, double[][] covariance) {
    this(
        cell,
        nominalAmpHours,
        sessions,
        mean,
        covariance,
        SensorBelief.unknown(SensorBelief.UNNAMED),
        new double[mean.length][SensorBias.count()]);
  }

  IdentifiedCell(
      String cell,
      double nominalAmpHours,
      int sessions,
      double[] mean,
      double[][] covariance,
      SensorBelief sensors,
      double[][] cross) {
    this.cell = cell;
    this.nominalAmpHours = nominalAmpHours;
    this.sessions = sessions;
    this.mean = mean.clone();
    this.covariance = copy(covariance);
    this.sensors = sensors;
    this.cross = copy(cross);
  }

  /** A battery of the kind that nobody has charged yet: nominal, with the spread of its kind. */
  public static IdentifiedCell unknown(CellParameters kind) {
    int n = IdentifiedParameter.count();
    double[] mean = new double[n];
    double[][] covariance = new double[n][n];
    for (IdentifiedParameter p : IdentifiedParameter.values()) {
      mean[p.ordinal()] = p.nominal();
      covariance[p.ordinal()][p.ordinal()] = p.priorSigma() * p.priorSigma();
    }
    return new IdentifiedCell(kind.name(), kind.nominalCapacityAmpHours(), 0, mean, covariance);
  }

  /** Name of the kind of cell. */
  public String cell() {
    return cell;
  }

  /** Nominal capacity of the kind, A·h. */
  public double nominalAmpHours() {
    return nominalAmpHours;
  }

  /** Sessions that this belief rests on; 0 when nothing is known yet. */
  public int sessions() {
    return sessions;
  }

  /** The same belief, resting on another number of sessions. */
  public IdentifiedCell afterSessions(int number) {
    return new IdentifiedCell(cell, nominalAmpHours, number, mean, covariance, sensors, cross);
  }

  /** The sensors that the battery is charged with, and what is known about them. */
  public SensorBelief sensors() {
    return sensors;
  }

  /**
   * The same battery before a session with given sensors: what is known about them is kept when
   * they measured the last session too, else they are unknown.
   *
   * @param name what the sensors are called; empty: unknown in any case
   */
  public IdentifiedCell measuredBy(String name) {
    if (sensors.isKnown() && !name.isEmpty() && sensors.sensors().equals(name)) {
      return this;
    }
    return new IdentifiedCell(
        cell,
        nominalAmpHours,
        sessions,
        mean,
        covariance,
        SensorBelief.unknown(name),
        new double[mean.length][SensorBias.count()]);
  }

  /**
   * The same battery, measured by sensors of a stated accuracy: no deviation of theirs is taken to
   * be wider.
   */
  public IdentifiedCell within(SensorClass accuracy) {
    return new IdentifiedCell(
        cell, nominalAmpHours, sessions, mean, covariance, sensors.within(accuracy), cross);
  }

  /** Best value: factor, share or Ω, as {@link IdentifiedParameter} says. */
  public double value(IdentifiedParameter p) {
    return p.value(mean[p.ordinal()], nominalAmpHours);
  }

  /** Standard deviation of {@link #value}, in its unit. */
  public double standardDeviation(IdentifiedParameter p) {
    int i = p.ordinal();
    return Math.sqrt(covariance[i][i]) * Math.abs(p.slope(mean[i], nominalAmpHours));
  }

  /** How the battery's cells differ from their parameter set. */
  public CellVariation variation() {
    return variation(mean, nominalAmpHours);
  }

  static CellVariation variation(double[] x, double ampHours) {
    return new CellVariation(
        1,
        value(x, IdentifiedParameter.SERIES_RESISTANCE, ampHours),
        value(x, IdentifiedParameter.ANODE_DIFFUSIVITY, ampHours),
        value(x, IdentifiedParameter.CATHODE_DIFFUSIVITY, ampHours),
        value(x, IdentifiedParameter.ANODE_EXCHANGE, ampHours),
        value(x, IdentifiedParameter.CATHODE_EXCHANGE, ampHours),
        value(x, IdentifiedParameter.CONDUCTIVITY, ampHours),
        value(x, IdentifiedParameter.ELECTROLYTE_DIFFUSIVITY, ampHours),
        value(x, IdentifiedParameter.LITHIUM_LOSS, ampHours),
        1 - value(x, IdentifiedParameter.ANODE_MATERIAL, ampHours),
        1 - value(x, IdentifiedParameter.CATHODE_MATERIAL, ampHours),
        value(x, IdentifiedParameter.HEAT_TRANSFER, ampHours));
  }

  private static double value(double[] x, IdentifiedParameter p, double ampHours) {
    return p.value(x[p.ordinal()], ampHours);
  }

  /**
   * This battery's cells. Other properties of {@code kind} (heat transfer among them, on which the
   * factor acts) stay.
   *
   * @throws IllegalArgumentException when {@code kind} is another kind of cell
   */
  public CellParameters applyTo(CellParameters kind) {
    requireKind(kind, "The identified battery");
    return sessions == 0 ? kind : kind.with(variation());
  }

  /**
   * Checks the kind of cell.
   *
   * @param source names the battery in the error
   */
  public void requireKind(CellParameters kind, String source) {
    requireKind(cell, nominalAmpHours, kind, source);
  }

  static void requireKind(String cell, double nominalAmpHours, CellParameters kind, String source) {
    boolean same = Math.abs(nominalAmpHours / kind.nominalCapacityAmpHours() - 1) < 1e-6;
    if (!cell.equals(kind.name()) || !same) {
      throw new IllegalArgumentException(
          source
              + " is of cell "
              + cell
              + " with "
              + nominalAmpHours
              + " A·h, not of "
              + kind.name()
              + " with "
              + kind.nominalCapacityAmpHours()
              + " A·h.\nMaybe --cell "
              + cell
              + " was meant, or the file belongs to another battery.");
    }
  }

  /** Means of the internal coordinates, in the order of {@link IdentifiedParameter}. */
  public double[] mean() {
    return mean.clone();
  }

  /** Covariance of the internal coordinates, in the order of {@link IdentifiedParameter}. */
  public double[][] covariance() {
    return copy(covariance);
  }

  /**
   * Covariance of the internal coordinates and, after them, the {@link SensorBias}es, as the last
   * session left it.
   */
  public double[][] jointCovariance() {
    int n = mean.length;
    int m = SensorBias.count();
    double[][] c = new double[n + m][n + m];
    for (int i = 0; i < n; i++) {
      System.arraycopy(covariance[i], 0, c[i], 0, n);
      for (int j = 0; j < m; j++) {
        c[i][n + j] = cross[i][j];
        c[n + j][i] = cross[i][j];
      }
    }
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < m; j++) {
        c[n + i][n + j] = sensors.covariance(i, j);
      }
    }
    return c;
  }

  /**
   * {@link #jointCovariance} before the next session: time may have changed the battery and the
   * sensors, though never beyond what their kind allows. What the filter of the next session starts
   * from.
   */
  public double[][] jointCovarianceBeforeNextSession() {
    double[][] c = jointCovariance();
    int n = mean.length;
    if (sessions > 0) {
      for (IdentifiedParameter p : IdentifiedParameter.values()) {
        c[p.ordinal()][p.ordinal()] += p.walkSigma() * p.walkSigma();
      }
    }
    if (sensors.isKnown()) {
      for (SensorBias b : SensorBias.values()) {
        c[n + b.ordinal()][n + b.ordinal()] += b.walkSigma() * b.walkSigma();
      }
    }
    for (int i = 0; i < c.length; i++) {
      double most =
          i < n
              ? IdentifiedParameter.at(i).priorSigma()
              : sensors.accuracy().sigma(SensorBias.at(i - n));
      shrink(c, i, most);
    }
    return c;
  }

  /** Keeps a deviation within what the kind allows; correlations stay. */
  private static void shrink(double[][] c, int i, double most) {
    double factor = most / Math.sqrt(c[i][i]);
    if (factor < 1) {
      for (int j = 0; j < c.length; j++) {
        c[i][j] *= factor;
        c[j][i] *= factor;
      }
    }
  }

  /** The battery's part of {@link #jointCovarianceBeforeNextSession}. */
  public double[][] covarianceBeforeNextSession() {
    double[][] joint = jointCovarianceBeforeNextSession();
    double[][] c = new double[mean.length][];
    for (int i = 0; i < c.length; i++) {
      c[i] = Arrays.copyOf(joint[i], c.length);
    }
    return c;
  }

  private static double[][] copy(double[][] a) {
    return Arrays.stream(a).map(double[]::clone).toArray(double[][]::new);
  }
}
