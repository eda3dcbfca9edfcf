package dev.anodyne.opcua.client;

import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.NanoClock;
import dev.anodyne.core.charging.ThermalCommand;
import dev.anodyne.opcua.client.SetpointWriter.Taken;
import dev.anodyne.opcua.model.ChargerLink;
import dev.anodyne.opcua.model.ChargerTag;
import dev.anodyne.opcua.model.TagMapping;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What goes out to a charger during one session: the newest command, one write at a time, and the
 * heartbeat that keeps its watchdog quiet. All work is done by the session's thread; answers come
 * on the library's threads.
 */
final class CommandOutbox {
  private static final Logger LOG = LoggerFactory.getLogger(CommandOutbox.class);

  private final TagMapping mapping;
  private final NanoClock clock;
  private final Consumer<String> wrote;
  private final Consumer<String> lose;
  private final Thread thread;
  private final long leadNanos;
  private final @Nullable HeartbeatFeeder feeder;
  private final AtomicReference<@Nullable CurrentCommand> pending = new AtomicReference<>();
  private final AtomicReference<@Nullable Ended> ended = new AtomicReference<>();
  private volatile ThermalCommand heat = ThermalCommand.off(0);
  private volatile boolean writing;
  private volatile boolean feeding;
  private volatile boolean currentWritten;

  /**
   * Where a session's writes go.
   *
   * @param write writes values; answers with what the charger refused, by tag
   * @param feed writes the heartbeat
   * @param writable the tags that can be written
   */
  record Outlet(
      Function<Map<ChargerTag, Double>, CompletableFuture<Map<ChargerTag, StatusCode>>> write,
      LongFunction<CompletableFuture<StatusCode>> feed,
      Set<ChargerTag> writable) {}

  /** What came of a write, for the session's thread. */
  private record Ended(CurrentCommand command, Taken taken) {}

  /**
   * @param clock the loop's clock, on which commands expire
   * @param wrote told what came of each write: a problem, or nothing
   * @param lose ends the session for a reason
   * @param thread the session's
   */
  CommandOutbox(
      TagMapping mapping,
      NanoClock clock,
      Consumer<String> wrote,
      Consumer<String> lose,
      Thread thread) {
    this.mapping = mapping;
    this.clock = clock;
    this.wrote = wrote;
    this.lose = lose;
    this.thread = thread;
    ChargerLink link = mapping.link();
    this.feeder = link.feed().map(feed -> new HeartbeatFeeder(link, feed)).orElse(null);
    this.leadNanos = link.lead().toNanos();
  }

  /** Replaces the command that waits to be written. Never blocks. */
  void offer(CurrentCommand command) {
    pending.set(command);
    LockSupport.unpark(thread);
  }

  /** What heater and cooler are to do, from the next command on. */
  void offer(ThermalCommand command) {
    heat = command;
  }

  /** Has a command written unless a newer one is waiting. */
  void offerFirst(CurrentCommand command) {
    if (pending.compareAndSet(null, command)) {
      LockSupport.unpark(thread);
    }
  }

  /** True while something waits to be written or to be confirmed. */
  boolean isBusy() {
    return pending.get() != null || writing;
  }

  /** True when the charger surely draws nothing of what was written to it. */
  boolean isIdle() {
    return !currentWritten && !isBusy();
  }

  /**
   * Writes what waits and feeds the watchdog when it is time.
   *
   * @return for how long nothing is to be done, ns of the machine's clock
   */
  long work(Outlet outlet) {
    HeartbeatFeeder watchdog = feeder;
    if (watchdog == null) {
      if (!writing) {
        write(outlet);
      }
      return Long.MAX_VALUE;
    }
    // Before what came of the last write is looked at: one that ends in between is seen next time.
    boolean free = !writing;
    settle(watchdog);
    long now = clock.nanoTime();
    if (free && pending.get() == null && watchdog.nanosToZero(now) <= 0) {
      // The register would act again as soon as the next command lets the watchdog be fed.
      watchdog.zeroOffered(now);
      offerFirst(CurrentCommand.zero(now));
    }
    if (free) {
      write(outlet);
    }
    if (!feeding && watchdog.isDue(clock.nanoTime())) {
      feed(outlet, watchdog);
    }
    now = clock.nanoTime();
    // What is under way wakes this thread when it ends.
    long toBeat = feeding ? Long.MAX_VALUE : watchdog.nanosToNext(now);
    long toZero = isBusy() ? Long.MAX_VALUE : watchdog.nanosToZero(now);
    return wallNanos(Math.min(toBeat, toZero));
  }

  private void settle(HeartbeatFeeder watchdog) {
    Ended last = ended.getAndSet(null);
    if (last != null) {
      switch (last.taken()) {
        case YES -> watchdog.accepted(last.command());
        case NO -> watchdog.refused();
        case IN_DOUBT -> {
          // What was sent counts as in force as it is.
        }
      }
    }
  }

  private void write(Outlet outlet) {
    if (pending.get() == null) {
      return;
    }
    // Before the command is taken, so that a drain never sees neither.
    writing = true;
    CurrentCommand command = pending.getAndSet(null);
    if (command == null) {
      writing = false;
      return;
    }
    long remaining = SetpointWriter.remainingMillis(command, clock.nanoTime() + leadNanos);
    if (!SetpointWriter.mayBeWritten(command, remaining)) {
      LOG.warn("A command of {} A expired before it was written", command.chargeCurrentAmps());
      writing = false;
      return;
    }
    Map<ChargerTag, Double> values =
        outlet.writable().contains(ChargerTag.SETPOINT_HEAT)
            ? SetpointWriter.values(command, remaining, heat, clock.nanoTime())
            : SetpointWriter.values(command, remaining);
    if (mapping.forModel()) {
      SetpointWriter.keep(values, outlet.writable());
    }
    boolean before = currentWritten;
    // From here on nobody knows, until the answer says so.
    currentWritten = before || command.chargeCurrentAmps() != 0;
    if (feeder != null) {
      feeder.sent(command);
    }
    var unused =
        outlet
            .write()
            .apply(values)
            .handle((refused, failure) -> finish(command, values, refused, failure, before))
            .thenAccept(
                problem -> {
                  wrote.accept(problem);
                  writing = false;
                  // A command that came meanwhile has woken it already, to find this one out.
                  if (pending.get() != null || feeder != null) {
                    LockSupport.unpark(thread);
                  }
                });
  }

  /**
   * Takes note of a write's end; returns what went wrong, if anything.
   *
   * @param before whether a current may have been in force before it
   */
  private String finish(
      CurrentCommand command,
      Map<ChargerTag, Double> values,
      @Nullable Map<ChargerTag, StatusCode> refused,
      @Nullable Throwable failure,
      boolean before) {
    if (failure != null || refused == null) {
      String why = failure == null ? "no answer" : Words.of(failure);
      String problem = "The set-point could not be written: " + why + ".";
      loseIfUnconfirmed(failure, problem);
      return problem;
    }
    Taken taken = SetpointWriter.taken(command, refused);
    ended.set(new Ended(command, taken));
    if (taken != Taken.IN_DOUBT) {
      currentWritten = taken == Taken.YES ? command.chargeCurrentAmps() != 0 : before;
    }
    return SetpointWriter.problem(values, refused);
  }

  private void feed(Outlet outlet, HeartbeatFeeder watchdog) {
    feeding = true;
    var unused =
        outlet
            .feed()
            .apply(watchdog.beat(clock.nanoTime()))
            .handle(
                (status, failure) -> {
                  if (failure != null) {
                    String why = Words.of(failure);
                    loseIfUnconfirmed(failure, "The heartbeat could not be written: " + why + ".");
                  } else if (!status.isGood()) {
                    wrote.accept(
                        "The charger refused the heartbeat: " + Words.nameOf(status) + ".");
                  }
                  feeding = false;
                  LockSupport.unpark(thread);
                  return status;
                });
  }

  /**
   * What is not confirmed may still arrive: the connection goes, and with it what is on its way.
   */
  private void loseIfUnconfirmed(@Nullable Throwable failure, String problem) {
    if (failure != null && Words.isLate(failure) && mapping.link().confirmWithin().isPresent()) {
      lose.accept(problem);
    }
  }

  /** The loop's clock may run faster than the machine's: on a bench. */
  private long wallNanos(long loopNanos) {
    return Math.max(1, (long) (loopNanos / mapping.link().speed()));
  }
}
