package dev.anodyne.controller.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a service manager hears; here it is a datagram socket of this test's. */
@EnabledOnOs(OS.LINUX)
class ServiceNoticeTest {
  private static final long PID = 4711;

  /** Three signs of life in this time. */
  private static final long WATCHDOG_MICROS = 300_000;

  @TempDir Path folder;
  private final AtomicLong nanos = new AtomicLong();
  private final Vitals vitals = new Vitals(nanos::get);

  private interface LibC extends Library {
    int socket(int domain, int type, int protocol) throws LastErrorException;

    int bind(int fd, byte[] address, int length) throws LastErrorException;

    int setsockopt(int fd, int level, int name, byte[] value, int length) throws LastErrorException;

    long recv(int fd, Pointer data, long length, int flags) throws LastErrorException;

    int close(int fd) throws LastErrorException;
  }

  /** The manager's end. */
  private static final class Manager implements AutoCloseable {
    private final LibC libc = Native.load("c", LibC.class);
    private final int descriptor = libc.socket(1, 2, 0);
    private final Memory buffer = new Memory(4096);

    Manager(String path) {
      byte[] address = NotifySocket.address(path);
      libc.bind(descriptor, address, address.length);
      // SO_RCVTIMEO: 20 s, for a machine that does not run at once.
      byte[] patience = new byte[16];
      patience[0] = 20;
      libc.setsockopt(descriptor, 1, 20, patience, patience.length);
    }

    String next() {
      long length = libc.recv(descriptor, buffer, buffer.size(), 0);
      return new String(buffer.getByteArray(0, (int) length), StandardCharsets.UTF_8);
    }

    /** What is there already; empty when nothing is. */
    String pending() {
      try {
        int dontWait = 0x40;
        long length = libc.recv(descriptor, buffer, buffer.size(), dontWait);
        return new String(buffer.getByteArray(0, (int) length), StandardCharsets.UTF_8);
      } catch (LastErrorException e) {
        return "";
      }
    }

    @Override
    public void close() {
      libc.close(descriptor);
    }
  }

  private ServiceNotice notice(String path) {
    return ServiceNotice.of(
        Map.of(
            "NOTIFY_SOCKET",
            path,
            "WATCHDOG_USEC",
            Long.toString(WATCHDOG_MICROS),
            "WATCHDOG_PID",
            Long.toString(PID)),
        PID,
        vitals);
  }

  @Test
  void aManagerHearsOfReadinessLifeAndTheEnd() {
    String path = folder.resolve("notify").toString();
    try (Manager manager = new Manager(path);
        ServiceNotice notice = notice(path)) {
      notice.ready("Dashboard: http://localhost:8080");
      assertThat(manager.next()).isEqualTo("READY=1\nSTATUS=Dashboard: http://localhost:8080");
      assertThat(manager.next()).isEqualTo("WATCHDOG=1");
      assertThat(manager.next()).isEqualTo("WATCHDOG=1");
      notice.stopping();
      String last = manager.next();
      while (last.equals("WATCHDOG=1")) {
        last = manager.next();
      }
      assertThat(last).startsWith("STOPPING=1");
    }
  }

  @Test
  void anAbstractSocketWillDo() {
    String path = "@anodyne-test-" + System.nanoTime();
    try (Manager manager = new Manager(path);
        ServiceNotice notice = notice(path)) {
      notice.ready("up");
      assertThat(manager.next()).startsWith("READY=1");
    }
  }

  /** The point of it: a hung guard is silence, whatever timers run. */
  @Test
  void nothingIsSentWhileAGuardStandsStill() throws Exception {
    Vitals.Pulse guard = vitals.expect("guard of C1", Duration.ofSeconds(5));
    String path = folder.resolve("notify").toString();
    try (Manager manager = new Manager(path);
        ServiceNotice notice = notice(path)) {
      notice.ready("up");
      assertThat(manager.next()).startsWith("READY=1");
      assertThat(manager.next()).isEqualTo("WATCHDOG=1");
      nanos.addAndGet(Duration.ofSeconds(6).toNanos());
      String told = manager.next();
      while (told.equals("WATCHDOG=1")) {
        told = manager.next();
      }
      assertThat(told).isEqualTo("STATUS=guard of C1 has stood still for 6 s");
      // Ten periods of the sign of life, in which none comes.
      Thread.sleep(WATCHDOG_MICROS / 300);
      assertThat(manager.pending()).isEmpty();
      guard.beat();
      assertThat(manager.next()).isEqualTo("WATCHDOG=1");
    }
  }

  @Test
  void aWatchdogOfAnotherProcessIsNotFed() throws Exception {
    String path = folder.resolve("notify").toString();
    try (Manager manager = new Manager(path);
        ServiceNotice notice =
            ServiceNotice.of(
                Map.of("NOTIFY_SOCKET", path, "WATCHDOG_USEC", "30000", "WATCHDOG_PID", "1"),
                PID,
                vitals)) {
      notice.ready("up");
      assertThat(manager.next()).startsWith("READY=1");
      Thread.sleep(200);
      assertThat(manager.pending()).isEmpty();
    }
  }

  @Test
  void withoutAManagerNothingHappens() {
    try (ServiceNotice notice = ServiceNotice.of(Map.of(), PID, vitals)) {
      notice.ready("up");
      notice.stopping();
    }
    String gone = folder.resolve("nobody").toString();
    try (ServiceNotice notice = notice(gone)) {
      notice.ready("up");
      notice.stopping();
    }
    try (ServiceNotice notice = notice("relative/path")) {
      notice.ready("up");
    }
  }

  @Test
  void aPathThatIsNoSocketIsRefused() {
    assertThatThrownBy(() -> NotifySocket.address("notify"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("NOTIFY_SOCKET")
        .hasMessageContaining("notify");
    assertThatThrownBy(() -> NotifySocket.address("/" + "x".repeat(108)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
