package dev.anodyne.hil.bench;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The form of {@code bench.yaml}; every key but the log-in is optional.
 *
 * @param cell a shipped parameter set's name or a BPX file's path; {@code lgm50} by default
 * @param layout wiring, for example {@code 4s1p}
 * @param initialSoc state of charge at the start, 0–1
 * @param ambientC temperature of the surroundings, °C
 * @param ambientSeriesC instead of it, pairs of plant time, s, and temperature, °C
 * @param heatTransfer heat transfer coefficient, W/m²K
 * @param maxCRate C-rate that charger and battery allow
 * @param seed fixes spread and noise
 * @param spread how the cells differ
 * @param ageing how aged the cells are at the start
 * @param pack conductors and heat between the cells
 * @param thermal heater and cooler
 * @param sensors what is wrong with the sensors
 * @param charger what the charger can do
 * @param contactors how the contactors are built
 * @param battery what the battery's management asks for
 * @param server where to listen
 * @param pacing how time runs
 */
record BenchFile(
    @Nullable String cell,
    @Nullable String layout,
    @Nullable Double initialSoc,
    @Nullable Double ambientC,
    @Nullable List<List<Double>> ambientSeriesC,
    @Nullable Double heatTransfer,
    @Nullable Double maxCRate,
    @Nullable Long seed,
    @Nullable Spread spread,
    @Nullable AgeingPart ageing,
    @Nullable PackPart pack,
    @Nullable ThermalPart thermal,
    @Nullable Sensors sensors,
    @Nullable ChargerPart charger,
    @Nullable ContactorPart contactors,
    @Nullable BatteryPart battery,
    @Nullable ServerPart server,
    @Nullable PacingPart pacing) {

  /** Of the whole battery; a missing one is 0, a missing block no heater and no cooler. */
  record ThermalPart(
      @Nullable Double heatingWatts,
      @Nullable Double coolingWatts,
      @Nullable Double lagSeconds,
      @Nullable Double heatingEfficiency,
      @Nullable Double coolingCoefficient) {}

  /** Standard deviations; a missing one is 0, a missing block that of one production lot. */
  record Spread(
      @Nullable Double capacitySigma,
      @Nullable Double seriesResistanceSigmaOhm,
      @Nullable Double exchangeCurrentSigma,
      @Nullable Double diffusivitySigma,
      @Nullable Double heatTransferSigma,
      @Nullable Double initialSocSigma,
      @Nullable Double initialTemperatureSigmaKelvin) {}

  /**
   * Means and standard deviations over the cells; a missing one is 0, a missing block fresh cells.
   */
  record AgeingPart(
      @Nullable Double lossOfLithium,
      @Nullable Double lossOfLithiumSigma,
      @Nullable Double lossOfAnode,
      @Nullable Double lossOfAnodeSigma,
      @Nullable Double lossOfCathode,
      @Nullable Double lossOfCathodeSigma,
      @Nullable Double seiGrowthM,
      @Nullable Double seiGrowthSigmaM,
      @Nullable Double resistanceOhm,
      @Nullable Double resistanceSigmaOhm) {}

  /** A missing value is 0: ideal conductors, equal surroundings, no heat between cells. */
  record PackPart(
      @Nullable Double busbarOhms,
      @Nullable Double linkOhms,
      @Nullable Double ambientGradientKelvin,
      @Nullable Double neighbourWattsPerKelvin) {}

  /** White noise, one standard deviation; a missing one is that of an ordinary battery. */
  record Sensors(
      @Nullable Double voltageNoiseVolts,
      @Nullable Double currentRelativeNoise,
      @Nullable Double temperatureNoiseKelvin) {}

  /** A missing value is the default's. */
  record ChargerPart(
      @Nullable Double minVoltageVolts,
      @Nullable Double maxVoltageVolts,
      @Nullable Double maxCurrentAmps,
      @Nullable Double maxPowerWatts,
      @Nullable Double maxRampAmpsPerSecond,
      @Nullable Double timeConstantSeconds,
      @Nullable Double resolutionAmps,
      @Nullable Double delaySeconds,
      @Nullable Double rampDownFactor,
      @Nullable Double expiryRampSeconds,
      @Nullable Double efficiency,
      @Nullable Double standbyWatts) {}

  /** Contactors that close at once unless this block is given; then a missing one is usual. */
  record ContactorPart(
      @Nullable Double closeSeconds,
      @Nullable Double prechargeOhms,
      @Nullable Double outputFarads,
      @Nullable Double prechargeTimeoutSeconds,
      @Nullable Double diagnosisSeconds) {}

  /** A missing value is the default's. */
  record BatteryPart(
      @Nullable Double targetCurrentAmps,
      @Nullable Double maxVoltageVolts,
      @Nullable Double maxCellVoltageVolts,
      @Nullable Double maxTemperatureC,
      @Nullable Double maxPowerWatts) {}

  /**
   * The password may be given as its bcrypt hash; model is whose charger it looks like. Security
   * keys are those of a station's server.
   */
  record ServerPart(
      @Nullable String bind,
      @Nullable Integer port,
      @Nullable String chargerId,
      @Nullable String user,
      @Nullable String password,
      @Nullable String pki,
      @Nullable String model,
      @Nullable List<String> securityPolicies,
      @Nullable Boolean allowSignOnly,
      @Nullable Boolean allowNoneBeyondLoopback,
      @Nullable List<String> userCertificates,
      @Nullable Boolean anonymous) {}

  /** Mode is realtime, accelerated or lockstep. */
  record PacingPart(
      @Nullable String mode,
      @Nullable Double speed,
      @Nullable Double stepSeconds,
      @Nullable Double controlPeriodSeconds,
      @Nullable Integer threads,
      @Nullable Integer realtimePriority,
      @Nullable Double maxOverrunShare) {}
}
