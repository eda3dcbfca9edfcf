package dev.anodyne.estimators;

import dev.anodyne.core.p2d.P2dOptions;
import dev.anodyne.estimators.identification.IdentifiedCell;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What is known about the battery's surroundings before the first sample.
 *
 * @param periodSeconds expected time between samples, s; more than three periods (and 5 s) is a gap
 * @param heatTransferWattsPerM2Kelvin heat transfer coefficient over the cell's cooling area;
 *     empty: the parameter set's own
 * @param ambientKelvin ambient temperature; empty: found from the measured temperature
 * @param initialSoc state of charge at the first sample, 0–1; empty: found from the voltage
 * @param model resolution of the digital twin. A planner that takes over the twin's state must use
 *     the same options; nodes and radial unknowns alone decide whether states fit
 * @param identified what earlier sessions told about this very battery; empty: nominal
 * @param sensors how far the sensors may be off; bounds are those of this class
 */
public record EstimatorOptions(
    double periodSeconds,
    OptionalDouble heatTransferWattsPerM2Kelvin,
    OptionalDouble ambientKelvin,
    OptionalDouble initialSoc,
    P2dOptions model,
    Optional<IdentifiedCell> identified,
    SensorClass sensors) {

  /** Of sensors that nobody vouches for. */
  public EstimatorOptions(
      double periodSeconds,
      OptionalDouble heatTransferWattsPerM2Kelvin,
      OptionalDouble ambientKelvin,
      OptionalDouble initialSoc,
      P2dOptions model,
      Optional<IdentifiedCell> identified) {
    this(
        periodSeconds,
        heatTransferWattsPerM2Kelvin,
        ambientKelvin,
        initialSoc,
        model,
        identified,
        SensorClass.UNSTATED);
  }

  /** Of a battery that nobody has charged yet. */
  public EstimatorOptions(
      double periodSeconds,
      OptionalDouble heatTransferWattsPerM2Kelvin,
      OptionalDouble ambientKelvin,
      OptionalDouble initialSoc,
      P2dOptions model) {
    this(
        periodSeconds,
        heatTransferWattsPerM2Kelvin,
        ambientKelvin,
        initialSoc,
        model,
        Optional.empty());
  }

  /** One sample a second, nothing else known. */
  public static final EstimatorOptions DEFAULT =
      new EstimatorOptions(
          1.0,
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          P2dOptions.CONTROL);

  public EstimatorOptions {
    if (!(periodSeconds > 0.0) || periodSeconds > 60.0) {
      throw new IllegalArgumentException(
          "Estimator period " + periodSeconds + " s is not possible: allowed is above 0 to 60 s.");
    }
    initialSoc.ifPresent(
        s -> {
          if (!(s >= 0.0 && s <= 1.0)) {
            throw new IllegalArgumentException(
                "Initial state of charge "
                    + s
                    + " is not possible: allowed is 0 to 1."
                    + (s > 1.0 && s <= 100.0 ? "\nMaybe it was given in percent." : ""));
          }
        });
    ambientKelvin.ifPresent(
        t -> {
          if (!(t >= 200.0 && t <= 400.0)) {
            throw new IllegalArgumentException(
                "Ambient temperature "
                    + t
                    + " K is not possible: allowed is 200 to 400 K."
                    + (t > -60.0 && t < 100.0 ? "\nMaybe it was given in °C." : ""));
          }
        });
    heatTransferWattsPerM2Kelvin.ifPresent(
        h -> {
          if (!(h >= 0.0 && h <= 10_000.0)) {
            throw new IllegalArgumentException(
                "Heat transfer " + h + " W/m²K is not possible: allowed is 0 to 10000 W/m²K.");
          }
        });
  }

  public EstimatorOptions withPeriodSeconds(double seconds) {
    return new EstimatorOptions(
        seconds,
        heatTransferWattsPerM2Kelvin,
        ambientKelvin,
        initialSoc,
        model,
        identified,
        sensors);
  }

  public EstimatorOptions withHeatTransfer(double wattsPerM2Kelvin) {
    return new EstimatorOptions(
        periodSeconds,
        OptionalDouble.of(wattsPerM2Kelvin),
        ambientKelvin,
        initialSoc,
        model,
        identified,
        sensors);
  }

  public EstimatorOptions withAmbientKelvin(double kelvin) {
    return new EstimatorOptions(
        periodSeconds,
        heatTransferWattsPerM2Kelvin,
        OptionalDouble.of(kelvin),
        initialSoc,
        model,
        identified,
        sensors);
  }

  public EstimatorOptions withInitialSoc(double soc) {
    return new EstimatorOptions(
        periodSeconds,
        heatTransferWattsPerM2Kelvin,
        ambientKelvin,
        OptionalDouble.of(soc),
        model,
        identified,
        sensors);
  }

  public EstimatorOptions withModel(P2dOptions options) {
    return new EstimatorOptions(
        periodSeconds,
        heatTransferWattsPerM2Kelvin,
        ambientKelvin,
        initialSoc,
        options,
        identified,
        sensors);
  }

  /** The same with what earlier sessions told about the battery. */
  public EstimatorOptions withIdentified(IdentifiedCell battery) {
    return new EstimatorOptions(
        periodSeconds,
        heatTransferWattsPerM2Kelvin,
        ambientKelvin,
        initialSoc,
        model,
        Optional.of(battery),
        sensors);
  }

  /** The same with sensors of a stated accuracy. */
  public EstimatorOptions withSensors(SensorClass accuracy) {
    return new EstimatorOptions(
        periodSeconds,
        heatTransferWattsPerM2Kelvin,
        ambientKelvin,
        initialSoc,
        model,
        identified,
        accuracy);
  }
}
