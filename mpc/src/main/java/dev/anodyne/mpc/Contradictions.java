package dev.anodyne.mpc;

import dev.anodyne.core.charging.ChargeLimits;
import dev.anodyne.core.p2d.P2dModel;
import dev.anodyne.core.p2d.P2dOptions;
import dev.anodyne.mpc.prediction.CellPredictor;
import dev.anodyne.mpc.spec.PolicySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds limits that leave no charge before it begins, and names those that collide. Refused is what
 * is certain: what a cell does at rest, where every current makes it worse (a charge raises voltage
 * and temperature and lowers the anode potential). What only a heater or cooler could solve is
 * logged: whether there is one shows when the charger answers.
 */
final class Contradictions {
  private static final Logger LOG = LoggerFactory.getLogger(Contradictions.class);
  private static final double KELVIN = 273.15;

  /** The model's cells rest within a millivolt of a real one's curve; a tie is no contradiction. */
  private static final double TIE_VOLTS = 1e-3;

  private Contradictions() {}

  /**
   * Refuses limits that collide, or warns of them.
   *
   * @param context with the limits that the policy has left at ambient temperature
   * @throws IllegalArgumentException one line with everything that collides
   */
  static void refuse(PolicySpec spec, PolicyContext context) {
    List<String> temperatures = temperature(spec, context);
    if (!temperatures.isEmpty()) {
      LOG.warn(
          "Limits collide unless the battery is heated or cooled: {}.",
          String.join("; ", temperatures));
    }
    List<String> found = rest(context);
    if (!found.isEmpty()) {
      throw new IllegalArgumentException(
          "Limits collide, no current can reach the target: " + String.join("; ", found) + ".");
    }
  }

  /**
   * Without a heater or cooler a cell that may not be charged stays as warm as its surroundings.
   */
  static List<String> temperature(PolicySpec spec, PolicyContext context) {
    List<String> found = new ArrayList<>();
    ChargeLimits limits = context.limits();
    if (limits.thermal().isOffered()) {
      return found;
    }
    double ambient = context.ambientKelvin();
    if (limits.maxTemperatureKelvin() < ambient) {
      found.add(
          text(
              "the temperature limit of %.1f °C and the ambient temperature of %.1f °C",
              limits.maxTemperatureKelvin() - KELVIN, ambient - KELVIN));
    }
    if (spec.limits().byTemperature().maxCRate(ambient, ambient) == 0.0) {
      found.add(
          text(
              "the limits by temperature, 0 A at %.1f °C, and the ambient temperature of %.1f °C",
              ambient - KELVIN, ambient - KELVIN));
    }
    return found;
  }

  private static List<String> rest(PolicyContext context) {
    List<String> found = new ArrayList<>();
    ChargeLimits limits = context.limits();
    P2dModel model = P2dModel.of(context.cell(), P2dOptions.CONTROL);
    CellPredictor predictor = new CellPredictor(model);
    double target = limits.targetSoc();
    if (!predictor.now(model.newState(target, context.ambientKelvin()), 0.0).isUsable()) {
      return found;
    }
    double volts = predictor.outputs().voltageVolts;
    if (volts > limits.maxVoltageVolts() + TIE_VOLTS) {
      found.add(
          text(
              "the voltage limit of %.3f V and the target state of charge %.3g, where the cell rests"
                  + " at %.3f V",
              limits.maxVoltageVolts(), target, volts));
    }
    double anode = predictor.outputs().anodePotentialVolts;
    if (anode < limits.minAnodePotentialVolts() - TIE_VOLTS) {
      found.add(
          text(
              "the least anode potential of %.1f mV and the target state of charge %.3g, where the"
                  + " anode rests at %.1f mV",
              1e3 * limits.minAnodePotentialVolts(), target, 1e3 * anode));
    }
    return found;
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
