package dev.anodyne.controller.service;

import com.sun.jna.LastErrorException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the machine's service manager that the server is ready, that it stops, and – for its
 * watchdog – that it lives. A sign of life is sent only while {@link Vitals#late} names nobody: a
 * server whose event loop or guard hangs is restarted although its timers still run. Without a
 * service manager nothing is done; a manager that does not listen is logged once, and charging goes
 * on.
 */
public final class ServiceNotice implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ServiceNotice.class);

  /** Signs of life within one time-out of the watchdog. */
  private static final int SIGNS = 3;

  private final @Nullable NotifySocket socket;
  private final Vitals vitals;
  private final long periodMillis;
  private final CountDownLatch over = new CountDownLatch(1);
  private boolean complained;
  private @Nullable String lastLate;

  private ServiceNotice(@Nullable NotifySocket socket, Vitals vitals, long periodMillis) {
    this.socket = socket;
    this.vitals = vitals;
    this.periodMillis = periodMillis;
  }

  /** For this process, as its environment says. */
  public static ServiceNotice ofProcess(Vitals vitals) {
    return of(System.getenv(), ProcessHandle.current().pid(), vitals);
  }

  /**
   * As an environment says: {@code NOTIFY_SOCKET}, {@code WATCHDOG_USEC}, {@code WATCHDOG_PID}.
   *
   * @param pid this process's
   */
  static ServiceNotice of(Map<String, String> environment, long pid, Vitals vitals) {
    String path = environment.getOrDefault("NOTIFY_SOCKET", "");
    NotifySocket socket = null;
    if (!path.isEmpty()) {
      try {
        socket = new NotifySocket(path);
      } catch (IllegalArgumentException | LastErrorException | LinkageError e) {
        LOG.warn("The service manager cannot be told anything: {}", e.getMessage());
      }
    }
    String watched = environment.getOrDefault("WATCHDOG_PID", "");
    boolean isMeant = watched.isEmpty() || watched.equals(Long.toString(pid));
    return new ServiceNotice(
        socket, vitals, isMeant ? periodMillis(environment.get("WATCHDOG_USEC")) : 0);
  }

  private static long periodMillis(@Nullable String microseconds) {
    try {
      return microseconds == null ? 0 : Long.parseLong(microseconds) / 1000 / SIGNS;
    } catch (NumberFormatException e) {
      LOG.warn("WATCHDOG_USEC: '{}' is not a number of microseconds.", microseconds);
      return 0;
    }
  }

  /**
   * The server is up; from now on signs of life are sent if they are asked for.
   *
   * @param status one line for people
   */
  public void ready(String status) {
    tell("READY=1\nSTATUS=" + status);
    if (socket != null && periodMillis > 0) {
      Thread thread = new Thread(this::watch, "service-watchdog");
      thread.setDaemon(true);
      thread.start();
    }
  }

  /** The server is on its way down. */
  public void stopping() {
    over.countDown();
    tell("STOPPING=1\nSTATUS=Every charger to zero, then the end.");
  }

  private void watch() {
    try {
      while (!over.await(periodMillis, TimeUnit.MILLISECONDS)) {
        List<String> late = vitals.late();
        if (late.isEmpty()) {
          lastLate = null;
          tell("WATCHDOG=1");
        } else {
          complain(String.join("; ", late));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void complain(String late) {
    if (lastLate == null) {
      LOG.error("No sign of life to the service manager: {}.", late);
      tell("STATUS=" + late);
    }
    lastLate = late;
  }

  private synchronized void tell(String assignments) {
    NotifySocket open = socket;
    if (open == null) {
      return;
    }
    try {
      open.send(assignments);
    } catch (LastErrorException e) {
      if (!complained) {
        LOG.warn("The service manager does not listen (error {}).", e.getErrorCode());
      }
      complained = true;
    }
  }

  @Override
  public synchronized void close() {
    over.countDown();
    // The socket is left to the end of the process: a sign of life may be on its way.
  }
}
