package dev.anodyne.estimators.identification;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.cell.CellVariation;
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

  IdentifiedCell(
      String cell, double nominalAmpHours, int sessions, double[] mean, double[][] covariance) {
    this.cell = cell;
    this.nominalAmpHours = nominalAmpHours;
    this.sessions = sessions;
    this.mean = mean.clone();
    this.covariance = copy(covariance);
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

  double[] mean() {
    return mean.clone();
  }

  double[][] covariance() {
    return copy(covariance);
  }

  /**
   * The belief before the next session: time may have changed the battery, though never beyond what
   * its kind allows.
   */
  double[][] covarianceBeforeNextSession() {
    double[][] c = copy(covariance);
    if (sessions > 0) {
      for (IdentifiedParameter p : IdentifiedParameter.values()) {
        c[p.ordinal()][p.ordinal()] += p.walkSigma() * p.walkSigma();
      }
    }
    return c;
  }

  private static double[][] copy(double[][] a) {
    return Arrays.stream(a).map(double[]::clone).toArray(double[][]::new);
  }
}
