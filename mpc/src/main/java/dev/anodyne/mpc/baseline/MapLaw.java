package dev.anodyne.mpc.baseline;

import dev.anodyne.core.charging.ActiveConstraint;
import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.charging.ChargeLimits;

/** The current of a state of charge × temperature map, with the voltage limit on top. */
public final class MapLaw implements CurrentLaw {
  private final CurrentMap map;
  private final CellRegulator regulator;

  /**
   * A charge by map.
   *
   * @param map largest current by state of charge and temperature
   * @param traits what is known about the cell
   */
  public MapLaw(CurrentMap map, CellTraits traits) {
    this.map = map;
    regulator = new CellRegulator(traits);
  }

  @Override
  public double wantedAmps(CellEstimate estimate, ChargeLimits limits, double presentAmps) {
    double amps = map.amps(estimate.soc(), estimate.temperatureKelvin());
    return regulator.lower(amps, estimate, limits, presentAmps);
  }

  @Override
  public ActiveConstraint explanation() {
    ActiveConstraint cut = regulator.binding();
    return cut == ActiveConstraint.NONE ? ActiveConstraint.ANODE_POTENTIAL : cut;
  }
}
