package dev.anodyne.controller.http;

import dev.anodyne.controller.http.Gate.Handler;
import dev.anodyne.opcua.security.Role;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who is asking, and the document. */
final class AccessHandlers {
  /** What a page calls what somebody may do, and the operation that it takes. */
  private static final Map<String, String> MAY = may();

  private final HttpSettings settings;
  private final Api api;
  private final Contract contract;
  private final Access access;

  AccessHandlers(HttpSettings settings, Api api, Contract contract, Access access) {
    this.settings = settings;
    this.api = api;
    this.contract = contract;
    this.access = access;
  }

  void into(Map<String, Handler> handlers) {
    handlers.put(
        "document",
        asked -> Future.succeededFuture(new Reply(200, "application/json", contract.json())));
    handlers.put("me", asked -> Future.succeededFuture(me(asked.who())));
  }

  /** Who somebody is, and what they may do. */
  Reply me(Identity who) {
    Role role = who.role();
    JsonArray may = new JsonArray();
    MAY.forEach(
        (word, operation) -> {
          if (who.may(contract.operation(operation).role())) {
            may.add(word);
          }
        });
    return Reply.json(
        new JsonObject()
            .put("user", who.isAnonymous() ? null : who.user())
            .put("role", role == null ? null : role.word())
            .put("authentication", access.isAuthenticating())
            .put("csrf", who.csrf())
            .put("may", may)
            .put("features", features(api.maybeParts())));
  }

  private JsonArray features(@Nullable ApiParts parts) {
    JsonArray features = new JsonArray();
    if (parts != null) {
      features.add("station").add("alarms").add("policies");
      if (settings.api().policies() != null) {
        features.add("policies.new");
      }
      if (parts.store() != null) {
        features.add("charges").add("batteries").add("audit");
      }
    }
    return features;
  }

  private static Map<String, String> may() {
    Map<String, String> may = new LinkedHashMap<>();
    may.put("start", "startCharge");
    may.put("stop", "stopCharge");
    may.put("authorise", "authorise");
    may.put("target", "setTarget");
    may.put("departure", "setDeparture");
    may.put("policy", "setPolicy");
    may.put("limit", "setPowerLimit");
    may.put("emergency-stop", "emergencyStop");
    may.put("acknowledge", "acknowledgeHeld");
    may.put("reset", "resetHeld");
    may.put("station.limit", "setStationLimit");
    may.put("alarms.acknowledge", "acknowledgeAlarm");
    may.put("policies.write", "putPolicy");
    may.put("audit.read", "audit");
    return may;
  }
}
