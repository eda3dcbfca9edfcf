package dev.anodyne.controller.session.recording;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.anodyne.controller.safety.GuardVerdict;
import dev.anodyne.controller.session.LoopRecord;
import dev.anodyne.controller.session.Proposal;
import dev.anodyne.controller.session.SessionRules;
import dev.anodyne.controller.session.SessionState;
import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.PolicyDecision;
import org.jspecify.annotations.Nullable;

/**
 * What a loop made of what it saw, as trees: what a recording holds and a replay compares. Nothing
 * here depends on how long anything took, nor on the wording of a sentence.
 */
public final class Outcome {
  private Outcome() {}

  /** Estimate, limits and decision. */
  public static ObjectNode of(Proposal proposal) {
    ObjectNode node = Form.JSON.createObjectNode();
    node.set("estimate", estimate(proposal.estimate()));
    node.set("limits", Form.tree(proposal.limits()));
    node.set("decision", decision(proposal.decision()));
    node.put("note", proposal.note());
    return node;
  }

  /** Decision in force, guard and command. */
  public static ObjectNode of(LoopRecord record) {
    ObjectNode node = Form.JSON.createObjectNode();
    node.put("sequence", record.sequence());
    node.set("decision", decision(record.decision()));
    node.set("guard", verdict(record.verdict()));
    node.put("state", name(record.state()));
    node.set("command", command(record.command()));
    if (record.thermal().heatWatts() != 0.0) {
      node.set("thermal", Form.tree(record.thermal()));
    }
    return node;
  }

  /** The same in the words of a recording whose session changed its state by some rules. */
  public static ObjectNode of(LoopRecord record, SessionRules rules) {
    ObjectNode node = of(record);
    return rules.equals(SessionRules.FIRST) ? node.put("state", first(record.state())) : node;
  }

  /** What recordings of the first version call a state; they told fewer apart. */
  private static String first(SessionState state) {
    if (state instanceof SessionState.Idle
        || state instanceof SessionState.Connected
        || state instanceof SessionState.Authorised) {
      return "WaitingForCharger";
    }
    return state instanceof SessionState.PreCharge ? "Charging" : name(state);
  }

  private static String name(SessionState state) {
    return state.getClass().getSimpleName();
  }

  /**
   * What a decision tells beside its current: soft limits that its plan passes, limits that
   * collide. Apart from the rest, since recordings of earlier versions do not hold it.
   */
  public static ObjectNode told(PolicyDecision decision) {
    ObjectNode node = Form.JSON.createObjectNode();
    if (!decision.slack().isNone()) {
      node.set("slack", Form.tree(decision.slack()));
    }
    if (!decision.collision().isNone()) {
      node.set("collision", Form.tree(decision.collision()));
    }
    return node;
  }

  private static @Nullable ObjectNode estimate(@Nullable CellEstimate e) {
    if (e == null) {
      return null;
    }
    ObjectNode node = Form.JSON.createObjectNode();
    node.put("timeNanos", e.timeNanos());
    node.put("valid", e.valid());
    node.put("inRange", e.inRange());
    node.put("chargeCurrentAmps", e.chargeCurrentAmps());
    node.put("voltageVolts", e.voltageVolts());
    node.put("temperatureKelvin", e.temperatureKelvin());
    node.put("soc", e.soc());
    node.put("anodePotentialVolts", e.anodePotentialVolts());
    node.put("anodePotentialLowerBoundVolts", e.anodePotentialLowerBoundVolts());
    node.put("anodeSurfaceStoichiometry", e.anodeSurfaceStoichiometry());
    node.put("anodeSurfaceStoichiometryAtSeparator", e.anodeSurfaceStoichiometryAtSeparator());
    node.put("cathodeSurfaceStoichiometry", e.cathodeSurfaceStoichiometry());
    node.put("coreTemperatureKelvin", e.coreTemperatureKelvin());
    node.put("voltageBiasVolts", e.voltageBiasVolts());
    node.put("anodeStoichiometry", e.anodeStoichiometry());
    node.put("cathodeStoichiometry", e.cathodeStoichiometry());
    node.put("intervalsDigest", Digest.of(e.intervals()));
    node.put("twinDigest", Digest.of(e.twinState()));
    return node;
  }

  private static ObjectNode decision(PolicyDecision d) {
    ObjectNode node = Form.JSON.createObjectNode();
    node.put("chargeCurrentAmps", d.chargeCurrentAmps());
    node.put("voltageCeilingVolts", d.voltageCeilingVolts());
    node.put("status", d.status().name());
    node.put("source", d.source().name());
    node.put("activeConstraint", d.activeConstraint().name());
    node.put("planDigest", Digest.of(d.plan()));
    if (d.heatWatts() != 0.0) {
      node.put("heatWatts", d.heatWatts());
    }
    return node;
  }

  /** As {@link Form#tree}, without the way round: a dozen times a second for each connector. */
  private static ObjectNode command(CurrentCommand c) {
    ObjectNode node = Form.JSON.createObjectNode();
    node.put("chargeCurrentAmps", c.chargeCurrentAmps());
    node.put("voltageCeilingVolts", c.voltageCeilingVolts());
    node.put("validUntilNanos", c.validUntilNanos());
    return node;
  }

  private static ObjectNode verdict(GuardVerdict v) {
    ObjectNode node = Form.JSON.createObjectNode();
    node.put("allowedAmps", v.allowedAmps());
    node.put("voltageCeilingVolts", v.voltageCeilingVolts());
    node.put("reason", v.reason().name());
    return node;
  }
}
