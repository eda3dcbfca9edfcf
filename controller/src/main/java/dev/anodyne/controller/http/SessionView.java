package dev.anodyne.controller.http;

import dev.anodyne.controller.session.About;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the dashboard knows of one session: its newest record and its points so far. */
final class SessionView {
  private static final List<String> POINT_COLUMNS =
      List.of(
          "timeSeconds",
          "currentAmps",
          "commandAmps",
          "currentLimitAmps",
          "voltageVolts",
          "voltageLimitVolts",
          "temperatureCelsius",
          "temperatureLimitCelsius",
          "soc",
          "anodePotentialVolts",
          "anodePotentialLowerBoundVolts",
          "anodePotentialMarginVolts");
  private static final List<String> TRUTH_COLUMNS =
      List.of("timeSeconds", "anodePotentialVolts", "soc");

  private final String id;
  private final About about;
  private final int firstGeneration;
  private final History points;
  private final History truth;
  private long changes;
  private @Nullable Instant heardAt;
  private @Nullable JsonObject latest;
  private @Nullable String latestText;
  private final TimeLeft timeLeft = new TimeLeft();
  private double firstCurrentSeconds = Double.NaN;
  private double chargeSeconds;
  private double lowestTruthVolts = Double.NaN;

  SessionView(String id, About about) {
    this(id, about, 0, PointBudget.MOST);
  }

  /**
   * One that takes another's place.
   *
   * @param firstGeneration above all generations of the one before
   * @param mostPoints of its history
   */
  SessionView(String id, About about, int firstGeneration, int mostPoints) {
    this.points = new History(POINT_COLUMNS, mostPoints);
    this.truth = new History(TRUTH_COLUMNS, 4 * mostPoints);
    this.firstGeneration = firstGeneration;
    this.id = id;
    this.about = about;
  }

  String id() {
    return id;
  }

  History points() {
    return points;
  }

  History truth() {
    return truth;
  }

  /** Its name, cell, policy and estimator as configured. */
  About about() {
    return about;
  }

  /** The newest record; null before the first. */
  @Nullable JsonObject latest() {
    return latest;
  }

  /** When that came in; null before the first. */
  @Nullable Instant heardAt() {
    return heardAt;
  }

  /** Rises with every record. */
  long changes() {
    return changes;
  }

  /** Takes in a published record. */
  void record(JsonObject json) {
    changes++;
    heardAt = Instant.now();
    double time = number(json, "timeSeconds");
    double soc = number(json, "soc");
    if (json.getBoolean("point", true)) {
      JsonObject limits = json.getJsonObject("limits");
      points.add(
          time,
          number(json, "currentAmps"),
          number(json, "commandAmps"),
          number(limits, "maxChargeCurrentAmps"),
          number(json, "voltageVolts"),
          number(limits, "maxVoltageVolts"),
          number(json, "temperatureCelsius"),
          number(limits, "maxTemperatureCelsius"),
          soc,
          number(json, "anodePotentialVolts"),
          number(json, "anodePotentialLowerBoundVolts"),
          number(limits, "minAnodePotentialVolts"));
    }
    timeLeft.follow(time, soc);
    boolean over = json.getJsonObject("state").getBoolean("over", false);
    if (number(json, "commandAmps") > 0 && Double.isNaN(firstCurrentSeconds)) {
      firstCurrentSeconds = time;
    }
    if (!over && !Double.isNaN(firstCurrentSeconds)) {
      chargeSeconds = time - firstCurrentSeconds;
    }
    json.put("elapsedSeconds", chargeSeconds);
    json.put("remainingSeconds", over ? null : timeLeft.seconds(soc, goal(json), json));
    latest = json;
    latestText = null;
  }

  /** The newest record as it is written, once for all who ask; {@code null} before the first. */
  String latestText() {
    String text = latestText;
    if (text == null) {
      text = latest == null ? "null" : latest.encode();
      latestText = text;
    }
    return text;
  }

  /** Takes in what a bench knows to be true. */
  void truth(JsonObject json) {
    double volts = number(json, "anodePotentialVolts");
    truth.add(number(json, "timeSeconds"), volts, number(json, "soc"));
    if (!(volts >= lowestTruthVolts)) {
      lowestTruthVolts = volts;
    }
  }

  /** The card of the session: who it is, its state. */
  JsonObject summary() {
    JsonObject record = latest;
    return new JsonObject()
        .put("id", id)
        .put("title", about.title())
        .put("cell", about.cell())
        .put("policy", policy())
        .put("estimator", about.estimator())
        .put("goalSoc", Double.isFinite(about.goalSoc()) ? (Double) about.goalSoc() : null)
        .put(
            "state",
            record == null
                ? new JsonObject().put("name", "Starting").put("reason", "").put("over", false)
                : record.getJsonObject("state"));
  }

  /** The same with its newest record, as it is written. */
  String summaryText() {
    JsonObject json =
        summary()
            .put(
                "lowestTruePotentialVolts",
                Double.isFinite(lowestTruthVolts) ? (Double) lowestTruthVolts : null);
    return with(json.encode(), "record", latestText());
  }

  /**
   * An object with one more member.
   *
   * @param object as written; has members already
   */
  static String with(String object, String key, String value) {
    return object.substring(0, object.length() - 1) + ",\"" + key + "\":" + value + "}";
  }

  /** The policy that decides now: a file may have changed since the session began. */
  String policy() {
    JsonObject deciding = latest == null ? null : latest.getJsonObject("policy");
    return deciding == null ? about.policy() : deciding.getString("shown", about.policy());
  }

  /** Everything so far. */
  JsonObject history() {
    return new JsonObject()
        .put("id", id)
        .put("generation", generation())
        .put("pointCount", points.size())
        .put("truthCount", truth.size())
        .put("points", points.from(0))
        .put("truth", truth.from(0));
  }

  int generation() {
    return firstGeneration + points.generation() + truth.generation();
  }

  private double goal(JsonObject json) {
    double own = about.goalSoc();
    return Double.isFinite(own) ? own : number(json.getJsonObject("limits"), "targetSoc");
  }

  private static double number(JsonObject json, String key) {
    return json.getValue(key) instanceof Number n ? n.doubleValue() : Double.NaN;
  }
}
