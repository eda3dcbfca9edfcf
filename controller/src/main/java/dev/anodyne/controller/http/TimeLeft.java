package dev.anodyne.controller.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells the time left of a charge. A plan that reaches the goal tells it. Otherwise the pace of the
 * last minute is carried on: unchanged while a fixed limit holds the current, and falling in
 * proportion to the room that is left, 1 − state of charge, while the cell itself does. That is how
 * the current roughly falls along an anode potential of zero, where an unchanged pace would promise
 * too short a time.
 */
public final class TimeLeft {
  /** State of charge is followed over this time, s. */
  private static final double RATE_SECONDS = 60;

  /** What holds the current at one value, whatever the state of charge. */
  private static final Set<String> FIXED = Set.of("CURRENT", "POWER", "VEHICLE", "GUARD", "NONE");

  /** Below this pace there is nothing to tell, 1/s. */
  private static final double LEAST_PACE = 1e-7;

  /** So near to full the current would fall without end. */
  private static final double FULL = 0.995;

  private double fromSeconds = Double.NaN;
  private double fromSoc;
  private double socPerSecond = Double.NaN;

  /** Follows the state of charge; not a number counts as not told. */
  public void follow(double seconds, double soc) {
    if (!Double.isFinite(soc)) {
      return;
    }
    if (Double.isNaN(fromSeconds) || seconds < fromSeconds) {
      fromSeconds = seconds;
      fromSoc = soc;
    } else if (seconds - fromSeconds >= RATE_SECONDS) {
      socPerSecond = (soc - fromSoc) / (seconds - fromSeconds);
      fromSeconds = seconds;
      fromSoc = soc;
    }
  }

  /**
   * The time left, s; null when there is none to tell.
   *
   * @param record the newest record, with its plan and what holds the current
   */
  public @Nullable Double seconds(double soc, double goal, JsonObject record) {
    Double planned = planned(goal, record.getJsonObject("plan"));
    if (planned != null) {
      return planned;
    }
    if (!(socPerSecond > LEAST_PACE) || !(goal >= soc)) {
      return null;
    }
    double paced = (goal - soc) / socPerSecond;
    boolean isFixed = FIXED.contains(record.getString("activeConstraint", ""));
    if (isFixed || soc >= FULL) {
      return paced;
    }
    double room = 1 - soc;
    return room / socPerSecond * Math.log(room / (1 - Math.min(goal, FULL)));
  }

  /** When the plan is at the goal, s ahead; null when it does not get there. */
  private static @Nullable Double planned(double goal, @Nullable JsonObject plan) {
    if (plan == null) {
      return null;
    }
    JsonArray soc = plan.getJsonArray("soc", new JsonArray());
    JsonArray ahead = plan.getJsonArray("secondsAhead", new JsonArray());
    for (int i = 0; i < Math.min(soc.size(), ahead.size()); i++) {
      Double here = soc.getDouble(i);
      Double seconds = ahead.getDouble(i);
      if (here == null || seconds == null) {
        return null;
      }
      if (here >= goal) {
        Double before = i == 0 ? null : soc.getDouble(i - 1);
        Double since = i == 0 ? null : ahead.getDouble(i - 1);
        return before != null && since != null && here > before
            ? since + (seconds - since) * (goal - before) / (here - before)
            : seconds;
      }
    }
    return null;
  }
}
