package dev.anodyne.controller.cli;

import dev.anodyne.controller.lab.Parts;
import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.estimators.Estimators;
import dev.anodyne.mpc.spec.PolicySpec;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who charges: a policy, and what it is told by. */
final class ControlOptions {
  static final String DEFAULT_POLICY = "mpc";

  @Option(
      names = "--policy",
      paramLabel = "P",
      defaultValue = DEFAULT_POLICY,
      description = "Who chooses the current: a name or a YAML file. Default: ${DEFAULT-VALUE}.")
  String policy = DEFAULT_POLICY;

  @Option(
      names = "--estimator",
      paramLabel = "E",
      description = {
        "Who perceives the state: a name or a model file. Default: the policy's own, else augmented",
        "where a model is shipped."
      })
  @Nullable String estimator;

  /** The option's estimator, else the policy's, else the cell's; an oracle needs the truth. */
  String belief(CellParameters cell, PolicySpec spec) {
    return Parts.isOracle(policy)
        ? Parts.TRUTH
        : Objects.requireNonNullElseGet(
            estimator, () -> spec.estimator().orElseGet(() -> Estimators.defaultFor(cell)));
  }
}
