package dev.anodyne.estimators.identification;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.cell.CellVariation;
import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.Measurement;
import dev.anodyne.core.charging.PackLayout;
import dev.anodyne.core.charging.StateEstimator;
import dev.anodyne.core.p2d.P2dOutputs;
import dev.anodyne.core.signal.SeededRandom;
import dev.anodyne.core.signal.SensorErrors;
import dev.anodyne.core.signal.SensorModel;
import dev.anodyne.estimators.twin.DigitalTwin;
import dev.anodyne.estimators.twin.SimulatedCell;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;

/** A battery that differs from its parameter set, charged again and again with biased sensors. */
public final class Garage {
  public static final CellParameters KIND = CellParameters.load("lgm50").withHeatTransfer(40);

  final CellVariation variation;
  final SensorErrors sensors;
  private final CellParameters truth;

  private Garage(CellVariation variation, SensorErrors sensors) {
    this(variation, sensors, 0);
  }

  private Garage(CellVariation variation, SensorErrors sensors, double seiGrowthM) {
    this.variation = variation;
    this.sensors = sensors;
    truth = KIND.withSeiGrowth(seiGrowthM).with(variation);
  }

  /** The same with a thicker SEI: its film drops voltage, and fills pores. */
  public Garage withSeiGrowth(double metres) {
    return new Garage(variation, sensors, metres);
  }

  /**
   * Kinetics, transport and heat transfer off by up to ±20 %, up to 2 mΩ more, sensors biased by up
   * to ±5 mV, ±0.5 % and ±1 K, all drawn evenly; losses as given.
   */
  public static Garage draw(long seed, double lithium, double anode, double cathode) {
    RandomGenerator r = SeededRandom.of(seed);
    CellVariation v =
        new CellVariation(
            1,
            2e-3 * r.nextDouble(),
            off(r),
            off(r),
            off(r),
            off(r),
            off(r),
            off(r),
            lithium,
            anode,
            cathode,
            off(r));
    SensorErrors s =
        new SensorErrors(
            SensorModel.PERFECT.withNoise(1e-3).withBias(5e-3 * even(r)),
            SensorModel.PERFECT.withRelativeNoise(1e-3).withGain(1 + 5e-3 * even(r)),
            SensorModel.PERFECT.withNoise(0.2).withBias(even(r)));
    return new Garage(v, s);
  }

  private static double off(RandomGenerator r) {
    return 1 + 0.2 * even(r);
  }

  private static double even(RandomGenerator r) {
    return 2 * r.nextDouble() - 1;
  }

  /** One that is what is given, with sensors without bias. */
  public static Garage of(CellVariation variation) {
    return new Garage(variation, SensorErrors.STANDARD);
  }

  /** A fresh, nominal battery with biased sensors. */
  public static Garage biased(double volts, double gain, double kelvin) {
    return new Garage(
        CellVariation.NONE,
        new SensorErrors(
            SensorModel.PERFECT.withNoise(1e-3).withBias(volts),
            SensorModel.PERFECT.withRelativeNoise(1e-3).withGain(1 + gain),
            SensorModel.PERFECT.withNoise(0.2).withBias(kelvin)));
  }

  /** The true value of a parameter, as {@link IdentifiedCell#value} states it. */
  double truth(IdentifiedParameter p) {
    return switch (p) {
      case ANODE_MATERIAL -> 1 - variation.lossOfAnodeMaterial();
      case CATHODE_MATERIAL -> 1 - variation.lossOfCathodeMaterial();
      case LITHIUM_LOSS -> variation.lossOfLithiumInventory();
      case SERIES_RESISTANCE -> variation.seriesResistanceOhm();
      case ANODE_DIFFUSIVITY -> variation.anodeDiffusivityFactor();
      case CATHODE_DIFFUSIVITY -> variation.cathodeDiffusivityFactor();
      case ANODE_EXCHANGE -> variation.anodeExchangeFactor();
      case CATHODE_EXCHANGE -> variation.cathodeExchangeFactor();
      case CONDUCTIVITY -> variation.electrolyteConductivityFactor();
      case ELECTROLYTE_DIFFUSIVITY -> variation.electrolyteDiffusivityFactor();
      case HEAT_TRANSFER -> variation.heatTransferFactor();
    };
  }

  /**
   * What one charge left.
   *
   * @param rmseVolts of the estimate's anode potential
   * @param modelRmseVolts of the model's beneath it, which no filter has corrected; NaN when the
   *     estimator is not the twin itself
   */
  public record Charge(
      RecordedSession session,
      double rmseVolts,
      double p99OptimisticVolts,
      double modelRmseVolts) {}

  /**
   * Rests, ramps to {@code cRate}, goes down as the voltage nears its limit, to 80 %.
   *
   * @param estimator follows; its error counts after a minute
   */
  public Charge charge(
      StateEstimator estimator, double soc, double kelvin, double cRate, long seed) {
    return charge(estimator, soc, kelvin, cRate, seed, (e, truth) -> {});
  }

  /**
   * The same.
   *
   * @param watcher sees every valid estimate after the first minute, beside the truth
   */
  public Charge charge(
      StateEstimator estimator,
      double soc,
      double kelvin,
      double cRate,
      long seed,
      BiConsumer<CellEstimate, P2dOutputs> watcher) {
    SimulatedCell cell = new SimulatedCell(truth, soc, kelvin, sensors, seed);
    RecordedSession session = new RecordedSession(PackLayout.SINGLE_CELL);
    double rate = 0;
    double charged = soc;
    double sum = 0;
    double modelSum = estimator instanceof DigitalTwin ? 0 : Double.NaN;
    List<Double> optimistic = new ArrayList<>();
    for (int t = 0; t < 7200 && charged < 0.8; t++) {
      double stage = charged > 0.65 ? 0.4 : charged > 0.5 ? 0.6 : charged > 0.3 ? 0.8 : 1;
      double wanted = t < 10 ? 0 : cRate * stage;
      double room = t == 0 ? 1 : (4.18 - cell.truth.voltageVolts) / 0.15;
      rate = Math.max(0, Math.min(Math.min(wanted, rate + 0.3), rate + Math.max(-0.3, room)));
      if (t > 100 && rate < 0.05) {
        break;
      }
      double amps = rate * KIND.nominalCapacityAmpHours();
      Measurement m = cell.step(amps, 1);
      charged += rate / 3600;
      session.add(m);
      CellEstimate e = estimator.update(m, CurrentCommand.zero(0));
      if (t >= 60 && e.valid()) {
        double error = e.anodePotentialVolts() - cell.truth.anodePotentialVolts;
        sum += error * error;
        optimistic.add(error);
        if (estimator instanceof DigitalTwin twin) {
          modelSum +=
              Math.pow(
                  twin.signals().model.anodePotentialVolts - cell.truth.anodePotentialVolts, 2);
        }
        watcher.accept(e, cell.truth);
      }
    }
    double[] errors = optimistic.stream().mapToDouble(d -> d).sorted().toArray();
    return new Charge(
        session,
        Math.sqrt(sum / Math.max(1, errors.length)),
        errors.length == 0 ? 0 : errors[(int) (0.99 * (errors.length - 1))],
        Math.sqrt(modelSum / Math.max(1, errors.length)));
  }
}
