package dev.anodyne.controller.lab.compare;

import dev.anodyne.controller.lab.Stay;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a charge with a departure cost until then: of one charge, or means over several.
 *
 * @param inTime share of charges that reached the target by the departure, 0–1
 * @param lostPercent capacity lost for good, per cent of the nominal one
 * @param gridKilowattHours energy that charger and heater drew
 * @param cost by the tariff, currency
 */
public record StayFigures(
    double inTime, double lostPercent, double gridKilowattHours, double cost) {

  static StayFigures of(Stay stay) {
    return new StayFigures(
        stay.inTime() ? 1 : 0, stay.lostPercent(), stay.gridKilowattHours(), stay.cost());
  }

  /** Means; empty where there is nothing. */
  static Optional<StayFigures> mean(List<StayFigures> all) {
    return all.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new StayFigures(
                mean(all, StayFigures::inTime),
                mean(all, StayFigures::lostPercent),
                mean(all, StayFigures::gridKilowattHours),
                mean(all, StayFigures::cost)));
  }

  private static double mean(List<StayFigures> all, ToDoubleFunction<StayFigures> value) {
    return all.stream().mapToDouble(value).average().orElse(Double.NaN);
  }

  /** For {@code --json} and files. */
  Map<String, @Nullable Object> toMap() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("in_time", inTime);
    map.put("lost_percent", lostPercent);
    map.put("grid_kWh", gridKilowattHours);
    map.put("cost", cost);
    return map;
  }
}
