package dev.anodyne.controller.lab.compare;

import dev.anodyne.controller.lab.ChargeAim;
import java.util.StringJoiner;

/**
 * What a charge is after, with a name for tables.
 *
 * @param name its own on its axis
 * @param aim departure, tariff, goal, thermostat
 */
public record ScenarioAim(String name, ChargeAim aim) {
  /** As soon as possible. */
  public static final ScenarioAim NONE = new ScenarioAim("no departure", ChargeAim.NONE);

  /** Named by what it says. */
  public static ScenarioAim of(ChargeAim aim) {
    StringJoiner name = new StringJoiner(", ");
    if (aim.departureMinutes() != null) {
      name.add(Numbers.shortest(aim.departureMinutes()) + " min");
    }
    if (aim.goal() != null) {
      name.add(aim.goal());
    }
    if (aim.prices() != null) {
      name.add("tariff " + PlantKeys.nameOf(aim.prices().toString()));
    }
    if (aim.thermostatCelsius() != null) {
      name.add("thermostat " + Numbers.shortest(aim.thermostatCelsius()) + " °C");
    }
    return name.length() == 0 ? NONE : new ScenarioAim(name.toString(), aim);
  }
}
