package dev.anodyne.opcua.client;

import dev.anodyne.core.charging.Charger;
import dev.anodyne.core.charging.ChargerStatus;
import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.NanoClock;
import dev.anodyne.core.charging.ThermalCommand;
import dev.anodyne.opcua.model.ChargerTag;
import dev.anodyne.opcua.security.PkiDirectory;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A charger behind an OPC UA server, driven by one thread of its own that connects, hears all tags
 * (read in one request every period, or sent by the server), writes the newest command, and
 * connects again after a loss.
 *
 * <ul>
 *   <li>{@link #status()} and {@link #apply} never block, whatever the network does.
 *   <li>Only the newest command is written; one that has expired is not, and one that was handed
 *       over before or while the link was down never is. Writing is left to the next decision.
 *   <li>Measurements carry the time of their arrival on the loop's clock.
 *   <li>A set-point that the charger refuses shows as {@code COMMUNICATION_FAULT} with a reason.
 * </ul>
 */
public final class OpcUaCharger implements Charger {
  private static final Logger LOG = LoggerFactory.getLogger(OpcUaCharger.class);
  private static final long FIRST_BACK_OFF_NANOS = 250_000_000;
  private static final long NOTICE_NANOS = Duration.ofDays(1).toNanos();

  private final OpcUaChargerConfig config;
  private final NanoClock clock;
  private final PkiDirectory pki;
  private final LinkMemory memory;
  private final Thread thread;
  private long noticedNanos = System.nanoTime();
  private volatile boolean closed;

  /** Whether the last attempt to connect was in vain; of this charger's thread. */
  private boolean failed;

  /** The open session; null while there is none: only then are commands taken. */
  private volatile @Nullable ChargerSession session;

  private OpcUaCharger(OpcUaChargerConfig config, NanoClock clock) {
    this.config = config;
    this.clock = clock;
    this.pki = SharedPki.acquire(config);
    this.memory = new LinkMemory(clock, NanoClock.SYSTEM, config.staleness());
    this.thread = new Thread(this::run, "charger " + config.endpointUrl());
    thread.setDaemon(true);
  }

  /**
   * Begins to connect and returns at once; {@link #status()} tells how far it is.
   *
   * @param config how to reach it
   * @param clock the loop's clock: measurements are stamped and commands expire on it
   */
  public static OpcUaCharger start(OpcUaChargerConfig config, NanoClock clock) {
    var unused = config.mapping().require(ChargerTag.CHARGER);
    config.security().warning(config.endpointUrl()).ifPresent(LOG::warn);
    OpcUaCharger charger = new OpcUaCharger(config, clock);
    charger.thread.start();
    return charger;
  }

  @Override
  public ChargerStatus status() {
    return memory.status();
  }

  @Override
  public void apply(CurrentCommand command) {
    ChargerSession open = session;
    if (open != null) {
      open.offer(command);
    }
  }

  /** Takes effect with the next {@link #apply}, and holds as long as that command. */
  @Override
  public void applyThermal(ThermalCommand command) {
    ChargerSession open = session;
    if (open != null) {
      open.offer(command);
    }
  }

  /**
   * Stops and logs out. A command that was handed over just before (no current, at the end of a
   * charge) is still written; nothing else is, and a command in force runs out by itself.
   */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    ChargerSession open = session;
    if (open != null) {
      open.drain(config.requestTimeout().toNanos());
    }
    closed = true;
    thread.interrupt();
    try {
      thread.join(config.requestTimeout().toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    SharedPki.release(config);
  }

  private void run() {
    long backOffNanos = FIRST_BACK_OFF_NANOS;
    String lastReason = "";
    while (!closed) {
      ChargerSession attempt = new ChargerSession(config, clock, memory);
      if (runOnce(attempt)) {
        backOffNanos = FIRST_BACK_OFF_NANOS;
      }
      session = null;
      attempt.lose(closed ? "Closed." : "The session with the charger ended.");
      if (!closed && !attempt.lossReason().equals(lastReason)) {
        lastReason = attempt.lossReason();
        LOG.warn("{}: {}", config.endpointUrl(), lastReason);
      }
      sleepNanos(spread(backOffNanos));
      backOffNanos = Math.min(2 * backOffNanos, config.maxBackOff().toNanos());
    }
  }

  /** True when a session could be opened. */
  private boolean runOnce(ChargerSession attempt) {
    try (ChargerConnection connection =
        ChargerConnection.openInTurn(
            config,
            pki,
            ChargerTag.CHARGER,
            () -> attempt.lose("The session with the charger ended."),
            failed)) {
      failed = false;
      LOG.info("Connected to {}", config.endpointUrl());
      session = attempt;
      attempt.serve(connection, () -> isOutdated(connection));
      return true;
    } catch (LinkException e) {
      failed = true;
      attempt.lose(String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      attempt.lose("Closed.");
    } catch (RuntimeException e) {
      LOG.error("Link to {} failed", config.endpointUrl(), e);
      attempt.lose("The link failed: " + Words.of(e) + ".");
    }
    return false;
  }

  /** True when a renewed certificate waits; says once a day when the present one will soon end. */
  private boolean isOutdated(ChargerConnection connection) {
    long now = System.nanoTime();
    if (now - noticedNanos >= NOTICE_NANOS) {
      noticedNanos = now;
      pki.notice(Instant.now()).ifPresent(LOG::warn);
    }
    // Another charger of the same folder may have taken the new one up already.
    return pki.hasRenewed() || !connection.certificate().equals(pki.certificate());
  }

  /** Chargers that were lost together must not all come back in the same instant. */
  private static long spread(long nanos) {
    return nanos - ThreadLocalRandom.current().nextLong(1 + nanos / 2);
  }

  private void sleepNanos(long nanos) {
    long end = System.nanoTime() + nanos;
    while (!closed && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(this, end - System.nanoTime());
    }
  }
}
