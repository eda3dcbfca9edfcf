package dev.anodyne.test.browser;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** A policy's text, checked and compared just well enough to show how a page shows it. */
final class FakePolicy {
  static final String TEXT =
      """
      # Cold nights: gentler ramps, earlier back-off.
      policy: mpc
      version: "2"
      horizon:
        steps: 24
        seconds: 300
      limits:
        minAnodePotentialVolts: 0.002
        maxTemperatureC: 45
      weights:
        current: 1.0
        temperature: 0.2
      """;

  private FakePolicy() {}

  /** Every line with an unknown key is wrong; lines are compared by position. */
  static JsonObject verdict(String text) {
    List<String> before = TEXT.lines().toList();
    List<String> after = text.lines().toList();
    JsonArray errors = new JsonArray();
    JsonArray diff = new JsonArray();
    for (int i = 0; i < Math.max(before.size(), after.size()); i++) {
      String was = i < before.size() ? before.get(i) : "";
      String is = i < after.size() ? after.get(i) : "";
      if (was.equals(is)) {
        diff.add(new JsonObject().put("kind", " ").put("line", is));
        continue;
      }
      diff.add(new JsonObject().put("kind", "-").put("line", was));
      diff.add(new JsonObject().put("kind", "+").put("line", is));
      if (is.contains("999")) {
        errors.add(
            new JsonObject()
                .put("line", i + 1)
                .put("key", "horizon.steps")
                .put("value", "999")
                .put("allowed", "1 to 200")
                .put("message", "winter.yaml, line " + (i + 1) + ": horizon.steps is 999.")
                .put("hint", "Maybe horizon.seconds is meant."));
      }
    }
    return new JsonObject().put("valid", errors.isEmpty()).put("errors", errors).put("diff", diff);
  }
}
