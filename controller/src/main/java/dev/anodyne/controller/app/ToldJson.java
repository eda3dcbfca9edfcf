package dev.anodyne.controller.app;

import dev.anodyne.core.charging.ActiveConstraint;
import dev.anodyne.core.charging.Collision;
import dev.anodyne.core.charging.PolicyDecision;
import dev.anodyne.core.charging.SlackUse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Soft limits that a plan passes and limits that collide, in a published decision and back. */
public final class ToldJson {
  private ToldJson() {}

  /** Puts both into a decision's object; nothing where there is nothing to tell. */
  static JsonObject put(PolicyDecision decision, JsonObject json) {
    SlackUse s = decision.slack();
    if (!s.isNone()) {
      json.put(
          "slack",
          new JsonObject()
              .put("text", s.text())
              .put("anodePotentialVolts", s.anodePotentialVolts())
              .put("voltageVolts", s.voltageVolts())
              .put("temperatureKelvin", s.temperatureKelvin())
              .put("anodeStoichiometry", s.anodeStoichiometry())
              .put("electrolyteMolPerM3", s.electrolyteMolPerM3()));
    }
    Collision c = decision.collision();
    if (!c.isNone()) {
      JsonArray constraints = new JsonArray();
      c.constraints().forEach(constraint -> constraints.add(constraint.name()));
      json.put("collision", new JsonObject().put("text", c.text()).put("constraints", constraints));
    }
    return json;
  }

  /** The slack that a published decision tells. */
  public static SlackUse slack(JsonObject decision) {
    JsonObject s = decision.getJsonObject("slack");
    return s == null
        ? SlackUse.NONE
        : new SlackUse(
            s.getDouble("anodePotentialVolts"),
            s.getDouble("voltageVolts"),
            s.getDouble("temperatureKelvin"),
            s.getDouble("anodeStoichiometry"),
            s.getDouble("electrolyteMolPerM3"));
  }

  /** The collision that a published decision tells. */
  public static Collision collision(JsonObject decision) {
    JsonObject c = decision.getJsonObject("collision");
    return c == null
        ? Collision.NONE
        : new Collision(
            c.getJsonArray("constraints").stream()
                .map(name -> ActiveConstraint.valueOf(name.toString()))
                .toList(),
            c.getString("text"));
  }
}
