package dev.anodyne.controller.session;

import dev.anodyne.controller.safety.GuardReason;
import dev.anodyne.controller.safety.GuardVerdict;
import dev.anodyne.core.charging.ActiveConstraint;
import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.charging.ChargerFault;
import dev.anodyne.core.charging.ChargerStatus;
import dev.anodyne.core.charging.Measurement;
import dev.anodyne.core.charging.PackLayout;
import dev.anodyne.core.charging.PolicyDecision;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the state of a session is judged by at one moment.
 *
 * @param status the image that the guard judged
 * @param estimate the belief; null when there is none
 * @param targetSoc where the charge ends, 0–1
 * @param decision what the policy wants
 * @param verdict what the guard allows
 * @param note what the loop itself has to say about a missing decision; empty otherwise
 * @param layout how the battery's cells are wired
 * @param nowNanos when, ns
 */
record SessionLook(
    ChargerStatus status,
    @Nullable CellEstimate estimate,
    double targetSoc,
    PolicyDecision decision,
    GuardVerdict verdict,
    String note,
    PackLayout layout,
    long nowNanos) {
  /** Currents above this are no offset of a sensor, A per parallel cell. */
  private static final double FLOWING_AMPS = 0.2;

  boolean isLinkUp() {
    return status.link() == ChargerStatus.LinkState.UP;
  }

  /** What the charger reports and stops a charge; nothing when it cannot be heard. */
  Set<ChargerFault> faults() {
    if (!isLinkUp() || status.faults().isEmpty()) {
      return Set.of();
    }
    EnumSet<ChargerFault> stopping = EnumSet.copyOf(status.faults());
    stopping.remove(ChargerFault.VENDOR_WARNING);
    return stopping;
  }

  boolean isVehicleThere() {
    return isLinkUp() && status.vehicleConnected();
  }

  /** Whether the guard leaves some current. */
  boolean isAllowed() {
    return !verdict.reason().stops() && verdict.allowedAmps() > 0;
  }

  /** Whether current is measured: half of what is commanded, or what no offset explains. */
  boolean flows() {
    double some = Math.min(layout.packAmps(FLOWING_AMPS), 0.5 * verdict.allowedAmps());
    return isMeasured() && status.measurement().chargeCurrentAmps() >= some;
  }

  /** Whether it is measured that no current flows. */
  boolean isDown() {
    return isMeasured()
        && Math.abs(status.measurement().chargeCurrentAmps()) < layout.packAmps(FLOWING_AMPS);
  }

  private boolean isMeasured() {
    Measurement m = status.measurement();
    return isLinkUp() && m.isUsable();
  }

  boolean isTargetReached() {
    CellEstimate belief = estimate;
    boolean policySaysSo =
        decision.activeConstraint() == ActiveConstraint.TARGET_SOC
            && decision.chargeCurrentAmps() <= 0
            && !verdict.reason().stops();
    return belief != null && belief.valid() && (belief.soc() >= targetSoc || policySaysSo);
  }

  /** Why no current is allowed, as a sentence. */
  String whyNone() {
    if (verdict.reason().stops()) {
      return verdict.text();
    }
    if (!note.isEmpty()) {
      return note;
    }
    if (verdict.reason() == GuardReason.VEHICLE_CURRENT
        || verdict.reason() == GuardReason.VEHICLE_POWER) {
      return "The vehicle asks for no current.";
    }
    if (!decision.collision().isNone()) {
      return sentence(decision.collision().text());
    }
    if (verdict.reason() != GuardReason.NONE) {
      return verdict.text();
    }
    if (decision.activeConstraint() == ActiveConstraint.SCHEDULE) {
      return "There is time until the departure: the plan waits.";
    }
    return "The policy allows no current ("
        + decision.activeConstraint()
        + ", "
        + decision.status()
        + ").";
  }

  /** A phrase with a capital letter and a full stop. */
  private static String sentence(String phrase) {
    return Character.toUpperCase(phrase.charAt(0)) + phrase.substring(1) + ".";
  }
}
