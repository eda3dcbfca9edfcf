package dev.anodyne.estimators.twin;

import dev.anodyne.core.charging.EstimateIntervals;
import dev.anodyne.core.charging.PackLayout;
import dev.anodyne.estimators.SensorClass;
import dev.anodyne.estimators.bounds.BatteryGroup;
import dev.anodyne.estimators.bounds.BoundInputs;
import dev.anodyne.estimators.bounds.BoundTable;
import dev.anodyne.estimators.bounds.Growth;
import dev.anodyne.estimators.bounds.InnovationRatio;
import dev.anodyne.estimators.bounds.Quantity;
import dev.anodyne.estimators.bounds.Signal;
import dev.anodyne.estimators.identification.IdentifiedCell;
import dev.anodyne.estimators.identification.IdentifiedParameter;
import java.util.Optional;

/**
 * The twin's bounds: what the joint filter says with its deviations, scaled by the calibrated
 * factors of what is known about this battery, and widened by how far the moment is from those of
 * the calibration.
 */
final class TwinBounds {
  /** After samples were missing an estimate is flagged so long, s. */
  private static final double GAP_SECONDS = 30.0;

  /** Without a filter: volts of anode potential that a unit of state of charge may cost. */
  private static final double VOLTS_PER_SOC = 0.35;

  /** The same: what rates and resistances of an unknown battery may cost. */
  private static final double UNFILTERED_VOLTS = 0.008;

  private static final double UNFILTERED_SHARE = 0.01;
  private static final double TEMPERATURE_SIGMA_KELVIN = 0.6;

  /** Parameters that scatter so many times as much as those of new batteries are none of those. */
  private static final double UNLIKE = 3.0;

  private static final Quantity[] QUANTITIES = Quantity.values();

  private static final IdentifiedParameter[] PARAMETERS = {
    IdentifiedParameter.ANODE_MATERIAL,
    IdentifiedParameter.CATHODE_MATERIAL,
    IdentifiedParameter.LITHIUM_LOSS,
    IdentifiedParameter.SERIES_RESISTANCE,
    IdentifiedParameter.ANODE_DIFFUSIVITY,
    IdentifiedParameter.CATHODE_DIFFUSIVITY,
    IdentifiedParameter.ANODE_EXCHANGE,
    IdentifiedParameter.CATHODE_EXCHANGE,
    IdentifiedParameter.CONDUCTIVITY,
    IdentifiedParameter.ELECTROLYTE_DIFFUSIVITY
  };

  private static final Signal[] OF_PARAMETER = {
    Signal.ANODE_MATERIAL,
    Signal.CATHODE_MATERIAL,
    Signal.LITHIUM_LOSS,
    Signal.SERIES_RESISTANCE,
    Signal.ANODE_DIFFUSIVITY,
    Signal.CATHODE_DIFFUSIVITY,
    Signal.ANODE_EXCHANGE,
    Signal.CATHODE_EXCHANGE,
    Signal.CONDUCTIVITY,
    Signal.ELECTROLYTE_DIFFUSIVITY
  };

  private final BoundTable table;
  private final FilmBelief film;
  private final boolean series;
  private final BatteryGroup ofBattery;
  private final BatteryGroup ofJoined;
  private final double ampHours;
  private final double[] identified = new double[PARAMETERS.length];
  private final InnovationRatio ratio = new InnovationRatio();
  private final BoundInputs inputs = new BoundInputs();
  private BatteryGroup group;
  private double distance;
  private double departure;
  private final boolean judgesDeparture;

  TwinBounds(
      BoundTable table,
      PackLayout layout,
      double ampHours,
      Optional<IdentifiedCell> battery,
      SensorClass sensors,
      FilmBelief film) {
    this.table = table;
    this.film = film;
    this.series = layout.series() > 1;
    this.ampHours = ampHours;
    boolean known = battery.isPresent() && battery.get().sessions() > 0;
    this.ofBattery = BatteryGroup.of(known, layout.series());
    this.ofJoined = BatteryGroup.ofJoined(layout.series());
    this.group = ofBattery;
    this.judgesDeparture =
        ofBattery == BatteryGroup.IDENTIFIED_SINGLE && sensors != SensorClass.UNSTATED;
    if (known) {
      double[] mean = battery.get().mean();
      for (int i = 0; i < PARAMETERS.length; i++) {
        identified[i] = mean[PARAMETERS[i].ordinal()];
      }
    }
  }

  /** What the bounds of the last update were made from. */
  BoundInputs inputs() {
    return inputs;
  }

  /** Takes in an update of the twin. */
  void update(TwinSignals s) {
    if (s.filtered.usable()) {
      if (s.started) {
        ratio.start();
      } else if (s.filtered.innovationSigma() > 0.0) {
        // While the past of a load is being told, nothing is corrected and nothing can be judged.
        ratio.update(s.filtered.innovationVolts(), s.filtered.innovationSigma(), s.stepSeconds);
      }
      for (Quantity q : QUANTITIES) {
        inputs.values[q.ordinal()] = s.filtered.value(q);
        inputs.sigmas[q.ordinal()] = s.filtered.sigma(q);
      }
      followedCellOnly(s.cellAmps / ampHours);
    } else {
      ratio.start();
      unfiltered(s);
    }
    group = s.startedUnderLoad ? ofJoined : ofBattery;
    signals(s);
    departure = judgesDeparture ? departure() : 0.0;
    inputs.doubt = s.filtered.usable() ? Math.max(s.filtered.unknownWeight(), departure) : 1.0;
    distance = table.range().distance(inputs.signals);
    distance += Math.max(1.0 - s.secondsSinceGap / GAP_SECONDS, 0.0);
    distance += s.filtered.usable() ? 0.0 : 1.0;
    distance += s.doubt;
  }

  /**
   * How far an identified battery is from what leaves a production line: 0 where its parameters
   * scatter as those of new ones do, 1 from three times that on. Films come with the lost lithium
   * and the resistance that show in them; of a sound battery there is none to fear.
   */
  private double departure() {
    double sum = 0.0;
    for (int i = 0; i < PARAMETERS.length; i++) {
      double d =
          inputs.signals[OF_PARAMETER[i].ordinal()]
              / FilterPrior.productionSigma(PARAMETERS[i].ordinal());
      sum += d * d;
    }
    double rms = Math.sqrt(sum / PARAMETERS.length);
    return Math.min(Math.max((rms - 1.0) / (UNLIKE - 1.0), 0.0), 1.0);
  }

  /** How unlike a new battery an identified cell is, 0–1; 0 for others and unstated sensors. */
  double departureFromNew() {
    return departure;
  }

  /** The bounds' own margin s g is for the cells that are not followed: they count once. */
  private void followedCellOnly(double cRate) {
    if (series) {
      int anode = Quantity.ANODE_POTENTIAL.ordinal();
      double all = inputs.sigmas[anode];
      double others = FilterMixture.otherCells(anode, cRate);
      inputs.sigmas[anode] = Math.sqrt(Math.max(all * all - others * others, 0.25 * all * all));
    }
  }

  private void signals(TwinSignals s) {
    double[] signals = inputs.signals;
    signals[Signal.TEMPERATURE.ordinal()] = s.temperatureKelvin;
    signals[Signal.C_RATE.ordinal()] = s.cellAmps / ampHours;
    signals[Signal.INNOVATION.ordinal()] = ratio.value();
    for (int i = 0; i < PARAMETERS.length; i++) {
      double more = s.filtered.usable() ? s.filtered.deviation(PARAMETERS[i]) : 0.0;
      signals[OF_PARAMETER[i].ordinal()] = identified[i] + more;
    }
  }

  /** The model's own values, with deviations that suit a battery of unknown history. */
  private void unfiltered(TwinSignals s) {
    double[] v = inputs.values;
    v[Quantity.ANODE_POTENTIAL.ordinal()] = s.model.anodePotentialVolts;
    v[Quantity.ANODE_SURFACE.ordinal()] = s.model.anodeSurfaceStoichiometry;
    v[Quantity.ANODE_SURFACE_AT_SEPARATOR.ordinal()] = s.model.anodeSurfaceStoichiometryAtSeparator;
    v[Quantity.CATHODE_SURFACE.ordinal()] = s.model.cathodeSurfaceStoichiometry;
    v[Quantity.ANODE_MEAN.ordinal()] = s.model.anodeStoichiometry;
    v[Quantity.CATHODE_MEAN.ordinal()] = s.model.cathodeStoichiometry;
    v[Quantity.SOC.ordinal()] = Math.min(Math.max(s.twinSoc, 0.0), 1.0);
    v[Quantity.CORE_TEMPERATURE.ordinal()] = s.temperatureKelvin;
    java.util.Arrays.fill(inputs.sigmas, Math.hypot(UNFILTERED_SHARE, s.socSigma));
    double growth = Growth.of(s.cellAmps / ampHours, s.temperatureKelvin);
    inputs.sigmas[Quantity.ANODE_POTENTIAL.ordinal()] =
        Math.hypot(UNFILTERED_VOLTS * growth, VOLTS_PER_SOC * s.socSigma);
    inputs.sigmas[Quantity.CORE_TEMPERATURE.ordinal()] = TEMPERATURE_SIGMA_KELVIN;
    film.apply(v, inputs.sigmas, s.cellAmps / ampHours);
  }

  /** True when the moment is like those of the calibration. */
  boolean inRange() {
    return distance == 0.0;
  }

  /** Anode potential, V. */
  double anodePotential() {
    return inputs.anodePotential(table, group);
  }

  /** Its lower bound, V. */
  double lowerBound() {
    return inputs.lowerBound(table, group, distance);
  }

  /** The lower bound as it would be at least {@code atLeast} outside the range, V. */
  double lowerBound(double atLeast) {
    return inputs.lowerBound(table, group, Math.max(distance, atLeast));
  }

  EstimateIntervals intervals() {
    return inputs.intervals(table, group, distance);
  }
}
