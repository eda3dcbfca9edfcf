package dev.anodyne.controller.app;

import dev.anodyne.controller.config.ConnectorConfig;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a session begins with after a restart: a charge that was under way goes on with its id,
 * order, target and departure, or is ended with a reason. A charge that the server itself had ended
 * for its own stop is begun again as it was asked for. Blocks: on a worker.
 */
final class Resumption {
  /** Who began a charge as configured at a start. */
  static final String AT_START = "the server's start";

  private static final Logger LOG = LoggerFactory.getLogger(Resumption.class);

  private final SessionSetup setup;
  private final ChargeLedger ledger;
  private final ChargeMaker maker;
  private final Clock clock;

  Resumption(SessionSetup setup, ChargeLedger ledger, ChargeMaker maker, Clock clock) {
    this.setup = setup;
    this.ledger = ledger;
    this.maker = maker;
    this.clock = clock;
  }

  /** Makes the charge. */
  Charge begin() {
    String connector = setup.settings().id();
    Optional<OpenCharge> found = ledger.open(connector);
    if (found.isEmpty()) {
      return usual();
    }
    OpenCharge open = found.get();
    try {
      ChargeOrder order = ChargeOrder.of(new JsonObject(open.order()));
      String ended = whyEnded(open, order);
      LOG.info(
          "Session {}: charge {} of {} {}",
          connector,
          open.chargeId(),
          open.begun(),
          ended.isEmpty() ? "goes on." : "is ended: " + ended);
      if (!ended.isEmpty() && open.isStopped()) {
        ledger.close(connector, open.chargeId());
        return usual();
      }
      return Charge.resume(setup, order, open, ended);
    } catch (RuntimeException e) {
      LOG.error("Session {}: charge {} cannot go on.", connector, open.chargeId(), e);
      ledger.close(connector, open.chargeId());
      return usual();
    }
  }

  private Charge usual() {
    return setup.newCharge(ChargeOrder.USUAL, AT_START);
  }

  /** A sentence when the charge cannot go on; empty when it can. */
  private String whyEnded(OpenCharge open, ChargeOrder order) {
    Duration away = Duration.between(open.lastMeasured(), Instant.now(clock));
    double most = maker.resumeMinutes();
    if (away.toMillis() > most * 60_000) {
      return "The server was away for "
          + minutes(away)
          + " min, longer than the "
          + Math.round(most)
          + " min after which a charge goes on.";
    }
    ConnectorConfig now = maker.connector(order);
    boolean same =
        maker.batteryId(order).equals(open.batteryId())
            && now.cell().name().equals(open.cell())
            && now.layout().toString().equals(open.layout());
    return same ? "" : "The connector's configuration is for another battery now.";
  }

  private static long minutes(Duration away) {
    return Math.max(0, Math.round(away.toSeconds() / 60.0));
  }
}
