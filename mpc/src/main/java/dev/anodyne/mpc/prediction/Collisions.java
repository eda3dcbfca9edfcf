package dev.anodyne.mpc.prediction;

import dev.anodyne.core.charging.ActiveConstraint;
import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.charging.ChargeLimits;
import dev.anodyne.core.charging.Collision;
import dev.anodyne.core.charging.DecisionSource;
import dev.anodyne.core.charging.PolicyDecision;
import dev.anodyne.core.p2d.P2dModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Names limits in force that contradict each other or the battery's present state. It looks at what
 * was decided and changes nothing of it: while no current flows it says which limits leave none;
 * otherwise which limits keep the target out of reach.
 *
 * <p>What a cell does without current is asked of the model, from the belief: every current raises
 * voltage and temperature and lowers the anode potential, so that a limit which no current keeps is
 * kept by none. Owns its scratch memory; not thread-safe.
 */
public final class Collisions {
  private static final double KELVIN = 273.15;

  /** Policies stay this far below the voltage limit, V: 2 mV, and the noise of a sensor. */
  private static final double NEAR_VOLTS = 5e-3;

  /** Policies stay this far below the temperature limit, K: 0.1 K, and the noise of a sensor. */
  private static final double NEAR_KELVIN = 0.2;

  /** What a cell rests at is the model's word: a few millivolts by curve and temperature. */
  private static final double TIE_VOLTS = 5e-3;

  private final CellPredictor predictor;

  // The target's answer holds while these stay.
  private double targetSoc = Double.NaN;
  private double targetKelvin = Double.NaN;
  private double targetVolts = Double.NaN;

  /** For decisions on a cell's model. */
  public Collisions(P2dModel model) {
    predictor = new CellPredictor(model);
  }

  /** A limit, and what it collides with. */
  private record Part(ActiveConstraint constraint, String text) {}

  /** The same decision, telling which limits collide. */
  public PolicyDecision told(PolicyDecision d, CellEstimate estimate, ChargeLimits limits) {
    boolean asked =
        estimate.valid()
            && Double.isFinite(estimate.soc())
            && estimate.soc() < limits.targetSoc()
            && d.activeConstraint() != ActiveConstraint.TARGET_SOC;
    if (!asked) {
      return d;
    }
    boolean held = d.chargeCurrentAmps() <= 0.0;
    List<Part> parts = new ArrayList<>();
    if (held || d.source() == DecisionSource.LOW_CC) {
      present(parts, d, estimate, limits);
    }
    String begin = held ? "held at zero: " : text("held at %.2f A a cell: ", d.chargeCurrentAmps());
    if (parts.isEmpty()) {
      ahead(parts, estimate, limits);
      begin = "limits collide: ";
    }
    if (parts.isEmpty()) {
      return d;
    }
    String phrase = begin + String.join("; ", parts.stream().map(Part::text).toList());
    return d.withCollision(
        new Collision(parts.stream().map(Part::constraint).distinct().toList(), phrase));
  }

  /** What leaves no current now. */
  private void present(
      List<Part> parts, PolicyDecision d, CellEstimate estimate, ChargeLimits limits) {
    String target = " and target " + percent(limits.targetSoc());
    if (limits.maxChargeCurrentAmps() <= 0.0) {
      parts.add(new Part(ActiveConstraint.CURRENT, "current limit 0 A" + target));
    }
    if (limits.maxPowerWatts() <= 0.0) {
      parts.add(new Part(ActiveConstraint.POWER, "power limit 0 W" + target));
    }
    double kelvin = Math.max(estimate.temperatureKelvin(), estimate.coreTemperatureKelvin());
    if (kelvin > limits.maxTemperatureKelvin() - NEAR_KELVIN) {
      parts.add(
          new Part(
              ActiveConstraint.TEMPERATURE,
              text(
                  "temperature limit %.1f °C and battery at %.1f °C",
                  limits.maxTemperatureKelvin() - KELVIN, kelvin - KELVIN)));
    }
    if (!predictor.now(estimate.twinState(), 0.0).isUsable()) {
      return;
    }
    double volts = predictor.outputs().voltageVolts + estimate.voltageBiasVolts();
    if (volts > limits.maxVoltageVolts() - NEAR_VOLTS) {
      parts.add(
          new Part(
              ActiveConstraint.VOLTAGE,
              text(
                  "voltage limit %.3f V and cell at %.3f V without current",
                  limits.maxVoltageVolts(), volts)));
    }
    double below = estimate.anodePotentialLowerBoundVolts() - estimate.anodePotentialVolts();
    double anode = predictor.outputs().anodePotentialVolts + below;
    if (d.activeConstraint() == ActiveConstraint.ANODE_POTENTIAL
        || anode < limits.minAnodePotentialVolts()) {
      parts.add(
          new Part(
              ActiveConstraint.ANODE_POTENTIAL,
              text(
                  "anode margin %.1f mV and lower bound %.1f mV without current",
                  1e3 * limits.minAnodePotentialVolts(), 1e3 * anode)));
    }
  }

  /** What keeps the target out of reach, or will stop the charge. */
  private void ahead(List<Part> parts, CellEstimate estimate, ChargeLimits limits) {
    double volts = restingVolts(limits.targetSoc(), estimate.temperatureKelvin());
    if (volts > limits.maxVoltageVolts() + TIE_VOLTS) {
      parts.add(
          new Part(
              ActiveConstraint.VOLTAGE,
              text(
                  "voltage limit %.3f V and target %s where the cell rests at %.3f V",
                  limits.maxVoltageVolts(), percent(limits.targetSoc()), volts)));
    }
    boolean cooled = limits.thermal().maxCoolingWatts() > 0.0;
    if (!cooled && limits.maxTemperatureKelvin() < limits.ambientTemperatureKelvin()) {
      parts.add(
          new Part(
              ActiveConstraint.TEMPERATURE,
              text(
                  "temperature limit %.1f °C and surroundings of %.1f °C without a cooler",
                  limits.maxTemperatureKelvin() - KELVIN,
                  limits.ambientTemperatureKelvin() - KELVIN)));
    }
  }

  /** Voltage of the model's cell at rest, V; NaN when it has no answer. Kept for whole kelvins. */
  private double restingVolts(double soc, double kelvin) {
    double whole = Math.rint(kelvin);
    if (soc != targetSoc || whole != targetKelvin) {
      targetSoc = soc;
      targetKelvin = whole;
      boolean usable =
          Double.isFinite(whole)
              && predictor.now(predictor.model().newState(soc, whole), 0.0).isUsable();
      targetVolts = usable ? predictor.outputs().voltageVolts : Double.NaN;
    }
    return targetVolts;
  }

  private static String percent(double soc) {
    double tenths = Math.rint(1000 * soc);
    return text(tenths % 10 == 0 ? "%.0f %%" : "%.1f %%", tenths / 10);
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
