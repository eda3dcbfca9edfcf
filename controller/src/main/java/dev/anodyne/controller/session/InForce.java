package dev.anodyne.controller.session;

import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.ThermalCommand;

/**
 * What is commanded at one moment, for the battery. The two are one value: whoever reads them while
 * the guard commands anew sees both of before or both of after.
 *
 * @param current the command in force for the charger
 * @param thermal the command in force for heater and cooler
 */
public record InForce(CurrentCommand current, ThermalCommand thermal) {
  /** Nothing has been commanded yet. */
  static final InForce NOTHING = new InForce(CurrentCommand.zero(0), ThermalCommand.off(0));
}
