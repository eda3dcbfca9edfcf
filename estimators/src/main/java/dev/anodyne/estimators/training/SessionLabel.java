package dev.anodyne.estimators.training;

import dev.anodyne.core.cell.CellVariation;
import dev.anodyne.core.signal.SensorErrors;
import java.util.List;
import java.util.Locale;

/**
 * What is known of a session besides its rows: by this evaluations group their figures.
 *
 * @param ref which session
 * @param profile how the current was chosen
 * @param stratum departures from the nominal conditions joined by '+', or {@code nominal}
 * @param learned what came of identifying the battery from the session, a sentence; empty when it
 *     was not tried
 * @param conditions values in the order of {@link Condition}
 */
record SessionLabel(
    SessionRef ref, String profile, String stratum, String learned, List<Double> conditions) {
  static final String NOMINAL = "nominal";

  /** Of a session outside any data set. */
  static final SessionLabel NONE =
      new SessionLabel(new SessionRef(0, 0, Split.TRAIN), "", NOMINAL, "", List.of());

  SessionLabel {
    conditions = List.copyOf(conditions);
  }

  /** Of a session whose twin runs on the parameter set and that nothing is learned from. */
  static SessionLabel of(SessionRef ref, SessionPlan plan) {
    return of(ref, plan, Knowledge.NONE, "");
  }

  /**
   * @param used what the twin ran on
   * @param learned what came of identifying the battery from the session
   */
  static SessionLabel of(SessionRef ref, SessionPlan plan, Knowledge used, String learned) {
    double[] c = new double[Condition.values().length];
    set(c, Condition.CELLS_IN_SERIES, plan.series());
    set(c, Condition.REFERENCE, plan.reference() ? 1 : 0);
    set(c, Condition.AGED, plan.aged() ? 1 : 0);
    set(c, Condition.AMBIENT_KELVIN, plan.ambientKelvin());
    set(c, Condition.HEAT_TRANSFER, plan.heatTransfer());
    set(c, Condition.HEAT_TRANSFER_BELIEVED, plan.heatTransferBelieved());
    set(c, Condition.INITIAL_SOC, plan.initialSoc());
    set(c, Condition.TARGET_SOC, plan.targetSoc());
    set(c, Condition.TWIN_INITIAL_SOC, plan.extras().twinSoc().orElse(Double.NaN));
    set(c, Condition.REST_SECONDS, plan.restSeconds());
    set(c, Condition.HIGHEST_RATE, plan.profile().highestRate());
    set(c, Condition.SEI_GROWTH_METRES, plan.extras().seiGrowthMetres());
    set(c, Condition.RIPPLE_AMPS, plan.extras().ripple().amplitudeAmps());
    set(c, Condition.CELL_SPREAD, plan.extras().cellSpread());
    set(c, Condition.IDENTIFIED_SESSIONS, used.sessions());
    set(c, Condition.IDENTIFIED_RESIDUAL, used.residualVolts());
    set(c, Condition.IDENTIFIED_PARAMETERS, used.determined());
    set(c, Condition.IDENTIFIED_VARIANCE_LEFT, used.varianceLeft());
    variation(c, plan.common());
    sensors(c, plan.errors());
    List<String> departures = plan.extras().departures();
    return new SessionLabel(
        ref,
        plan.profile().getClass().getSimpleName().toLowerCase(Locale.ROOT),
        departures.isEmpty() ? NOMINAL : String.join("+", departures),
        learned,
        java.util.Arrays.stream(c).boxed().toList());
  }

  private static void variation(double[] c, CellVariation v) {
    set(c, Condition.CAPACITY_FACTOR, v.capacityFactor());
    set(c, Condition.RESISTANCE_OHM, v.seriesResistanceOhm());
    set(c, Condition.ANODE_DIFFUSIVITY_FACTOR, v.anodeDiffusivityFactor());
    set(c, Condition.CATHODE_DIFFUSIVITY_FACTOR, v.cathodeDiffusivityFactor());
    set(c, Condition.ANODE_EXCHANGE_FACTOR, v.anodeExchangeFactor());
    set(c, Condition.CATHODE_EXCHANGE_FACTOR, v.cathodeExchangeFactor());
    set(c, Condition.CONDUCTIVITY_FACTOR, v.electrolyteConductivityFactor());
    set(c, Condition.ELECTROLYTE_DIFFUSIVITY_FACTOR, v.electrolyteDiffusivityFactor());
    set(c, Condition.LITHIUM_LOSS, v.lossOfLithiumInventory());
    set(c, Condition.ANODE_LOSS, v.lossOfAnodeMaterial());
    set(c, Condition.CATHODE_LOSS, v.lossOfCathodeMaterial());
    set(c, Condition.HEAT_TRANSFER_FACTOR, v.heatTransferFactor());
  }

  private static void sensors(double[] c, SensorErrors e) {
    set(c, Condition.VOLTAGE_BIAS, e.voltage().bias());
    set(c, Condition.CURRENT_GAIN, e.current().gain());
    set(c, Condition.TEMPERATURE_BIAS, e.temperature().bias());
    set(c, Condition.VOLTAGE_RESOLUTION, e.voltage().resolution());
    set(c, Condition.CURRENT_RESOLUTION, e.current().resolution());
    set(c, Condition.TEMPERATURE_RESOLUTION, e.temperature().resolution());
    set(c, Condition.SENSOR_DELAY, e.voltage().delaySeconds());
    set(c, Condition.DROP_OUT_PROBABILITY, e.voltage().dropOutProbability());
  }

  private static void set(double[] c, Condition condition, double value) {
    c[condition.ordinal()] = value;
  }

  double get(Condition condition) {
    return conditions.get(condition.ordinal());
  }

  /** Sessions that the twin's parameters were identified from; 0: nominal. */
  int identifiedSessions() {
    return conditions.isEmpty() ? 0 : (int) get(Condition.IDENTIFIED_SESSIONS);
  }

  /** Whether the session departs from the nominal conditions in this way. */
  boolean departs(String departure) {
    return List.of(stratum.split("\\+")).contains(departure);
  }
}
