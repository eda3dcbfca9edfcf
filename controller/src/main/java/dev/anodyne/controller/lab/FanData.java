package dev.anodyne.controller.lab;

import dev.anodyne.core.charging.PlanAhead;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;

/**
 * A run's plans as {@code fan.js} draws them. Numbers are kept as 16-bit steps between the lowest
 * and the highest of their kind: far finer than a screen, and a tenth of the size of text, so that
 * a page can hold the plan of every decision.
 */
public final class FanData {
  /** The largest step stands for "none". */
  private static final int NONE = 0xffff;

  private final List<TimedPlan> plans;
  private final int steps;

  private FanData(List<TimedPlan> plans) {
    this.plans = plans;
    steps = plans.stream().mapToInt(p -> p.plan().length()).max().orElse(0);
  }

  /**
   * The plans of a run; an empty map when there are none.
   *
   * @param most how many plans to keep at most, spread evenly over the run
   */
  public static Map<String, Object> of(RunResult run, int most) {
    int stride = Math.max(1, (run.plans().size() + most - 1) / Math.max(1, most));
    List<TimedPlan> kept = new ArrayList<>();
    for (int i = 0; i < run.plans().size(); i += stride) {
      kept.add(run.plans().get(i));
    }
    return kept.isEmpty() ? Map.of() : new FanData(kept).toMap();
  }

  private Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("minutes", plans.stream().map(p -> ReportData.round(p.timeSeconds() / 60, 5)).toList());
    map.put("steps", steps);
    map.put("ahead", channel(PlanAhead::secondsAhead, v -> v));
    map.put("current", channel(PlanAhead::chargeCurrentAmps, v -> v));
    map.put("anodeMv", channel(PlanAhead::anodePotentialVolts, v -> v * 1e3));
    map.put("voltage", channel(PlanAhead::voltageVolts, v -> v));
    map.put("temperatureC", channel(PlanAhead::temperatureKelvin, v -> v - 273.15));
    map.put("socPercent", channel(PlanAhead::soc, v -> v * 100));
    return map;
  }

  /** One quantity of all plans, plan by plan, each filled up to the longest. */
  private Map<String, Object> channel(
      Function<PlanAhead, double[]> values, DoubleUnaryOperator inUnit) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (TimedPlan plan : plans) {
      for (double value : values.apply(plan.plan())) {
        double shown = inUnit.applyAsDouble(value);
        if (Double.isFinite(shown)) {
          low = Math.min(low, shown);
          high = Math.max(high, shown);
        }
      }
    }
    if (low > high) {
      low = 0;
      high = 0;
    }
    double step = high > low ? (high - low) / (NONE - 1) : 1;
    ByteBuffer bytes =
        ByteBuffer.allocate(plans.size() * steps * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (TimedPlan plan : plans) {
      double[] of = values.apply(plan.plan());
      for (int k = 0; k < steps; k++) {
        double shown = k < of.length ? inUnit.applyAsDouble(of[k]) : Double.NaN;
        long at = Double.isFinite(shown) ? Math.round((shown - low) / step) : NONE;
        bytes.putShort((short) at);
      }
    }
    return Map.of(
        "low", low, "step", step, "data", Base64.getEncoder().encodeToString(bytes.array()));
  }
}
