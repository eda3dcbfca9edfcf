package dev.anodyne.controller.lab.compare;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonFormat.Feature;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The form of a scenario file: axes that all parts share, and parts that replace some of them. All
 * keys are optional; an axis is a value or a list of values.
 *
 * @param name of a part; required there unless it has a file
 * @param file of a part: a plant file with the key {@code charge}, a complete scenario
 * @param weight how much each scenario counts in a search; 1
 * @param cells shipped sets or BPX files
 * @param plants names or files in a list, or names with the keys of a plant file
 * @param aged names with the keys of {@code aged} in a plant file
 * @param sensors names with the keys of {@code sensors} in a plant file
 * @param from states of charge at the start, 0–1
 * @param to state of charge to reach, 0–1
 * @param ambientC temperatures, °C
 * @param battery {@code new} or {@code known}
 * @param goals names with departure, prices, goal and thermostat
 * @param heatTransfer W/m²K
 * @param maxVoltage V
 * @param maxTemperatureC °C
 * @param maxCRate C
 * @param period s
 * @param seeds how many
 * @param firstSeed the first of them
 * @param scenarios the parts; each has the keys above
 */
record ScenarioYaml(
    @Nullable String name,
    @Nullable String file,
    @Nullable Double weight,
    @JsonFormat(with = Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) @Nullable List<String> cells,
    @Nullable Object plants,
    @Nullable Map<String, @Nullable Map<String, @Nullable Object>> aged,
    @Nullable Map<String, @Nullable Map<String, @Nullable Object>> sensors,
    @JsonFormat(with = Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) @Nullable List<Double> from,
    @Nullable Double to,
    @JsonFormat(with = Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) @Nullable List<Double> ambientC,
    @JsonFormat(with = Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) @Nullable List<String> battery,
    @Nullable Map<String, ScenarioAims.@Nullable Yaml> goals,
    @Nullable Double heatTransfer,
    @Nullable Double maxVoltage,
    @Nullable Double maxTemperatureC,
    @Nullable Double maxCRate,
    @JsonFormat(with = Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) @Nullable List<Double> period,
    @Nullable Integer seeds,
    @Nullable Long firstSeed,
    @Nullable List<@Nullable ScenarioYaml> scenarios) {}
