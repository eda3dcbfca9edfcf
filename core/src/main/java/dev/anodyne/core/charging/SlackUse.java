package dev.anodyne.core.charging;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Soft limits whose slack a decision uses, and by how much its plan passes each at most, since no
 * current keeps it. 0 where the limit is kept. A policy's distance to a limit counts as part of it.
 *
 * @param anodePotentialVolts of the anode potential's lower bound below its margin, V
 * @param voltageVolts of the cell voltage above its limit, V
 * @param temperatureKelvin of the temperature above its limit, K
 * @param anodeStoichiometry of the anode's surface stoichiometry above its limit
 * @param electrolyteMolPerM3 of the electrolyte's concentration below its limit, mol/m³
 */
public record SlackUse(
    double anodePotentialVolts,
    double voltageVolts,
    double temperatureKelvin,
    double anodeStoichiometry,
    double electrolyteMolPerM3) {
  /** Every soft limit is kept, or there is none. */
  public static final SlackUse NONE = new SlackUse(0, 0, 0, 0, 0);

  /** True when every soft limit is kept. */
  public boolean isNone() {
    return equals(NONE);
  }

  /** Limits and amounts in words, e.g. {@code anode potential 1.3 mV; temperature 0.20 K}. */
  public String text() {
    List<String> used = new ArrayList<>();
    add(used, "anode potential %.1f mV", anodePotentialVolts, 1e3);
    add(used, "voltage %.1f mV", voltageVolts, 1e3);
    add(used, "temperature %.2f K", temperatureKelvin, 1);
    add(used, "surface stoichiometry %.4f", anodeStoichiometry, 1);
    add(used, "electrolyte %.1f mol/m³", electrolyteMolPerM3, 1);
    return String.join("; ", used);
  }

  private static void add(List<String> used, String format, double amount, double scale) {
    if (amount != 0.0) {
      used.add(String.format(Locale.ROOT, format, amount * scale));
    }
  }
}
