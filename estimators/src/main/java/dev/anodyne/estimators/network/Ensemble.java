package dev.anodyne.estimators.network;

import java.util.List;

/**
 * Several networks that were trained apart, as one: the mean of their means, and a standard
 * deviation made of what each admits and of how much they disagree (Lakshminarayanan, Pritzel,
 * Blundell 2017, "Simple and scalable predictive uncertainty estimation using deep ensembles").
 *
 * <pre>
 *   μ = 1/M Σ μₘ,   σ² = 1/M Σ (σₘ² + μₘ²) − μ²
 * </pre>
 *
 * <p>Far from its training data a network's own σ means little; there the members disagree. The
 * scratch arrays make an instance unsafe for several threads.
 */
public final class Ensemble {
  /** Logarithms of deviations are held within this, so that no σ vanishes or overflows. */
  public static final double MOST_LOG_SIGMA = 8.0;

  /** Stated deviations of the anode potential from which on networks are in doubt, V. */
  private static final double SURE_VOLTS = 0.002;

  /** From here on they are wholly in doubt, V. */
  private static final double UNSURE_VOLTS = 0.004;

  private final DenseNetwork[] members;
  private final SigmaScale scale;
  private final double[] mean = new double[Target.count()];
  private final double[] variance = new double[Target.count()];

  /** An ensemble whose deviations stay as the members state them. */
  public Ensemble(List<List<DenseLayer>> members) {
    this(members, SigmaScale.NONE);
  }

  /**
   * An ensemble of at least one member, each with {@link Target#outputs()} outputs.
   *
   * @param scale of the anode potential's deviation
   */
  public Ensemble(List<List<DenseLayer>> members, SigmaScale scale) {
    this.scale = scale;
    if (members.isEmpty()) {
      throw new IllegalArgumentException("An ensemble needs at least one network, not none.");
    }
    this.members = members.stream().map(DenseNetwork::new).toArray(DenseNetwork[]::new);
    for (DenseNetwork m : this.members) {
      if (m.outputs() != Target.outputs()) {
        throw new IllegalArgumentException(
            "A network must give " + Target.outputs() + " outputs, not " + m.outputs() + ".");
      }
      if (m.inputs() != inputs()) {
        throw new IllegalArgumentException(
            "Networks of one ensemble must take equally many inputs, not "
                + inputs()
                + " and "
                + m.inputs()
                + ".");
      }
    }
  }

  /** Inputs of every member. */
  public int inputs() {
    return members[0].inputs();
  }

  /**
   * Asks every member; the answers stay until the next call.
   *
   * @param x scaled inputs. Not modified.
   */
  public void forward(double[] x) {
    java.util.Arrays.fill(mean, 0.0);
    java.util.Arrays.fill(variance, 0.0);
    double share = 1.0 / members.length;
    int n = Target.count();
    for (DenseNetwork member : members) {
      double[] y = member.forward(x);
      for (int i = 0; i < n; i++) {
        double sigma = Math.exp(Math.min(Math.max(y[n + i], -MOST_LOG_SIGMA), MOST_LOG_SIGMA));
        mean[i] += share * y[i];
        variance[i] += share * (sigma * sigma + y[i] * y[i]);
      }
    }
    for (int i = 0; i < n; i++) {
      variance[i] = Math.max(variance[i] - mean[i] * mean[i], 0.0);
    }
  }

  /** The answer to the last inputs, SI units. */
  public double mean(Target t) {
    return mean[t.ordinal()] * t.unit();
  }

  /** Its standard deviation, SI units; not negative. */
  public double sigma(Target t) {
    double sigma = stated(t);
    return t == Target.ANODE_POTENTIAL ? scale.apply(sigma) : sigma;
  }

  /**
   * How much the networks doubt that the battery is a sound one, whose anode potential they know to
   * {@value #SURE_VOLTS} V: 0 to 1, rising with the logarithm of the deviation that they state.
   */
  public double doubt() {
    double sigma = Math.max(stated(Target.ANODE_POTENTIAL), SURE_VOLTS);
    return Math.min(Math.log(sigma / SURE_VOLTS) / Math.log(UNSURE_VOLTS / SURE_VOLTS), 1.0);
  }

  private double stated(Target t) {
    return Math.sqrt(variance[t.ordinal()]) * t.unit();
  }
}
