package dev.anodyne.controller.metrics;

import dev.anodyne.controller.safety.GuardReason;
import dev.anodyne.controller.session.LoopRecord;
import dev.anodyne.controller.station.ReportListener;
import dev.anodyne.controller.station.SessionReport;
import dev.anodyne.core.charging.ChargerStatus.LinkState;
import dev.anodyne.core.charging.Measurement;
import dev.anodyne.core.charging.PolicyDecision;

/**
 * Counts what one connector's session reports. Called on the session's event loop: it allocates
 * nothing, and meters are looked up once.
 */
final class ConnectorMeter implements ReportListener {
  private final LoopMeters meters;
  private long sequence = -1;
  private GuardReason guard = GuardReason.NONE;
  private volatile LinkState link = LinkState.CONNECTING;
  private volatile String state = "Idle";
  private volatile double watts;
  private volatile long reconnects;
  private boolean wasUp;

  ConnectorMeter(LoopMeters meters) {
    this.meters = meters;
  }

  @Override
  public void told(SessionReport report) {
    LoopRecord record = report.record();
    PolicyDecision decision = record.decision();
    if (record.sequence() != sequence) {
      sequence = record.sequence();
      meters.decided(decision.source(), decision.solveNanos(), record.cycleNanos());
    }
    GuardReason reason = record.verdict().reason();
    if (reason != guard) {
      guard = reason;
      if (reason.isTrip()) {
        meters.tripped(reason);
      }
    }
    link(record.status().link());
    state = record.state().name();
    Measurement m = record.status().measurement();
    double power = m.voltageVolts() * m.chargeCurrentAmps();
    watts = m.isUsable() && Double.isFinite(power) ? power : 0;
  }

  @Override
  public void ticked(long latenessNanos) {
    meters.late(latenessNanos);
  }

  private void link(LinkState now) {
    if (now == LinkState.UP && link != LinkState.UP && wasUp) {
      // Written by the session's event loop only.
      long next = reconnects + 1;
      reconnects = next;
    }
    wasUp |= now == LinkState.UP;
    link = now;
  }

  String state() {
    return state;
  }

  double watts() {
    return watts;
  }

  long reconnects() {
    return reconnects;
  }

  boolean isStale() {
    return link == LinkState.STALE;
  }

  boolean isUp() {
    return link == LinkState.UP;
  }
}
