package dev.anodyne.controller.cli;

import dev.anodyne.controller.lab.InputException;
import dev.anodyne.controller.lab.Parts;
import dev.anodyne.estimators.Estimators;
import dev.anodyne.estimators.SensorClass;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How far the sensors may be off, as their operator states it. */
final class SensorOption {
  private static final String NAME = "--sensor-accuracy";

  @Option(
      names = NAME,
      paramLabel = "CLASS",
      description = {
        "What you state of the sensors' lasting errors: ordinary (±5 mV, ±0.5 %%, ±1 K) or",
        "calibrated (±1.5 mV, ±0.25 %%, ±0.5 K). Bounds hold for sensors of that class. Default:",
        "nothing is stated; the widest bounds."
      })
  private @Nullable String accuracy;

  /** The estimator with the sensors that were stated; an oracle has none. */
  String of(String estimator) {
    String stated = accuracy;
    if (stated == null || estimator.equals(Parts.TRUTH)) {
      return estimator;
    }
    return InputException.checking(
        NAME,
        () -> {
          SensorClass wanted = SensorClass.of(stated);
          SensorClass own = Estimators.sensorsOf(estimator);
          if (own != SensorClass.UNSTATED && own != wanted) {
            throw new IllegalArgumentException(
                "'"
                    + stated
                    + "' contradicts estimator "
                    + estimator
                    + ", which is for "
                    + own.text()
                    + " sensors; allowed: one statement.");
          }
          return own == wanted ? estimator : Estimators.withSensors(estimator, wanted);
        });
  }
}
