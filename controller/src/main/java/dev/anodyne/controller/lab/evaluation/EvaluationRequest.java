package dev.anodyne.controller.lab.evaluation;

import dev.anodyne.controller.lab.InputException;
import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.charging.PackLayout;
import dev.anodyne.estimators.EstimatorOptions;
import dev.anodyne.estimators.Estimators;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What to evaluate.
 *
 * @param cell kind of cell, heat transfer included
 * @param cellArguments the options that gave it, to repeat a run
 * @param estimators names or model files
 * @param batteries of each stratum
 * @param periodSeconds between samples, s
 * @param stratum only this one; empty: all
 * @param battery only this one of each stratum; −1: all
 */
public record EvaluationRequest(
    CellParameters cell,
    String cellArguments,
    List<String> estimators,
    int batteries,
    double periodSeconds,
    String stratum,
    int battery) {
  public EvaluationRequest {
    estimators = List.copyOf(estimators);
  }

  /** The same by others. */
  EvaluationRequest withEstimators(List<String> others) {
    return new EvaluationRequest(
        cell, cellArguments, others, batteries, periodSeconds, stratum, battery);
  }

  /** The strata that are asked for. */
  List<Stratum> strata() {
    return Stratum.grid().stream()
        .filter(s -> stratum.isEmpty() || s.name().equals(stratum))
        .toList();
  }

  /** The command that makes all of it again. */
  String command() {
    StringBuilder command = new StringBuilder(base());
    if (!stratum.isEmpty()) {
      command.append(" --stratum ").append(stratum);
    }
    if (battery >= 0) {
      command.append(" --battery ").append(battery);
    } else {
      command.append(" --seeds ").append(batteries);
    }
    return command + " --report out/evaluate";
  }

  /** The command that repeats one session. */
  String command(SessionScore s) {
    return base() + " --stratum " + s.stratum + " --battery " + s.battery + " --report out/one";
  }

  private String base() {
    return "anodyne evaluate "
        + cellArguments
        + " --estimators "
        + String.join(",", estimators)
        + (periodSeconds > 1 ? " --quick" : "");
  }

  /** The batteries of a stratum that are asked for. */
  List<Integer> numbers() {
    return battery >= 0
        ? List.of(battery)
        : java.util.stream.IntStream.range(0, batteries).boxed().toList();
  }

  /**
   * Refuses unknown names before minutes of computing.
   *
   * @throws InputException naming the option, the value and what is allowed
   */
  public EvaluationRequest checked() {
    for (String name : estimators) {
      InputException.checking(
          "--estimators",
          () -> Estimators.create(name, cell, PackLayout.SINGLE_CELL, EstimatorOptions.DEFAULT));
    }
    if (strata().isEmpty() && !stratum.equals(OtherCode.NAME)) {
      throw new InputException(
          "--stratum: '"
              + stratum
              + "' is unknown; allowed: "
              + Stratum.grid().stream().map(Stratum::name).collect(Collectors.joining(", "))
              + ", "
              + OtherCode.NAME
              + ".");
    }
    return this;
  }
}
