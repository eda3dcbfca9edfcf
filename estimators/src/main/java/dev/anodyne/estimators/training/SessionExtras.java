package dev.anodyne.estimators.training;

import dev.anodyne.core.signal.Ripple;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What only wide plans vary.
 *
 * @param chargerRate the charger's highest C-rate
 * @param seiGrowthMetres SEI grown before the session, m: fills pores and resists
 * @param ripple of the charger
 * @param cellSpread how far cells scatter, 1 for a production lot
 * @param nominalTwin true when the twin runs on the parameter set even if the battery is identified
 * @param twinSoc the state of charge that the twin is told, maybe wrongly; empty: it has to find it
 * @param departures names of what is not nominal, none for a nominal session
 */
record SessionExtras(
    double chargerRate,
    double seiGrowthMetres,
    Ripple ripple,
    double cellSpread,
    boolean nominalTwin,
    OptionalDouble twinSoc,
    List<String> departures) {

  static final double SHIPPED_CHARGER_RATE = 3.4;

  SessionExtras {
    departures = List.copyOf(departures);
  }

  static SessionExtras shipped(String... departures) {
    return new SessionExtras(
        SHIPPED_CHARGER_RATE,
        0.0,
        Ripple.NONE,
        1.0,
        true,
        OptionalDouble.empty(),
        List.of(departures));
  }
}
