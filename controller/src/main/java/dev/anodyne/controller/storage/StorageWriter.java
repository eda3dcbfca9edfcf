package dev.anodyne.controller.storage;

import dev.anodyne.controller.storage.spool.Frame;
import dev.anodyne.controller.storage.spool.Spool;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that brings entries from the inbox into the database, and into the spool while the
 * database does not take them. What waits on disk goes first: the order stays. Between batches it
 * does the retention's work in small steps.
 */
final class StorageWriter implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(StorageWriter.class);

  /** A sample waits no longer: a kill loses less than one of 1 Hz. */
  private static final long LINGER_NANOS = 400_000_000L;

  /** Entries of one transaction. */
  private static final int MOST = 5000;

  /** Above this the database is too slow: the disk takes entries off the memory. */
  private static final double PRESSED = 0.5;

  /** Work on what waits, or on what is old, before new entries are looked after again. */
  private static final long TURN_NANOS = 300_000_000L;

  /** How long an orderly end may take. */
  private static final long END_NANOS = 5_000_000_000L;

  private final Inbox inbox;
  private final Spool spool;
  private final DatabaseGate gate;
  private final WriterStatus status;
  private final Upkeep upkeep;
  private final Thread thread;
  private volatile boolean closing;

  /** What is done between batches; each call takes a moment and says whether there is more. */
  interface Upkeep {
    boolean step(EntrySql sql) throws java.sql.SQLException;
  }

  StorageWriter(Inbox inbox, Spool spool, DatabaseGate gate, WriterStatus status, Upkeep upkeep) {
    this.inbox = inbox;
    this.spool = spool;
    this.gate = gate;
    this.status = status;
    this.upkeep = upkeep;
    this.thread = new Thread(this, "storage");
    this.thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** What waits is written at once, with what comes until then. Never waits itself. */
  void hurry() {
    LockSupport.unpark(thread);
  }

  /** Writes what is there, for a few seconds at most, and ends. */
  void close() {
    closing = true;
    LockSupport.unpark(thread);
    try {
      thread.join(2 * END_NANOS / 1_000_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void run() {
    try {
      gate.open();
      while (!closing) {
        try {
          if (!turn()) {
            LockSupport.parkNanos(LINGER_NANOS);
          }
        } catch (RuntimeException e) {
          LOG.error("The storage has a bug; it goes on.", e);
          LockSupport.parkNanos(LINGER_NANOS);
        }
      }
      end();
    } finally {
      gate.close();
      spool.close();
    }
  }

  /** Whether there is more to do at once. */
  private boolean turn() {
    boolean full = take();
    if (!spool.isEmpty()) {
      return catchUp(() -> inbox.bytes() > PRESSED * inbox.capacityBytes()) || full;
    }
    if (!full && gate.isOpen()) {
      full = upkeep();
    }
    return full;
  }

  /** Takes a batch out of the inbox; whether there may be more. */
  private boolean take() {
    List<Entry> batch = new ArrayList<>();
    inbox.drainTo(batch, MOST);
    boolean pressed = inbox.bytes() > PRESSED * inbox.capacityBytes();
    boolean direct = spool.isEmpty() && !pressed;
    if (batch.isEmpty()) {
      // Looks now and then whether the database is there, also when there is nothing to write.
      if (direct && gate.write(batch)) {
        status.written(0);
      } else if (direct) {
        status.spooling();
      }
      return false;
    }
    if (direct && gate.write(batch)) {
      status.written(batch.size());
    } else if (!keep(batch)) {
      inbox.putBack(batch);
      return false;
    }
    return batch.size() == MOST;
  }

  private boolean keep(List<Entry> batch) {
    try {
      spool.append(EntryCodec.encode(batch));
      status.spooling();
      return true;
    } catch (IOException e) {
      status.memoryOnly(e);
      return false;
    }
  }

  /** Brings what waits into the database for a while; whether more could be done. */
  private boolean catchUp(BooleanSupplier isPressed) {
    long until = System.nanoTime() + TURN_NANOS;
    for (Frame frame = spool.peek(); frame != null; frame = spool.peek()) {
      List<Entry> batch;
      try {
        batch = EntryCodec.decode(frame);
      } catch (IOException e) {
        LOG.error("{} entries of the spool cannot be read ({}).", frame.entries(), e.toString());
        spool.remove();
        continue;
      }
      if (!gate.write(batch)) {
        return false;
      }
      spool.remove();
      status.caughtUp(batch.size(), spool.isEmpty());
      if (System.nanoTime() > until || isPressed.getAsBoolean()) {
        return true;
      }
    }
    return false;
  }

  private boolean upkeep() {
    long until = System.nanoTime() + TURN_NANOS / 3;
    while (System.nanoTime() < until) {
      if (!gate.work(upkeep::step)) {
        return false;
      }
    }
    return true;
  }

  private void end() {
    long until = System.nanoTime() + END_NANOS;
    gate.retryNow();
    while (inbox.size() > 0 && System.nanoTime() < until) {
      int before = inbox.size();
      take();
      if (inbox.size() >= before) {
        break;
      }
    }
    if (inbox.size() > 0) {
      LOG.error("{} entries could not be written and are lost.", inbox.size());
    } else {
      catchUp(() -> System.nanoTime() > until);
    }
  }
}
