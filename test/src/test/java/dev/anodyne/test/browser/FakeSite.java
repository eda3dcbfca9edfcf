package dev.anodyne.test.browser;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Numbers that look like a site's; only for what the page does with them. Thread-safe. */
final class FakeSite {
  private static final String WHY =
      "The anode potential holds the current: any more could plate lithium.";
  private static final String[] STATES = {
    "Charging", "Charging", "Charging", "Idle", "Finished", "Charging", "Suspended", "Faulted"
  };
  private static final Instant BEGAN = Instant.parse("2026-01-31T06:30:00Z");

  private final Map<String, JsonObject> cards = new LinkedHashMap<>();
  private final JsonArray alarms = new JsonArray();
  private final FakeCharge charge = new FakeCharge();
  private int ticks;
  private @Nullable Double capWatts;

  FakeSite(int connectors) {
    for (int i = 1; i <= connectors; i++) {
      String id = "C" + i;
      cards.put(id, card(id, i));
    }
    alarms.add(alarm("C7.Alarms.LinkLost", "C7", 700, "The charger cannot be reached."));
    alarms.add(
        alarm("Station.Alarms.Spool", null, 500, "The database is slow: 1,204 values wait."));
  }

  synchronized @Nullable JsonObject card(String id) {
    return cards.get(id);
  }

  private static JsonObject card(String id, int i) {
    String state = STATES[(i - 1) % STATES.length];
    boolean charges = state.equals("Charging");
    return new JsonObject()
        .put("id", id)
        .put("title", "Bay " + i)
        .put("state", state(state))
        .put("link", state.equals("Faulted") ? "DOWN" : "UP")
        .put("vehicleConnected", !state.equals("Idle"))
        .put("charge", "charge-" + i)
        .put("cell", "lgm50")
        .put("layout", "96s2p")
        .put("policy", i % 3 == 0 ? "rider" : "mpc")
        .put("estimator", "augmented")
        .put("soc", state.equals("Idle") ? null : 0.1 + (i * 37 % 70) / 100.0)
        .put("targetSoc", 0.8)
        .put("powerWatts", charges ? 20_000.0 + i * 617 % 30_000 : 0.0)
        .put("currentAmps", charges ? 62.5 : 0.0)
        .put("voltageVolts", 388.0)
        .put("temperatureCelsius", 31.5)
        .put("anodePotentialVolts", charges ? 0.007 : null)
        .put("anodePotentialLowerBoundVolts", charges ? (i * 13 % 9) / 1000.0 : null)
        .put("minAnodePotentialVolts", 0.0)
        .put("remainingSeconds", charges ? 300.0 + i * 71 % 1800 : null)
        .put("elapsedSeconds", 700.0)
        .put("departure", null)
        .put("activeConstraint", charges ? "ANODE_POTENTIAL" : "NONE")
        .put("why", charges ? WHY : "")
        .put("budgetWatts", charges ? 55_000.0 : null)
        .put("budgetWhy", charges ? "an equal share of what the site may use" : null)
        .put("powerLimitWatts", null)
        .put("priority", 1)
        .put("fallback", false)
        .put(
            "alarms",
            new JsonObject()
                .put("count", state.equals("Faulted") ? 1 : 0)
                .put("highestSeverity", state.equals("Faulted") ? 700 : 0))
        .put("held", held(false))
        .put("at", Instant.now().toString());
  }

  private static JsonObject state(String name) {
    String reason =
        switch (name) {
          case "Finished" -> "The target is reached.";
          case "Faulted" -> "The charger reports a fault: contactor.";
          case "Suspended" -> "The vehicle asks for no current.";
          case "Idle" -> "No vehicle.";
          default -> "";
        };
    return new JsonObject()
        .put("name", name)
        .put("reason", reason)
        .put("over", name.equals("Finished") || name.equals("Faulted"))
        .put("since", Instant.now().toString());
  }

  private static JsonObject held(boolean stopped) {
    return new JsonObject()
        .put("emergencyStop", stopped)
        .put("fault", false)
        .put("acknowledgedBy", "");
  }

  private static JsonObject alarm(
      String id, @Nullable String connector, int severity, String message) {
    return new JsonObject()
        .put("id", id)
        .put("connector", connector)
        .put("name", id.substring(id.lastIndexOf('.') + 1))
        .put("severity", severity)
        .put("message", message)
        .put("active", true)
        .put("acknowledged", false)
        .putNull("acknowledgedBy")
        .putNull("comment")
        .put("raisedAt", Instant.now().toString())
        .putNull("clearedAt");
  }

  synchronized JsonArray alarms() {
    return alarms.copy();
  }

  /** One browser: everything at first, then what has changed. */
  final class Reader {
    private final @Nullable String connector;
    private boolean begun;
    private int pointsSent;

    private Reader(@Nullable String connector) {
      this.connector = connector;
    }

    List<String> next() {
      List<String> events = new ArrayList<>();
      synchronized (FakeSite.this) {
        move();
        JsonArray changed = new JsonArray();
        cards.values().stream()
            .filter(c -> !begun || c.getDouble("powerWatts") > 0 || c.containsKey("new"))
            .forEach(c -> changed.add(c.copy()));
        events.add(event("station", station()));
        events.add(event("connectors", new JsonObject().put("items", changed)));
        events.add(event("alarms", new JsonObject().put("active", alarms())));
        if (connector != null) {
          events.add(event("session", charge.session(cards.get(connector), pointsSent)));
          pointsSent = charge.points();
        }
        begun = true;
      }
      return events;
    }
  }

  Reader reader(@Nullable String connector) {
    return new Reader(connector);
  }

  private static String event(String name, JsonObject data) {
    return "event: " + name + "\ndata: " + data.encode() + "\n\n";
  }

  private void move() {
    ticks++;
    charge.grow();
    String now = Instant.now().toString();
    for (JsonObject card : cards.values()) {
      if (card.getJsonObject("state").getString("name").equals("Charging")) {
        double swing = 300 * Math.sin(ticks * 0.3 + card.getString("id").hashCode());
        card.put("powerWatts", Math.max(1000, card.getDouble("powerWatts") + swing));
        card.put("soc", Math.min(0.8, card.getDouble("soc") + 1e-4));
        card.put("remainingSeconds", Math.max(0, card.getDouble("remainingSeconds") - 0.5));
      }
      card.put("at", now);
    }
  }

  private JsonObject station() {
    double watts = cards.values().stream().mapToDouble(c -> c.getDouble("powerWatts")).sum();
    Double cap = capWatts;
    return new JsonObject()
        .put("name", "Depot North")
        .put("version", "1.0")
        .put("at", Instant.now().toString())
        .put("powerWatts", watts)
        .put("limitWatts", cap != null ? cap : Math.max(400_000, cards.size() * 40_000.0))
        .put(
            "externalLimit",
            cap == null
                ? null
                : new JsonObject()
                    .put("watts", cap)
                    .put("validUntil", Instant.now().plusSeconds(3600).toString()))
        .put("sharing", new JsonObject().put("status", "OPTIMAL").put("why", "equal shares"))
        .put(
            "storage",
            new JsonObject()
                .put("state", "SPOOLING")
                .put("spoolDepth", 1204)
                .put("spoolCapacity", 500_000)
                .put("lastError", "The database answers slowly.")
                .put("since", Instant.now().toString()))
        .put("uptimeSeconds", 93_784 + ticks / 2)
        .put("loop", new JsonObject().put("latenessMillisP99", 12.5));
  }

  /** What a command changes here, so that the page can be seen to follow. */
  synchronized JsonObject command(String path, JsonObject body) {
    String[] parts = path.split("/");
    if (path.equals("/station/limit")) {
      capWatts = body.getDouble("watts");
    } else if (parts[1].equals("connectors")) {
      command(cards.get(parts[2]), parts[3], body);
    } else if (parts[1].equals("alarms")) {
      for (Object each : alarms) {
        JsonObject alarm = (JsonObject) each;
        if (alarm.getString("id").equals(parts[2])) {
          alarm.put("acknowledged", true).put("acknowledgedBy", "anna");
          alarm.put("comment", body.getString("comment"));
        }
      }
    }
    return new JsonObject()
        .put("accepted", true)
        .put("result", "ACCEPTED")
        .put("message", "Done: " + parts[parts.length - 1] + ".")
        .put("digest", "d2")
        .put("textDigest", "t2");
  }

  private static void command(JsonObject card, String command, JsonObject body) {
    card.put("new", true);
    switch (command) {
      case "start" ->
          card.put("state", state("Charging"))
              .put("powerWatts", 30_000.0)
              .put("soc", 0.3)
              .put("remainingSeconds", 900.0);
      case "stop" -> card.put("state", state("Finished")).put("powerWatts", 0.0);
      case "emergency-stop" -> card.put("held", held(true)).put("powerWatts", 0.0);
      case "acknowledge" -> card.getJsonObject("held").put("acknowledgedBy", "anna");
      case "reset" -> card.put("held", held(false));
      case "target" -> card.put("targetSoc", body.getDouble("soc"));
      case "limit" -> card.put("powerLimitWatts", body.getDouble("watts"));
      case "policy" -> card.put("policy", body.getString("policy"));
      case "departure" -> card.put("departure", body.getString("departure"));
      default -> throw new IllegalArgumentException(command);
    }
  }

  JsonObject charges(RoutingContext request) {
    boolean second = request.request().getParam("cursor") != null;
    JsonArray items = new JsonArray();
    for (int i = second ? 25 : 0; i < (second ? 31 : 25); i++) {
      items.add(charge(i));
    }
    return new JsonObject().put("items", items).put("next", second ? null : "page-2");
  }

  JsonObject charge(int i) {
    Instant began = BEGAN.minusSeconds(5400L * i);
    return new JsonObject()
        .put("id", "charge-" + i)
        .put("connector", "C" + (1 + i % 4))
        .put("battery", i % 3 == 0 ? "pack-" + i : null)
        .put("cell", "lgm50")
        .put("layout", "96s2p")
        .put("policy", "mpc")
        .put("estimator", "augmented")
        .put("began", began.toString())
        .put("ended", began.plusSeconds(1740).toString())
        .put("state", i % 5 == 4 ? "Faulted" : "Finished")
        .put("reason", i % 5 == 4 ? "The charger reports a fault: contactor." : "Target reached.")
        .put("startSoc", 0.1)
        .put("endSoc", i % 5 == 4 ? 0.42 : 0.8)
        .put("targetSoc", 0.8)
        .put("energyWattHours", 48_200.0)
        .put("minAnodePotentialVolts", 0.0062)
        .put("minAnodePotentialLowerBoundVolts", 0.0001)
        .put("maxTemperatureCelsius", 36.4)
        .put("maxVoltageVolts", 4.112);
  }

  JsonObject telemetry() {
    return new JsonObject()
        .put("charge", "charge-0")
        .put("from", BEGAN.toString())
        .put("to", BEGAN.plusSeconds(1740).toString())
        .put("resolutionSeconds", 0)
        .put("points", charge.columns(0));
  }

  /** Two pages; of the connector that is asked for, or of all. */
  JsonObject alarmHistory(RoutingContext request) {
    String only = request.request().getParam("connector");
    boolean second = request.request().getParam("cursor") != null;
    JsonArray items = new JsonArray();
    for (int i = second ? 50 : 0; i < (second ? 58 : 50); i++) {
      String connector = "C" + (1 + i % 4);
      if (only == null || only.equals(connector)) {
        items.add(alarmEvent(i, connector));
      }
    }
    return new JsonObject().put("items", items).put("next", second ? null : "page-2");
  }

  private static JsonObject alarmEvent(int i, String connector) {
    boolean seen = i % 3 == 1;
    return new JsonObject()
        .put("at", BEGAN.minusSeconds(300L * i).toString())
        .put("alarm", connector + ".Alarms.LinkLost")
        .put("connector", connector)
        .put("name", "LinkLost")
        .put("what", seen ? "ACKNOWLEDGED" : "STATE")
        .put("active", i % 3 == 2)
        .put("acknowledged", i % 3 != 2)
        .put("severity", i % 5 == 0 ? 850 : 700)
        .put("message", "The charger cannot be reached.")
        .put("user", seen ? "anna" : null)
        .put("comment", seen ? "Cable is being changed." : null);
  }

  JsonArray policies() {
    return new JsonArray()
        .add(policy("mpc", "name", false))
        .add(policy("winter", "file", true))
        .add(policy("rider", "name", false))
        .add(policy("trial", "file", false));
  }

  private static JsonObject policy(String name, String kind, boolean editable) {
    return new JsonObject()
        .put("name", name)
        .put("kind", kind)
        .put("version", editable ? "2" : null)
        .put("digest", "d1")
        .put("usedBy", new JsonArray(editable ? List.of("C1", "C2") : List.of()))
        .put("editable", editable)
        .put("removable", name.equals("trial"));
  }

  JsonObject policy(RoutingContext request) {
    String name = request.pathParam("name");
    boolean isFile = name.equals("winter") || name.equals("trial");
    return policy(name, isFile ? "file" : "name", name.equals("winter"))
        .put("text", FakePolicy.TEXT)
        .put("textDigest", "t1");
  }

  JsonObject verdict(JsonObject body) {
    return FakePolicy.verdict(body.getString("text"));
  }

  JsonArray audit() {
    JsonArray items = new JsonArray();
    for (int i = 0; i < 30; i++) {
      items.add(
          new JsonObject()
              .put("at", BEGAN.minusSeconds(60L * i).toString())
              .put("user", i % 2 == 0 ? "anna" : "scada")
              .put("address", "192.0.2." + i)
              .put("action", i % 2 == 0 ? "connectors.limit" : "connectors.stop")
              .put("target", "C" + (1 + i % 4))
              .put("outcome", i % 7 == 3 ? "REFUSED" : "ACCEPTED")
              .put("message", i % 7 == 3 ? "The session is over." : null));
    }
    return items;
  }
}
