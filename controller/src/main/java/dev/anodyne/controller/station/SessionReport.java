package dev.anodyne.controller.station;

import dev.anodyne.controller.session.LoopRecord;
import dev.anodyne.controller.session.SessionSettings;
import dev.anodyne.mpc.spec.PolicyIdentity;
import dev.anodyne.opcua.server.station.ChargerSnapshot;
import java.time.Instant;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a session tells after each decision and at each change of its state.
 *
 * @param settings what the charge is to do
 * @param record what happened
 * @param why a sentence that says why the current is what it is
 * @param policy which policy decides; null for one without a name
 * @param timing how well the loop keeps its time
 * @param progress how long the charge has taken and will take yet
 * @param utc from a time of the loop's clock, ns, to UTC
 * @param charge which charge it is
 * @param departure when the battery is fetched, as the charge is planned to it now: by the
 *     configuration, its order or what somebody has said since; null when nobody knows
 */
public record SessionReport(
    SessionSettings settings,
    LoopRecord record,
    String why,
    @Nullable PolicyIdentity policy,
    ChargerSnapshot.Timing timing,
    ChargerSnapshot.Progress progress,
    LongFunction<Instant> utc,
    ChargeIdentity charge,
    @Nullable Instant departure) {
  /** The charge's id; see {@link ChargeIdentity#id}. */
  public String chargeId() {
    return charge.id();
  }
}
