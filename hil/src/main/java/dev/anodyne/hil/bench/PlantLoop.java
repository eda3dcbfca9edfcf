package dev.anodyne.hil.bench;

import dev.anodyne.core.charging.CurrentCommand;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The plant's thread: takes up commands, moves the plant on, and has it published, by absolute
 * deadlines of the clock or once for each answer. The first values are published before the first
 * step. Disturbances are queued and take effect between steps, so the plant is only ever touched by
 * this thread.
 */
final class PlantLoop {
  /** What a loop hands out after each step (by the clock) or control period (lock-step). */
  record Instant(long tick, long simTimeNanos) {}

  private static final Logger LOG = LoggerFactory.getLogger(PlantLoop.class);
  private static final double NANOS_PER_SECOND = 1e9;

  /** When later than this the loop gives up catching up: the deadlines start anew. */
  private static final long HOPELESS_NANOS = 1_000_000_000L;

  private final BenchPlant plant;
  private final Pacing pacing;
  private final SetpointInbox inbox;
  private final Consumer<Instant> publish;
  private final List<LongConsumer> stepListeners = new CopyOnWriteArrayList<>();
  private final ConcurrentLinkedQueue<Runnable> disturbances = new ConcurrentLinkedQueue<>();
  private final PacingRecorder recorder = new PacingRecorder();
  private final Thread thread = new Thread(this::run, "bench plant");
  private final long stepNanos;
  private long simTimeNanos;
  private long tick;
  private volatile boolean stopped;

  PlantLoop(BenchPlant plant, Pacing pacing, SetpointInbox inbox, Consumer<Instant> publish) {
    this(plant, pacing, inbox, publish, 0);
  }

  /** The same with a plant whose time has come this far, ns. */
  PlantLoop(
      BenchPlant plant,
      Pacing pacing,
      SetpointInbox inbox,
      Consumer<Instant> publish,
      long startNanos) {
    this.simTimeNanos = startNanos;
    this.plant = plant;
    this.pacing = pacing;
    this.inbox = inbox;
    this.publish = publish;
    this.stepNanos = Math.round(pacing.stepSeconds() * NANOS_PER_SECOND);
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** Ends the loop after the values that are being published; for the plant's thread. */
  void end() {
    stopped = true;
  }

  /** Waits until the loop has ended. */
  void join() throws InterruptedException {
    thread.join();
  }

  /** Ends the loop after the step under way. */
  void stop() {
    stopped = true;
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Does something to the plant between two steps. */
  void disturb(Runnable disturbance) {
    disturbances.add(disturbance);
  }

  /** Is called with the plant's time after every step, on the plant's thread. */
  void addStepListener(LongConsumer listener) {
    stepListeners.add(listener);
  }

  PacingStatistics statistics() {
    return recorder.statistics();
  }

  private void run() {
    try {
      recorder.setPolicy(RealtimePriority.request(pacing.realtimePriority()));
      publishNext();
      if (pacing.isByClock()) {
        runByClock();
      } else {
        runInStep();
      }
    } catch (InterruptedException e) {
      LOG.debug("Plant loop interrupted");
    } catch (RuntimeException e) {
      // The heartbeat stands still from here on, which tells every client.
      LOG.error("Plant stopped at {} s", simTimeNanos / NANOS_PER_SECOND, e);
    }
  }

  private void runByClock() {
    BooleanSupplier ending = () -> stopped;
    long periodNanos = Math.max(1, Math.round(stepNanos / pacing.speed()));
    long deadline = System.nanoTime() + periodNanos;
    while (!stopped) {
      Metronome.await(deadline, ending);
      long begin = System.nanoTime();
      step(stepNanos);
      publishNext();
      long end = System.nanoTime();
      recorder.step(begin - deadline, end - begin, periodNanos);
      deadline += periodNanos;
      if (end - deadline > HOPELESS_NANOS) {
        recorder.skip((end - deadline) / periodNanos);
        deadline = end;
      }
    }
  }

  private void runInStep() throws InterruptedException {
    long periodNanos = Math.round(pacing.controlPeriodSeconds() * NANOS_PER_SECOND);
    while (!stopped) {
      inbox.awaitAnswer(tick);
      long begin = System.nanoTime();
      for (long moved = 0; moved < periodNanos; ) {
        long next = Math.min(stepNanos, periodNanos - moved);
        step(next);
        moved += next;
      }
      publishNext();
      recorder.step(0, System.nanoTime() - begin, Long.MAX_VALUE);
    }
  }

  private void step(long nanos) {
    applyDisturbances();
    CurrentCommand command = inbox.take(simTimeNanos);
    plant.applyThermal(inbox.heat());
    plant.step(nanos / NANOS_PER_SECOND, command, simTimeNanos);
    simTimeNanos += nanos;
    stepListeners.forEach(listener -> listener.accept(simTimeNanos));
  }

  private void publishNext() {
    applyDisturbances();
    tick++;
    publish.accept(new Instant(tick, simTimeNanos));
  }

  private void applyDisturbances() {
    for (Runnable next = disturbances.poll(); next != null; next = disturbances.poll()) {
      next.run();
    }
  }
}
