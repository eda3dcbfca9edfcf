package dev.anodyne.mpc.objective;

import dev.anodyne.core.charging.ThermalCapabilities;
import java.util.Arrays;

/** The currents and heats that a plan chooses from. Not thread-safe. */
final class Choices {
  /** C-rates below the largest possible current, which is a choice too. */
  private static final double[] RATES = {
    0.05, 0.075, 0.1, 0.125, 0.15, 0.175, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6, 0.75, 0.9, 1.1, 1.4,
    1.8, 2.3
  };

  /** Shares of the heater's power. */
  private static final double[] HEATING = {0.25, 0.5, 0.75, 1.0};

  /** Shares of the cooler's power. */
  private static final double[] COOLING = {0.5, 1.0};

  private final ChargeStage stage;
  private final double nominalAmpHours;
  private final double targetSoc;
  private final double[] heatWatts;

  /** A stage that has been evaluated. */
  interface Visitor {
    /** Hears a choice; its outcome stands in the stage. */
    void visit(double amps, double heatWatts);
  }

  Choices(ChargeStage stage, ChargeTask task, double nominalAmpHours) {
    this.stage = stage;
    this.nominalAmpHours = nominalAmpHours;
    targetSoc = task.targetSoc();
    heatWatts = heats(task.thermal());
  }

  private static double[] heats(ThermalCapabilities thermal) {
    int heating = thermal.maxHeatingWatts() > 0.0 ? HEATING.length : 0;
    int cooling = thermal.maxCoolingWatts() > 0.0 ? COOLING.length : 0;
    double[] watts = new double[1 + heating + cooling];
    for (int i = 0; i < heating; i++) {
      watts[1 + i] = HEATING[i] * thermal.maxHeatingWatts();
    }
    for (int i = 0; i < cooling; i++) {
      watts[1 + heating + i] = -COOLING[i] * thermal.maxCoolingWatts();
    }
    return watts;
  }

  /** Most choices at a state. */
  int most() {
    return heatWatts.length * (RATES.length + 2);
  }

  /** Visits every choice that keeps the limits; rest without heat always is one. */
  void visit(double soc, double kelvin, double seconds, double maxPowerWatts, Visitor visitor) {
    for (double heat : heatWatts) {
      stage.evaluate(soc, kelvin, 0.0, heat, seconds);
      if (stage.allowed || heat == 0.0) {
        visitor.visit(0.0, heat);
      }
      if (soc >= targetSoc) {
        continue;
      }
      double riding = stage.ridingAmps(soc, kelvin, heat, seconds, maxPowerWatts);
      for (double rate : RATES) {
        double amps = rate * nominalAmpHours;
        if (amps < riding) {
          offer(soc, kelvin, amps, heat, seconds, maxPowerWatts, visitor);
        }
      }
      if (riding > 1e-3 * nominalAmpHours) {
        stage.evaluate(soc, kelvin, riding, heat, seconds);
        if (heat == 0.0 || stage.allowed) {
          visitor.visit(riding, heat);
        }
      }
    }
  }

  private void offer(
      double soc,
      double kelvin,
      double amps,
      double heat,
      double seconds,
      double maxPowerWatts,
      Visitor visitor) {
    stage.evaluate(soc, kelvin, amps, heat, seconds);
    if (stage.allowed && stage.directWatts <= maxPowerWatts) {
      visitor.visit(amps, heat);
    }
  }

  @Override
  public String toString() {
    return "Choices of heat " + Arrays.toString(heatWatts) + " W";
  }
}
