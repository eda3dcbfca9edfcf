package dev.anodyne.controller.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.anodyne.mpc.spec.PolicyLimits;
import dev.anodyne.mpc.spec.PolicySpec;
import dev.anodyne.mpc.spec.Setting;
import dev.anodyne.mpc.spec.TemperatureLimits;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes policies as {@link PolicyFileReader} reads them. Every setting is spelt out, so that the
 * file means the same when defaults change.
 */
public final class PolicyFileWriter {
  private static final YAMLMapper YAML =
      YAMLMapper.builder().disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER).build();
  private static final double KELVIN = 273.15;

  private PolicyFileWriter() {}

  /**
   * A policy as the text of its file.
   *
   * @param tune what a search may vary; empty to leave it out
   */
  public static String text(PolicySpec spec, Map<String, PolicyFile.Range> tune) {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("name", spec.name());
    if (!spec.version().isEmpty()) {
      root.put("version", spec.version());
    }
    root.put("policy", spec.policy());
    root.put("objective", spec.objective().toString());
    spec.estimator().ifPresent(name -> root.put("estimator", name));
    spec.deadlineSeconds().ifPresent(seconds -> root.put("deadlineSeconds", number(seconds)));
    Map<String, Object> limits = limits(spec.limits());
    if (!limits.isEmpty()) {
      root.put("limits", limits);
    }
    if (spec.isMpc()) {
      root.putAll(settings(spec));
    }
    if (!tune.isEmpty()) {
      Map<String, Object> ranges = new LinkedHashMap<>();
      tune.forEach((key, r) -> ranges.put(key, List.of(number(r.low()), number(r.high()))));
      root.put("tune", ranges);
    }
    try {
      return YAML.writeValueAsString(root);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A tree of plain values can be written.", e);
    }
  }

  private static Map<String, Object> limits(PolicyLimits limits) {
    Map<String, Object> map = new LinkedHashMap<>();
    finite(map, "minAnodePotentialVolts", limits.minAnodePotentialVolts());
    finite(map, "maxCRate", limits.maxCRate());
    finite(map, "maxVoltageVolts", limits.maxVoltageVolts());
    finite(map, "maxTemperatureC", celsius(limits.maxTemperatureKelvin()));
    List<Object> rows = new ArrayList<>();
    for (TemperatureLimits.Row row : limits.byTemperature().rows()) {
      Map<String, Object> one = new LinkedHashMap<>();
      finite(one, "temperatureC", celsius(row.temperatureKelvin()));
      finite(one, "maxCRate", row.maxCRate());
      finite(one, "maxVoltageVolts", row.maxVoltageVolts());
      rows.add(one);
    }
    if (!rows.isEmpty()) {
      map.put("byTemperature", rows);
    }
    return map;
  }

  private static Map<String, Map<String, Object>> settings(PolicySpec spec) {
    Map<String, Map<String, Object>> groups = new LinkedHashMap<>();
    for (Setting s : Setting.values()) {
      groups
          .computeIfAbsent(s.group(), unused -> new LinkedHashMap<>())
          .put(s.shortKey(), number(s.of(spec.settings())));
    }
    return groups;
  }

  private static void finite(Map<String, Object> map, String key, double value) {
    if (Double.isFinite(value)) {
      map.put(key, number(value));
    }
  }

  /** Rounded to a nano-kelvin: reading it adds the offset again and gives the same number. */
  private static double celsius(double kelvin) {
    return Double.isFinite(kelvin)
        ? new BigDecimal(kelvin - KELVIN).setScale(9, RoundingMode.HALF_EVEN).doubleValue()
        : kelvin;
  }

  /** Whole numbers without a point, for those who read it. */
  private static Number number(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e9) {
      return (long) value;
    }
    return value;
  }
}
