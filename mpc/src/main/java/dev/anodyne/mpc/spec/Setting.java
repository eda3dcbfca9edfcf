package dev.anodyne.mpc.spec;

import dev.anodyne.mpc.MpcSettings;
import dev.anodyne.mpc.prediction.DoubtSettings;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Every number that tunes the model-predictive controller, with its key, range and default: what a
 * file may set, a schema describes and a search may vary. The period is not here: it is the loop's.
 */
public enum Setting {
  HORIZON_STEPS("horizon.steps", true, 2, 200, "prediction steps", s -> s.horizon().steps()),
  HORIZON_MOVES(
      "horizon.moves", true, 1, 200, "blocks of constant current", s -> s.horizon().moves()),
  HORIZON_SECONDS(
      "horizon.seconds", false, 1, 7200, "length of the horizon, s", s -> s.horizon().seconds()),
  HORIZON_MAX_STEP(
      "horizon.maxStepSeconds",
      false,
      0.1,
      600,
      "longest prediction step, s",
      s -> s.horizon().maxStepSeconds()),
  HORIZON_FAR(
      "horizon.farSeconds",
      false,
      0,
      7200,
      "length of the coarse plan that looks for the temperature limit, s; 0 for none",
      s -> s.horizon().farSeconds()),
  WEIGHT_DECAY(
      "weights.decay",
      false,
      0,
      20,
      "how much less a charge at the horizon's end is worth, as an exponent",
      s -> s.weights().decay()),
  WEIGHT_MOVE("weights.move", false, 0, 1, "cost of 1 A of change, A", s -> s.weights().move()),
  SLACK_MILLIVOLT(
      "weights.slackPerMillivolt",
      false,
      0.01,
      10_000,
      "cost of 1 mV beyond a limit of anode potential or voltage, A",
      s -> s.weights().slackPerMillivolt()),
  SLACK_KELVIN(
      "weights.slackPerTenthKelvin",
      false,
      0.01,
      10_000,
      "cost of 0.1 K above the temperature limit, A",
      s -> s.weights().slackPerTenthKelvin()),
  SLACK_PERMILLE(
      "weights.slackPerPermille",
      false,
      0.01,
      10_000,
      "cost of 0.001 of surface stoichiometry beyond its limit, A",
      s -> s.weights().slackPerPermille()),
  SLACK_ELECTROLYTE(
      "weights.slackPerTenMolPerM3",
      false,
      0.01,
      10_000,
      "cost of 10 mol/m³ of electrolyte below its limit, A",
      s -> s.weights().slackPerTenMolPerM3()),
  MARGIN_VOLTAGE(
      "margins.voltageVolts",
      false,
      0,
      0.5,
      "kept below the voltage limit, V",
      s -> s.margins().voltageVolts()),
  MARGIN_TEMPERATURE(
      "margins.temperatureKelvin",
      false,
      0,
      20,
      "kept below the temperature limit, K",
      s -> s.margins().temperatureKelvin()),
  MARGIN_RISE(
      "margins.riseVoltsPerC",
      false,
      0,
      0.1,
      "anode potential kept for each C of rise until a measurement has shown its effect, V",
      s -> s.margins().riseVoltsPerC()),
  MARGIN_STOICHIOMETRY(
      "margins.maxAnodeSurfaceStoichiometry",
      false,
      0.1,
      1,
      "largest anode surface stoichiometry at the separator",
      s -> s.margins().maxAnodeSurfaceStoichiometry()),
  MARGIN_ELECTROLYTE(
      "margins.minElectrolyteMolPerM3",
      false,
      0,
      1000,
      "lowest electrolyte concentration at the anode's collector, mol/m³",
      s -> s.margins().minElectrolyteMolPerM3()),
  MARGIN_TARGET(
      "margins.targetSoc",
      false,
      0,
      0.05,
      "how far past the target a plan may end",
      s -> s.margins().targetSoc()),
  TRUST_REGION(
      "search.trustRegion",
      false,
      0.001,
      1,
      "how far a linear program may move a current, as a share of the current limit",
      s -> s.search().trustRegion()),
  WARM_PROGRAMS(
      "search.warmPrograms",
      true,
      1,
      20,
      "most linear programs a decision with a previous plan",
      s -> s.search().warmPrograms()),
  COLD_PROGRAMS(
      "search.coldPrograms",
      true,
      1,
      50,
      "most linear programs a decision without one",
      s -> s.search().coldPrograms()),
  ANODE_RISE(
      "search.anodeRiseSeconds",
      false,
      0,
      3600,
      "time constant with which a rising anode-potential bound is believed, s",
      s -> s.search().anodeRiseSeconds()),
  TEMPERATURE_FILTER(
      "search.temperatureFilterSeconds",
      false,
      0,
      3600,
      "time constant of the temperature's offset, s",
      s -> s.search().temperatureFilterSeconds()),
  MAX_PLAN_AGE(
      "search.maxPlanAgeSeconds",
      false,
      0,
      3600,
      "how long the rest of an old plan may be used, s",
      s -> s.search().maxPlanAgeSeconds()),
  FAILURES_BEFORE_RESTART(
      "search.failuresBeforeColdRestart",
      true,
      1,
      100,
      "failures in a row after which plan and basis are forgotten",
      s -> s.search().failuresBeforeColdRestart()),
  DOUBT_SURE_GAP(
      "doubt.sureGapVolts",
      false,
      0,
      0.1,
      "width of a bound that is not doubted, V at 1C",
      s -> s.doubt().sureGapVolts()),
  DOUBT_FACTOR(
      "doubt.factor",
      false,
      0,
      10,
      "so many times what a bound is wider than that is kept on top",
      s -> s.doubt().factor()),
  DOUBT_MOST(
      "doubt.mostVolts",
      false,
      0,
      0.1,
      "the most that is kept on top, V at 1C and 25 °C",
      s -> s.doubt().mostVolts()),
  DOUBT_COLD(
      "doubt.coldPerKelvin",
      false,
      0,
      0.2,
      "how fast the most grows below 25 °C, 1/K",
      s -> s.doubt().coldPerKelvin()),
  DOUBT_GRACE(
      "doubt.graceSeconds",
      false,
      0,
      3600,
      "how long no bound is doubted at first, s",
      s -> s.doubt().graceSeconds()),
  DOUBT_MEMORY(
      "doubt.memoryPeriods",
      false,
      0,
      1000,
      "for how many decisions the width of a bound is remembered",
      s -> s.doubt().memoryPeriods()),
  DOUBT_SURPRISE(
      "doubt.surpriseVolts",
      false,
      0,
      0.1,
      "fall of a bound within a decision, beyond the model's, that counts like width, V at 1C",
      s -> s.doubt().surpriseVolts()),
  DOUBT_RISE(
      "doubt.risePeriods",
      false,
      0,
      1000,
      "over how many decisions, at least, a rising bound is believed",
      s -> s.doubt().risePeriods()),
  DOUBT_PROVEN(
      "doubt.provenShare",
      false,
      0.05,
      1,
      "share of the anode's room that a rise of the current may use before it was measured",
      s -> s.doubt().provenShare());

  private final String key;
  private final boolean whole;
  private final double low;
  private final double high;
  private final String meaning;
  private final ToDoubleFunction<MpcSettings> reader;

  Setting(
      String key,
      boolean whole,
      double low,
      double high,
      String meaning,
      ToDoubleFunction<MpcSettings> reader) {
    this.key = key;
    this.whole = whole;
    this.low = low;
    this.high = high;
    this.meaning = meaning;
    this.reader = reader;
  }

  /** Where it stands: group and name. */
  public String key() {
    return key;
  }

  /** The part of the key before the dot. */
  public String group() {
    return key.substring(0, key.indexOf('.'));
  }

  /** The part of the key after the dot. */
  public String shortKey() {
    return key.substring(key.indexOf('.') + 1);
  }

  /** Whether it is a whole number. */
  public boolean isWhole() {
    return whole;
  }

  /** Smallest value. */
  public double low() {
    return low;
  }

  /** Largest value. */
  public double high() {
    return high;
  }

  /** What it is, with its unit. */
  public String meaning() {
    return meaning;
  }

  /** The default. */
  public double standard() {
    return of(MpcSettings.DEFAULT);
  }

  /** Its value. */
  public double of(MpcSettings settings) {
    return reader.applyAsDouble(settings);
  }

  /** Its value as text: whole numbers without a point. */
  public String text(double value) {
    return whole ? String.format(Locale.ROOT, "%.0f", value) : Double.toString(value);
  }

  /** The setting of a key, if there is one. */
  public static Optional<Setting> byKey(String key) {
    return Arrays.stream(values()).filter(s -> s.key.equals(key)).findFirst();
  }

  /**
   * Settings with some values changed.
   *
   * @throws IllegalArgumentException when {@link MpcSettings} refuses a value
   */
  public static MpcSettings change(MpcSettings settings, Map<Setting, Double> changes) {
    Map<Setting, Double> all = new EnumMap<>(Setting.class);
    for (Setting s : values()) {
      all.put(s, changes.getOrDefault(s, s.of(settings)));
    }
    return new Values(all).settings(settings.horizon().periodSeconds());
  }

  /** All values, on their way into the records. */
  private record Values(Map<Setting, Double> all) {
    MpcSettings settings(double periodSeconds) {
      return new MpcSettings(
          new MpcSettings.Horizon(
              periodSeconds,
              whole(HORIZON_STEPS),
              whole(HORIZON_MOVES),
              get(HORIZON_SECONDS),
              get(HORIZON_MAX_STEP),
              get(HORIZON_FAR)),
          new MpcSettings.Weights(
              get(WEIGHT_DECAY),
              get(WEIGHT_MOVE),
              get(SLACK_MILLIVOLT),
              get(SLACK_KELVIN),
              get(SLACK_PERMILLE),
              get(SLACK_ELECTROLYTE)),
          new MpcSettings.Margins(
              get(MARGIN_VOLTAGE),
              get(MARGIN_TEMPERATURE),
              get(MARGIN_RISE),
              get(MARGIN_STOICHIOMETRY),
              get(MARGIN_ELECTROLYTE),
              get(MARGIN_TARGET)),
          new MpcSettings.Search(
              get(TRUST_REGION),
              whole(WARM_PROGRAMS),
              whole(COLD_PROGRAMS),
              get(ANODE_RISE),
              get(TEMPERATURE_FILTER),
              get(MAX_PLAN_AGE),
              whole(FAILURES_BEFORE_RESTART)),
          doubt());
    }

    private DoubtSettings doubt() {
      return new DoubtSettings(
          get(DOUBT_SURE_GAP),
          get(DOUBT_FACTOR),
          get(DOUBT_MOST),
          get(DOUBT_COLD),
          get(DOUBT_GRACE),
          get(DOUBT_MEMORY),
          get(DOUBT_SURPRISE),
          get(DOUBT_RISE),
          get(DOUBT_PROVEN));
    }

    private double get(Setting setting) {
      Double value = all.get(setting);
      return value == null ? setting.standard() : value;
    }

    private int whole(Setting setting) {
      return (int) Math.round(get(setting));
    }
  }
}
