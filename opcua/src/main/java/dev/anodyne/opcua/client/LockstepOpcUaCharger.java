package dev.anodyne.opcua.client;

import dev.anodyne.core.charging.ChargerStatus;
import dev.anodyne.core.charging.ChargerStatus.LinkState;
import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.LockstepCharger;
import dev.anodyne.core.charging.ThermalCommand;
import dev.anodyne.opcua.model.ChargerTag;
import dev.anodyne.opcua.security.PkiDirectory;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A bench's charger in lock-step: the plant stands still between its tick and the answer. One read
 * brings the whole image of a tick, one write carries set-point and answer together. Measurements
 * carry the plant's simulated time, and commands expire on it.
 *
 * <p>Not for a real charger, and used by one thread at a time; only {@link #status()} may be called
 * from anywhere. After a loss {@link #awaitTick} connects again; the tick that was not answered is
 * shown again, and no earlier answer is repeated.
 */
public final class LockstepOpcUaCharger implements LockstepCharger {
  private static final Logger LOG = LoggerFactory.getLogger(LockstepOpcUaCharger.class);
  private static final Set<ChargerTag> TAGS = tags();

  /** Between two looks at the tick: short against a plant step, long against an empty loop. */
  private static final long POLL_NANOS = 300_000;

  private static final long BACK_OFF_NANOS = 250_000_000;

  private final OpcUaChargerConfig config;
  private final PkiDirectory pki;
  private final AtomicLong simTimeNanos = new AtomicLong();
  private final LinkMemory memory;
  private @Nullable ChargerConnection connection;
  private @Nullable CompletableFuture<Map<ChargerTag, StatusCode>> answer;
  private Map<ChargerTag, Double> answered = Map.of();
  private ThermalCommand heat = ThermalCommand.off(0);
  private volatile boolean lost;
  private long tick = -1;
  private long doneTick = -1;

  private LockstepOpcUaCharger(OpcUaChargerConfig config) {
    this.config = config;
    this.pki = PkiDirectory.open(config.pkiDirectory(), config.identity());
    // The plant's clock stands still between ticks: nothing turns stale by itself here.
    this.memory = new LinkMemory(simTimeNanos::get, simTimeNanos::get, Duration.ofDays(1));
  }

  /** Makes the charger without connecting: the first {@link #awaitTick} does. */
  public static LockstepOpcUaCharger of(OpcUaChargerConfig config) {
    var unused = config.mapping().require(TAGS);
    config.security().warning(config.endpointUrl()).ifPresent(LOG::warn);
    return new LockstepOpcUaCharger(config);
  }

  @Override
  public ChargerStatus status() {
    return memory.status();
  }

  @Override
  public ChargerStatus awaitTick(Duration timeout) throws InterruptedException {
    long end = System.nanoTime() + timeout.toNanos();
    do {
      ChargerConnection open = connected();
      if (open == null) {
        LockSupport.parkNanos(this, BACK_OFF_NANOS);
      } else if (finishAnswer() && readNewTick(open)) {
        return status();
      } else {
        LockSupport.parkNanos(this, POLL_NANOS);
      }
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    } while (System.nanoTime() - end < 0);
    if (!lost && connection != null) {
      memory.quiet("The plant has not moved on for " + timeout.toMillis() + " ms.");
    }
    return status();
  }

  @Override
  public void complete(CurrentCommand command) {
    ChargerConnection open = connection;
    if (open == null || lost) {
      return;
    }
    Map<ChargerTag, Double> values = commandValues(command);
    values.put(ChargerTag.CLOCK_DONE, (double) tick);
    doneTick = tick;
    answered = values;
    answer = open.write(values);
  }

  /** Takes effect with the answer to this tick. */
  @Override
  public void applyThermal(ThermalCommand command) {
    heat = command;
  }

  /** Changes the command of this tick before {@link #complete}. */
  @Override
  public void apply(CurrentCommand command) {
    ChargerConnection open = connection;
    Map<ChargerTag, Double> values = commandValues(command);
    if (open == null || lost || values.isEmpty()) {
      return;
    }
    if (finishAnswer()) {
      answered = values;
      answer = open.write(values);
    }
  }

  @Override
  public void close() {
    var unused = finishAnswer();
    disconnect("Closed.");
    pki.close();
  }

  /** An expired command is left out: the one before it runs out by itself. */
  private Map<ChargerTag, Double> commandValues(CurrentCommand command) {
    long remaining = SetpointWriter.remainingMillis(command, simTimeNanos.get());
    return SetpointWriter.mayBeWritten(command, remaining)
        ? values(command, remaining)
        : new LinkedHashMap<>();
  }

  private Map<ChargerTag, Double> values(CurrentCommand command, long remaining) {
    ChargerConnection open = connection;
    return open != null && open.hasThermal()
        ? SetpointWriter.values(command, remaining, heat, simTimeNanos.get())
        : SetpointWriter.values(command, remaining);
  }

  private @Nullable ChargerConnection connected() throws InterruptedException {
    if (lost) {
      disconnect("The session with the bench ended.");
    }
    if (connection == null) {
      try {
        connection = ChargerConnection.open(config, pki, TAGS, () -> lost = true);
        memory.connected();
      } catch (LinkException e) {
        memory.lost(String.valueOf(e.getMessage()));
      }
    }
    return connection;
  }

  /** Waits for the last write's result. False when the link broke over it. */
  private boolean finishAnswer() {
    CompletableFuture<Map<ChargerTag, StatusCode>> pending = answer;
    if (pending == null) {
      return true;
    }
    answer = null;
    try {
      memory.wrote(SetpointWriter.problem(answered, pending.get()));
      return true;
    } catch (ExecutionException e) {
      disconnect("The bench stopped answering: " + Words.of(e) + ".");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return false;
  }

  private boolean readNewTick(ChargerConnection open) throws InterruptedException {
    TagValues values;
    try {
      values = open.reader().all(open.read().get());
    } catch (ExecutionException e) {
      disconnect("The bench stopped answering: " + Words.of(e) + ".");
      return false;
    }
    long seen = values.counter(ChargerTag.CLOCK_TICK);
    if (seen < 0 || seen == doneTick) {
      return false;
    }
    tick = seen;
    simTimeNanos.set(values.counter(ChargerTag.CLOCK_SIM_TIME));
    memory.ticked(values);
    return memory.status().link() == LinkState.UP;
  }

  private void disconnect(String reason) {
    memory.lost(reason);
    lost = false;
    answer = null;
    doneTick = -1;
    ChargerConnection open = connection;
    connection = null;
    if (open != null) {
      open.close();
    }
  }

  private static Set<ChargerTag> tags() {
    EnumSet<ChargerTag> tags = EnumSet.copyOf(ChargerTag.CHARGER);
    tags.addAll(ChargerTag.CLOCK);
    return Set.copyOf(tags);
  }
}
