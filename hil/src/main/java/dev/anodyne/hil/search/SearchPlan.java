package dev.anodyne.hil.search;

import java.nio.file.Path;
import java.util.List;

/**
 * What is searched, and how.
 *
 * @param name of the search
 * @param file where it is from
 * @param template the scenario
 * @param check name of the check whose margin is lowered
 * @param parameters what is varied, at least one
 * @param method points of the sweep
 * @param samples runs in all
 * @param sweepSamples runs of the sweep, at most {@code samples}; the rest is falsification
 * @param starts worst points of the sweep from which CMA-ES sets out
 * @param seed of points and steps
 * @param kept worst cases that become scenarios
 */
public record SearchPlan(
    String name,
    Path file,
    ScenarioTemplate template,
    String check,
    List<SearchParameter> parameters,
    Method method,
    int samples,
    int sweepSamples,
    int starts,
    long seed,
    int kept) {
  /** How the points of a sweep lie. */
  public enum Method {
    /** Latin hypercube: each parameter's range is cut in as many parts as there are points. */
    LHS,
    /** Sobol's sequence, shifted by the seed (Cranley and Patterson 1976). */
    SOBOL
  }

  public SearchPlan {
    parameters = List.copyOf(parameters);
  }

  /** The values at a place of the unit cube. */
  double[] values(double[] shares) {
    double[] values = new double[shares.length];
    for (int i = 0; i < shares.length; i++) {
      values[i] = parameters.get(i).value(shares[i]);
    }
    return values;
  }
}
