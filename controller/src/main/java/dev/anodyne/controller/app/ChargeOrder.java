package dev.anodyne.controller.app;

import dev.anodyne.controller.config.ChargeWish;
import dev.anodyne.controller.config.Moment;
import dev.anodyne.controller.config.Steps;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asks of one charge, beyond its connector's configuration.
 *
 * @param orderId names the order: a session begins one charge for it, however often it is given;
 *     null without
 * @param targetSoc where it ends, 0–1; null: as configured
 * @param wish goal and time ahead; where it says nothing the configuration counts
 * @param battery which battery is there; null: the configured one
 * @param text the order as it was given, as JSON
 */
public record ChargeOrder(
    @Nullable String orderId,
    @Nullable Double targetSoc,
    ChargeWish wish,
    @Nullable BatteryIdentity battery,
    String text) {
  /** As configured. */
  public static final ChargeOrder USUAL = new ChargeOrder(null, null, ChargeWish.NONE, null, "{}");

  private static final Pattern ORDER_ID = Pattern.compile("[A-Za-z0-9_.:-]{1,80}");

  private static final Set<String> KEYS =
      Set.of(
          "orderId",
          "targetSoc",
          "goal",
          "departure",
          "departureMinutes",
          "tariff",
          "announcedCaps",
          "battery");

  /**
   * Reads an order from the API.
   *
   * @throws IllegalArgumentException naming the key, the value and what is allowed
   */
  public static ChargeOrder of(JsonObject json) {
    for (String key : json.fieldNames()) {
      if (!KEYS.contains(key)) {
        throw new IllegalArgumentException(
            "'"
                + key
                + "' is unknown; allowed: "
                + String.join(", ", KEYS.stream().sorted().toList()));
      }
    }
    Double target = number(json, "targetSoc");
    if (target != null && !(target > 0 && target <= 1)) {
      throw wrong("targetSoc", target, "above 0 and at most 1");
    }
    Object goal = json.getValue("goal");
    if (goal != null && !(goal instanceof String)) {
      throw wrong("goal", goal, ChargeWish.GOALS);
    }
    return new ChargeOrder(
        orderId(json),
        target,
        new ChargeWish(
            goal == null ? null : named("goal", () -> ChargeWish.goal(goal.toString())),
            departure(json),
            steps(json, "tariff", "pricePerKilowattHour", null),
            steps(json, "announcedCaps", "maxWatts", Double.POSITIVE_INFINITY)),
        battery(json),
        json.encode());
  }

  /** The same for a battery that somebody has named since. */
  ChargeOrder withBattery(BatteryIdentity named) {
    JsonObject json = new JsonObject(text).put("battery", named.toJson());
    return new ChargeOrder(orderId, targetSoc, wish, named, json.encode());
  }

  private static @Nullable String orderId(JsonObject json) {
    Object id = json.getValue("orderId");
    if (id != null && !(id instanceof String text && ORDER_ID.matcher(text).matches())) {
      throw wrong("orderId", id, "letters, digits, _, ., : and -, at most 80");
    }
    return (String) id;
  }

  private static @Nullable BatteryIdentity battery(JsonObject json) {
    Object battery = json.getValue("battery");
    if (battery == null) {
      return null;
    }
    if (!(battery instanceof JsonObject named)) {
      throw wrong("battery", battery, "an object with id, and cell, layout and age if known");
    }
    return BatteryIdentity.of(named);
  }

  private static @Nullable Moment departure(JsonObject json) {
    Double minutes = number(json, "departureMinutes");
    Object time = json.getValue("departure");
    if (minutes != null && time != null) {
      throw wrong("departureMinutes", minutes, "either departure or departureMinutes, not both");
    }
    if (minutes != null) {
      if (!(minutes >= 1 && minutes <= Moment.MOST_MINUTES)) {
        throw wrong("departureMinutes", minutes, "1 to 2880 min");
      }
      return Moment.afterMinutes(minutes);
    }
    if (time == null) {
      return null;
    }
    Moment read = named("departure", () -> Moment.of(time.toString()));
    if (!read.isTimeOfDay()) {
      throw wrong("departure", time, "a time of day such as \"06:30\"");
    }
    return read;
  }

  private static @Nullable Steps steps(
      JsonObject json, String key, String value, @Nullable Double otherwise) {
    Object written = json.getValue(key);
    if (written == null) {
      return null;
    }
    String form = "a list of {\"from\": minutes or \"HH:MM\", \"" + value + "\": number}";
    if (!(written instanceof JsonArray list)) {
      throw wrong(key, written, form);
    }
    List<Steps.Step> steps = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      Object one = list.getValue(i);
      if (!(one instanceof JsonObject step) || step.getValue("from") == null) {
        throw wrong(key + "[" + i + "]", one, form);
      }
      Double number = number(step, value);
      if (number == null && otherwise == null) {
        throw wrong(key + "[" + i + "]." + value, null, "a number");
      }
      Double counts = number == null ? otherwise : number;
      String from = step.getValue("from").toString();
      steps.add(
          new Steps.Step(
              named(key + "[" + i + "].from", () -> Moment.of(from)), counts == null ? 0 : counts));
    }
    return named(key, () -> new Steps(steps));
  }

  private static @Nullable Double number(JsonObject json, String key) {
    Object value = json.getValue(key);
    if (value == null) {
      return null;
    }
    if (!(value instanceof Number number) || !Double.isFinite(number.doubleValue())) {
      throw wrong(key, value, "a number");
    }
    return number.doubleValue();
  }

  private static <T> T named(String key, Supplier<T> action) {
    try {
      return action.get();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(key + ": " + e.getMessage(), e);
    }
  }

  private static IllegalArgumentException wrong(
      String key, @Nullable Object value, String allowed) {
    return new IllegalArgumentException(
        key + (value == null ? " is missing" : " is '" + value + "'") + "; allowed: " + allowed);
  }
}
