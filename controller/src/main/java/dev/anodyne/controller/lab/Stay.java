package dev.anodyne.controller.lab;

import dev.anodyne.mpc.objective.Schedule;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a charge with a departure cost until then: true figures of the plant, the rest after the
 * arrival included. Losses are per cent of the nominal capacity and means over the cells.
 *
 * @param departureSeconds when the battery was fetched, s from the start
 * @param arrivalSeconds when the target was reached, s from the start; +∞ when it was not
 * @param gridKilowattHours energy that charger and heater drew
 * @param heatingKilowattHours the heater's and cooler's part of it
 * @param cost by the tariff, currency
 * @param seiPercent capacity bound by the SEI
 * @param deadPercent capacity lost as dead lithium
 * @param platedPercent lithium on the anode's surface at the departure, which comes back with the
 *     next discharge: not lost
 * @param planned what the policy expected at the start; empty for policies without a plan
 */
public record Stay(
    double departureSeconds,
    double arrivalSeconds,
    double gridKilowattHours,
    double heatingKilowattHours,
    double cost,
    double seiPercent,
    double deadPercent,
    double platedPercent,
    Optional<Schedule> planned) {

  /** Whether the target was reached by the departure. */
  public boolean inTime() {
    return arrivalSeconds <= departureSeconds;
  }

  /** Capacity lost for good, per cent. */
  public double lostPercent() {
    return seiPercent + deadPercent;
  }

  /** For people. */
  public String text() {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "Departure %.1f min, arrival %.1f min%s.%n",
            departureSeconds / 60,
            arrivalSeconds / 60,
            inTime() ? "" : ": too late"));
    planned
        .filter(plan -> !plan.meetsDeparture())
        .ifPresent(
            plan ->
                text.append(
                    String.format(
                        Locale.ROOT,
                        "The departure cannot be met with the reserve; the plan counted on %.1f min"
                            + " at the earliest and charged at full speed.%n",
                        plan.earliestSeconds() / 60)));
    text.append(
        String.format(
            Locale.ROOT,
            "Until the departure: lost %.5f %% of the capacity (SEI %.5f, dead lithium %.5f), energy"
                + " %.5f kWh (heating %.5f), cost %.5f.",
            lostPercent(),
            seiPercent,
            deadPercent,
            gridKilowattHours,
            heatingKilowattHours,
            cost));
    return text.toString();
  }

  /** For {@code --json} and files. */
  public Map<String, @Nullable Object> toMap() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("departure_min", departureSeconds / 60);
    map.put("arrival_min", Double.isFinite(arrivalSeconds) ? arrivalSeconds / 60 : null);
    map.put("in_time", inTime());
    map.put("lost_percent", lostPercent());
    map.put("sei_percent", seiPercent);
    map.put("dead_lithium_percent", deadPercent);
    map.put("plated_percent", platedPercent);
    map.put("grid_kWh", gridKilowattHours);
    map.put("heating_kWh", heatingKilowattHours);
    map.put("cost", cost);
    planned.ifPresent(
        plan -> {
          Map<String, @Nullable Object> expected = new LinkedHashMap<>();
          expected.put("meets_departure", plan.meetsDeparture());
          expected.put(
              "earliest_min",
              Double.isFinite(plan.earliestSeconds()) ? plan.earliestSeconds() / 60 : null);
          expected.put("lost_percent", plan.lossPercent());
          expected.put("grid_kWh", plan.kilowattHours());
          expected.put("cost", plan.cost());
          map.put("planned", expected);
        });
    return map;
  }

  /**
   * Writes {@code stay.json}, and {@code schedule.csv} with what the policy planned at the start.
   *
   * @param directory exists
   */
  public void write(Path directory) throws IOException {
    String json = Json.pretty(toMap());
    OutputFiles.write(directory.resolve("stay.json"), writer -> writer.append(json).append('\n'));
    if (planned.isPresent()) {
      Schedule plan = planned.get();
      OutputFiles.write(directory.resolve("schedule.csv"), writer -> writePlan(writer, plan));
    }
  }

  private static void writePlan(Writer writer, Schedule plan) throws IOException {
    writer.append("Time [s],Current [A],Heat [W],State of charge,Temperature [degC]\n");
    for (int i = 0; i < plan.length(); i++) {
      writer.append(
          String.format(
              Locale.ROOT,
              "%.0f,%.4f,%.3f,%.5f,%.3f%n",
              plan.beginSeconds()[i],
              plan.amps()[i],
              plan.heatWatts()[i],
              plan.soc()[i],
              plan.kelvin()[i] - 273.15));
    }
  }
}
