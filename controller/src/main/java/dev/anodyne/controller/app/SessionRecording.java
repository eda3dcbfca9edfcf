package dev.anodyne.controller.app;

import dev.anodyne.controller.session.LoopEvent;
import dev.anodyne.controller.session.recording.RecordingWriter;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The recording of one charge, written by threads that all recordings share: whoever drives the
 * loop only puts what happened into a queue, and wakes nobody. A recording that cannot go on – a
 * full disk, a disk that is too slow, too large a file – says so in one line of the log and in
 * {@link #status}, and the charge never notices. What was written until then can be replayed.
 */
final class SessionRecording implements Consumer<LoopEvent>, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SessionRecording.class);

  /** Some minutes of a charge at 1 Hz with the guard's looks in between; a few megabytes. */
  private static final int QUEUE = 8192;

  /** A process that dies loses this much, s. */
  private static final long FLUSH_SECONDS = 2;

  private static final long CLOSE_SECONDS = 5;

  /** What waits is looked at so often, ms. */
  private static final long ROUND_MILLIS = 1000;

  /** More than this does not wait for the next round. */
  private static final int MANY = QUEUE / 8;

  private final String session;
  private final RecordingStore.Slot place;
  private final RecordingWriter writer;
  private final LongSupplier bytes;
  private final long mostBytes;
  private final boolean patient;
  private final BlockingQueue<Item> queue = new LinkedBlockingQueue<>(QUEUE);
  private final AtomicBoolean woken = new AtomicBoolean();
  private final ReentrantLock turn = new ReentrantLock();
  private final CountDownLatch left = new CountDownLatch(1);
  private final ScheduledFuture<?> rounds;
  private long flushedNanos = System.nanoTime();
  private volatile boolean ended;
  private volatile boolean written;
  private volatile boolean vehicleSeen;
  private volatile String failure = "";

  /** What happened, or – null – that nothing more will. */
  private record Item(RecordingWriter.@Nullable Told told) {}

  /**
   * Begins to write.
   *
   * @param place where it goes
   * @param writer its head is written
   * @param bytes how much has gone to the file
   * @param mostBytes it ends here
   * @param patient whether the loop may be kept waiting: only where no clock drives it
   */
  SessionRecording(
      String session,
      RecordingStore.Slot place,
      RecordingWriter writer,
      LongSupplier bytes,
      long mostBytes,
      boolean patient) {
    this.session = session;
    this.place = place;
    this.writer = writer;
    this.bytes = bytes;
    this.mostBytes = mostBytes;
    this.patient = patient;
    rounds =
        RecordingThreads.SHARED.scheduleWithFixedDelay(
            this::round,
            ThreadLocalRandom.current().nextLong(ROUND_MILLIS),
            ROUND_MILLIS,
            TimeUnit.MILLISECONDS);
  }

  @Override
  public void accept(LoopEvent event) {
    if (ended) {
      return;
    }
    if (event instanceof LoopEvent.Deciding d) {
      vehicleSeen |= d.status().vehicleConnected();
    }
    put(new Item(writer.take(event)));
    if (event instanceof LoopEvent.Commanded c && c.record().state().isOver()) {
      end();
    }
  }

  private void put(Item item) {
    try {
      if (patient && failure.isEmpty()) {
        while (!queue.offer(item, 1, TimeUnit.SECONDS) && failure.isEmpty()) {
          wake();
        }
      } else if (!queue.offer(item)) {
        fail("the disk is too slow", null);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      fail("it was interrupted", null);
    }
    if (queue.size() >= MANY) {
      wake();
    }
  }

  private synchronized void end() {
    if (!ended) {
      ended = true;
      put(new Item(null));
      wake();
    }
  }

  private void wake() {
    if (woken.compareAndSet(false, true)) {
      RecordingThreads.SHARED.execute(this::round);
    }
  }

  /** Writes what waits, unless another thread does it already. */
  private void round() {
    do {
      woken.set(false);
      if (left.getCount() == 0 || !turn.tryLock()) {
        return;
      }
      try {
        if (isOver()) {
          leave();
        }
      } finally {
        turn.unlock();
      }
      // What came while another thread found this one at work.
    } while (woken.get() || queue.size() >= MANY);
  }

  /** Writes what waits; true when nothing more can or will be written. */
  private boolean isOver() {
    try {
      for (Item item = queue.poll(); item != null && failure.isEmpty(); item = queue.poll()) {
        RecordingWriter.Told told = item.told();
        if (told == null) {
          writer.close();
          written = true;
          return true;
        }
        writer.write(told);
      }
      if (System.nanoTime() - flushedNanos > TimeUnit.SECONDS.toNanos(FLUSH_SECONDS)) {
        writer.flush();
        flushedNanos = System.nanoTime();
        if (bytes.getAsLong() > mostBytes) {
          fail("it has reached its " + mostBytes / 1_000_000 + " MB", null);
        }
      }
    } catch (IOException | UncheckedIOException e) {
      fail("it cannot be written (" + root(e) + ")", e);
    } catch (RuntimeException e) {
      fail("a bug: " + e, e);
    }
    return !failure.isEmpty();
  }

  private void leave() {
    ended = true;
    rounds.cancel(false);
    try {
      if (!written) {
        writer.abandon();
      }
    } catch (IOException e) {
      LOG.debug("Session {}: the recording's rest is lost.", session, e);
    }
    try {
      place.ended(vehicleSeen);
    } catch (IOException | UncheckedIOException e) {
      fail("it cannot be put in its place (" + root(e) + ")", e);
    }
    queue.clear();
    left.countDown();
  }

  private static String root(Exception e) {
    Throwable cause = e instanceof UncheckedIOException u ? u.getCause() : e;
    return String.valueOf(cause == null ? e.getMessage() : cause.getMessage());
  }

  /** The first reason stays, and is logged. */
  private synchronized void fail(String why, @Nullable Exception cause) {
    if (failure.isEmpty()) {
      failure = why;
      ended = true;
      wake();
      LOG.warn(
          "Session {}: the recording {} ends here: {}. The charge goes on.",
          session,
          place.file(),
          why);
      LOG.debug("Session {}: why the recording ends.", session, cause);
    }
  }

  /** For the API: {@code state} (RECORDING, WRITTEN, FAILED), {@code file}, {@code bytes}. */
  JsonObject status() {
    String state = !failure.isEmpty() ? "FAILED" : written ? "WRITTEN" : "RECORDING";
    return new JsonObject()
        .put("state", state)
        .put("file", place.file().toString())
        .put("bytes", bytes.getAsLong())
        .put("why", failure);
  }

  /** Ends the recording and waits a moment for the disk. */
  @Override
  public void close() {
    end();
    try {
      var unused = left.await(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
