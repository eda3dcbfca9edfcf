package dev.anodyne.mpc.baseline;

import dev.anodyne.core.charging.ChargeLimits;
import dev.anodyne.core.p2d.P2dModel;

/**
 * Tunes CC-CT-CV on the model: to every temperature to be held belongs a largest first current that
 * keeps the anode potential; the temperature with the fastest charge is taken. Where none is faster
 * than the fastest plating-free CC-CV, it is that: the temperature is then never reached.
 */
public final class TemperatureTuning {
  /** The cell must become warmer than ambient by at least this, K. */
  private static final double LEAST_RISE_KELVIN = 1.0;

  private static final double RESOLUTION_KELVIN = 0.3;

  /** Between that and the limit must be at least this for a temperature to be chosen, K. */
  private static final double NARROWEST_KELVIN = 0.5;

  private final CellTraits traits;

  private final ChargeLimits limits;
  private final double startSoc;
  private final ModelCharge charge;

  private TemperatureTuning(P2dModel model, ChargeLimits limits, double startSoc) {
    this.limits = limits;
    this.startSoc = startSoc;
    double ambient = limits.ambientTemperatureKelvin();
    traits = CellTraits.of(model, startSoc, ambient, ModelCharge.STEP_SECONDS);
    charge = StageTuning.openLoopCharge(model, limits);
  }

  /** The fastest setting. */
  public static ConstantTemperatureLaw.Setting tune(
      P2dModel model, ChargeLimits limits, double startSoc) {
    TemperatureTuning tuning = new TemperatureTuning(model, limits, startSoc);
    double low = limits.ambientTemperatureKelvin() + LEAST_RISE_KELVIN;
    double high = limits.maxTemperatureKelvin();
    double hold =
        tuning.traits.isThermal() && high - low > NARROWEST_KELVIN
            ? Tuning.minimum(tuning::seconds, low, high, RESOLUTION_KELVIN)
            : high;
    double plain =
        model.cell().nominalCapacityAmpHours()
            * FastestPlatingFreeCcCv.rate(
                model,
                startSoc,
                limits.targetSoc(),
                limits.ambientTemperatureKelvin(),
                limits.maxVoltageVolts(),
                limits.minAnodePotentialVolts(),
                limits.maxChargeCurrentAmps() / model.cell().nominalCapacityAmpHours());
    return plain > 0.0 && tuning.run(plain, high).seconds() <= tuning.seconds(hold)
        ? new ConstantTemperatureLaw.Setting(plain, high)
        : new ConstantTemperatureLaw.Setting(tuning.largestAmps(hold), hold);
  }

  private double seconds(double holdKelvin) {
    double amps = largestAmps(holdKelvin);
    return amps > 0.0 ? run(amps, holdKelvin).seconds() : Double.MAX_VALUE;
  }

  private double largestAmps(double holdKelvin) {
    double highest = limits.maxChargeCurrentAmps();
    charge.rest(startSoc);
    return Tuning.largest(
        a -> StageTuning.room(run(a, holdKelvin), limits),
        StageTuning.restRoom(charge, limits),
        highest,
        StageTuning.RESOLUTION * highest);
  }

  /** The taper alone: the model itself holds the voltage. */
  private ModelCharge.Run run(double amps, double holdKelvin) {
    HeatTaper taper = new HeatTaper(traits);
    double ambient = limits.ambientTemperatureKelvin();
    charge.rest(startSoc);
    return charge.run(
        (t, o) -> {
          taper.observe(t, o.temperatureKelvin, o.chargeCurrentAmps, ambient);
          return Math.min(amps, taper.amps(holdKelvin, ambient));
        },
        limits.targetSoc(),
        StageTuning.floor(limits));
  }
}
