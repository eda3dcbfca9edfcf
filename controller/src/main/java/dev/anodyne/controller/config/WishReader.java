package dev.anodyne.controller.config;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.mpc.objective.ChargeGoal;
import dev.anodyne.mpc.spec.PolicySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Checks what a connector's charges are to be good at, and what is known about the time ahead. */
final class WishReader {
  private final YamlFile file;
  private final String key;

  WishReader(YamlFile file, String key) {
    this.file = file;
    this.key = key;
  }

  /**
   * Reads goal, departure, tariff and announced caps.
   *
   * @param policy may have a goal of its own
   */
  ChargeWish read(StationYaml.Connector c, PolicySpec policy, CellParameters cell) {
    String goal = c.goal();
    String tariff = c.tariff();
    ChargeWish wish =
        new ChargeWish(
            goal == null ? null : checked("goal", () -> ChargeWish.goal(goal)),
            departure(c),
            tariff == null ? null : checked("tariff", () -> TariffFile.read(file.resolve(tariff))),
            c.announcedCaps() == null ? null : caps(c.announcedCaps()));
    boolean hasOwn = !policy.objective().goal().isFastest();
    ChargeGoal counts = checked("goal", () -> wish.goalOr(hasOwn));
    boolean ages = cell.sei().isPresent() || cell.plating().isPresent();
    if (counts != null && counts.ageingPerPercent() > 0 && !ages) {
      throw file.wrong(
          key + ".goal",
          goal == null ? "ageing" : goal,
          "fastest or cost: cell " + cell.name() + " has no data of ageing",
          null,
          null);
    }
    return wish;
  }

  private @Nullable Moment departure(StationYaml.Connector c) {
    String time = c.departure();
    Double minutes = c.departureMinutes();
    if (time != null && minutes != null) {
      throw file.wrong(
          key + ".departureMinutes",
          minutes,
          "either departure or departureMinutes, not both",
          null,
          null);
    }
    if (minutes != null) {
      if (!(minutes >= 1 && minutes <= Moment.MOST_MINUTES)) {
        throw file.wrong(key + ".departureMinutes", minutes, "1 to 2880 min", null, null);
      }
      return Moment.afterMinutes(minutes);
    }
    if (time == null) {
      return null;
    }
    Moment read = checked("departure", () -> Moment.of(time));
    if (!read.isTimeOfDay()) {
      throw file.wrong(
          key + ".departure",
          time,
          "a time of day such as \"06:30\"",
          "departureMinutes: " + time + " is meant",
          null);
    }
    return read;
  }

  private Steps caps(List<StationYaml.@Nullable Cap> written) {
    List<Steps.Step> steps = new ArrayList<>();
    for (int i = 0; i < written.size(); i++) {
      String name = "announcedCaps[" + i + "]";
      StationYaml.Cap cap = written.get(i);
      String from = cap == null ? null : cap.from();
      if (cap == null || from == null) {
        throw file.wrong(
            key + "." + name + ".from",
            null,
            "the begin of the cap: " + Moment.ALLOWED,
            null,
            null);
      }
      Double watts = cap.maxWatts();
      if (watts != null && !(watts >= 0)) {
        throw file.wrong(
            key + "." + name + ".maxWatts", watts, "0 W or more; left out: no cap", null, null);
      }
      steps.add(
          new Steps.Step(
              checked(name + ".from", () -> Moment.of(from)),
              watts == null ? Double.POSITIVE_INFINITY : watts));
    }
    return checked("announcedCaps", () -> new Steps(steps));
  }

  private <T> T checked(String name, Supplier<T> action) {
    try {
      return action.get();
    } catch (IllegalArgumentException e) {
      throw file.refused(key + "." + name, e);
    }
  }
}
