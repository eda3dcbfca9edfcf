package dev.anodyne.controller.app;

import dev.anodyne.controller.safety.GuardReason;
import dev.anodyne.controller.session.LoopRecord;
import dev.anodyne.core.charging.DecisionSource;
import dev.anodyne.core.charging.PolicyDecision;

/** Says in a sentence why the current is what it is. */
final class Why {
  private Why() {}

  static String sentence(LoopRecord record) {
    String reason = record.state().reason();
    if (!reason.isEmpty()) {
      return reason;
    }
    if (record.verdict().reason() != GuardReason.NONE) {
      return guard(record);
    }
    String rung = rung(record.decision().source());
    return constraint(record) + (rung.isEmpty() ? "" : " " + rung) + told(record.decision());
  }

  private static String told(PolicyDecision decision) {
    String slack =
        decision.slack().isNone()
            ? ""
            : " No current keeps a soft limit; the plan passes it: "
                + decision.slack().text()
                + ".";
    return decision.collision().isNone()
        ? slack
        : slack + " At odds: " + decision.collision().text() + ".";
  }

  private static String guard(LoopRecord record) {
    return switch (record.verdict().reason()) {
      case VEHICLE_CURRENT -> "The vehicle's own current limit caps the charge.";
      case VEHICLE_POWER -> "The vehicle's own power limit caps the charge.";
      case CHARGER_CURRENT -> "The charger gives its full current.";
      case CHARGER_POWER -> "The charger gives its full power.";
      case SITE_CURRENT -> "The site's current limit caps the charge.";
      case RAMP -> "The current rises as fast as the charger can follow.";
      case VOLTAGE_DERATING -> "The guard lowers the current: a cell is above its voltage limit.";
      case TEMPERATURE_DERATING ->
          "The guard lowers the current: a cell is above its temperature limit.";
      default -> record.verdict().text();
    };
  }

  private static String constraint(LoopRecord record) {
    return switch (record.decision().activeConstraint()) {
      case NONE -> "No limit is reached.";
      case CURRENT -> "The full current is allowed: the anode has room.";
      case POWER -> "The power limit holds the current.";
      case RAMP -> "The current rises as fast as it may.";
      case VOLTAGE -> "The cell's voltage limit holds the current.";
      case ANODE_POTENTIAL ->
          "The anode potential holds the current: any more could plate lithium.";
      case TEMPERATURE -> "The temperature limit holds the current.";
      case STOICHIOMETRY -> "A particle's surface is nearly full; that holds the current.";
      case ELECTROLYTE -> "The electrolyte is nearly depleted; that holds the current.";
      case TARGET_SOC -> "The target is nearly reached.";
      case SCHEDULE -> "The plan to the departure holds the current: there is time.";
      case VEHICLE -> "The vehicle's own limit caps the charge.";
      case GUARD -> "The guard lowers the current.";
    };
  }

  private static String rung(DecisionSource source) {
    return switch (source) {
      case MPC, BASELINE -> "";
      case SHIFTED_PLAN -> "The rest of the last plan is in use, since no fresh one came in time.";
      case RIDER -> "The fallback that rides the anode potential decides.";
      case MAP -> "The fallback map decides.";
      case LOW_CC -> "The fallback's low current is in use.";
      case ZERO -> "No rung of the ladder allows current.";
    };
  }
}
