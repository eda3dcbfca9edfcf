package dev.anodyne.controller.lab.tuning;

import dev.anodyne.controller.config.PolicyFile.Range;
import dev.anodyne.mpc.spec.PolicyLimits;
import dev.anodyne.mpc.spec.PolicySpec;
import dev.anodyne.mpc.spec.Setting;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The parameters that a search varies, as a unit cube. Ranges that span a decade or more are
 * searched by their logarithm. Values are rounded to four digits: what is written is what was
 * charged with.
 */
final class SearchSpace {
  /** The margin of the anode potential's lower bound; everything else is a {@link Setting}. */
  static final String MARGIN = "limits.minAnodePotentialVolts";

  private static final double LOGARITHMIC = 10.0;
  private static final MathContext DIGITS = new MathContext(4);

  private final PolicySpec base;
  private final List<String> keys;
  private final List<Range> ranges;

  SearchSpace(PolicySpec base, Map<String, Range> ranges) {
    this.base = base;
    this.keys = List.copyOf(ranges.keySet());
    this.ranges = List.copyOf(new ArrayList<>(ranges.values()));
  }

  /** What is varied when nobody says: margins, worth, horizon and the bound's filter. */
  static Map<String, Range> usual(PolicySpec base) {
    Map<String, Range> ranges = new LinkedHashMap<>();
    ranges.put(MARGIN, new Range(0, 0.015));
    if (base.isMpc()) {
      ranges.put(Setting.MARGIN_RISE.key(), new Range(0.002, 0.03));
      ranges.put(Setting.ANODE_RISE.key(), new Range(0, 30));
      ranges.put(Setting.WEIGHT_DECAY.key(), new Range(0.5, 6));
      ranges.put(Setting.HORIZON_SECONDS.key(), new Range(60, 900));
    }
    return ranges;
  }

  int dimension() {
    return keys.size();
  }

  List<String> keys() {
    return keys;
  }

  /** Where the policy as it is stands in the cube; at the nearest edge when outside. */
  double[] start() {
    double[] x = new double[keys.size()];
    for (int i = 0; i < x.length; i++) {
      Range r = ranges.get(i);
      double value = Math.max(r.low(), Math.min(r.high(), value(base, keys.get(i))));
      x[i] =
          isLogarithmic(r)
              ? Math.log(value / r.low()) / Math.log(r.high() / r.low())
              : (value - r.low()) / (r.high() - r.low());
    }
    return x;
  }

  /**
   * The policy at a point of the cube.
   *
   * @throws IllegalArgumentException when the values do not go together
   */
  PolicySpec at(double[] x) {
    Map<Setting, Double> changes = new EnumMap<>(Setting.class);
    double margin = base.limits().minAnodePotentialVolts();
    for (int i = 0; i < x.length; i++) {
      double value = valueAt(ranges.get(i), Math.max(0, Math.min(1, x[i])));
      String key = keys.get(i);
      if (key.equals(MARGIN)) {
        margin = value;
      } else {
        Setting setting = Setting.byKey(key).orElseThrow();
        changes.put(setting, setting.isWhole() ? Math.rint(value) : value);
      }
    }
    Double moves = changes.get(Setting.HORIZON_MOVES);
    double steps =
        changes.getOrDefault(Setting.HORIZON_STEPS, Setting.HORIZON_STEPS.of(base.settings()));
    if (moves != null && moves > steps) {
      changes.put(Setting.HORIZON_MOVES, steps);
    }
    PolicyLimits l = base.limits();
    return base.withSettings(Setting.change(base.settings(), changes))
        .withLimits(
            new PolicyLimits(
                margin,
                l.maxCRate(),
                l.maxVoltageVolts(),
                l.maxTemperatureKelvin(),
                l.byTemperature()));
  }

  /** A parameter of a policy. */
  static double value(PolicySpec spec, String key) {
    return key.equals(MARGIN)
        ? Math.max(0, spec.limits().minAnodePotentialVolts())
        : Setting.byKey(key).orElseThrow().of(spec.settings());
  }

  private static double valueAt(Range r, double x) {
    double value =
        isLogarithmic(r)
            ? r.low() * Math.pow(r.high() / r.low(), x)
            : r.low() + x * (r.high() - r.low());
    double rounded = new BigDecimal(value).round(DIGITS).doubleValue();
    return Math.max(r.low(), Math.min(r.high(), rounded));
  }

  private static boolean isLogarithmic(Range r) {
    return r.low() > 0 && r.high() / r.low() >= LOGARITHMIC;
  }
}
