package dev.anodyne.test.benchmark.station;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * A dashboard that is left open: reads the live stream and notes when something new has come.
 * Events that come together, within 50 ms, are one update.
 */
final class StreamProbe implements AutoCloseable {
  private static final long TOGETHER_NANOS = 50_000_000L;

  private final HttpURLConnection connection;
  private final Histogram gapsMillis = new ConcurrentHistogram(TimeUnit.MINUTES.toMillis(10), 3);
  private final AtomicLong events = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private volatile boolean counting;
  private long updatedNanos;

  /** Connects and begins to read. */
  StreamProbe(int port, String path) throws IOException {
    connection =
        (HttpURLConnection) URI.create("http://127.0.0.1:" + port + path).toURL().openConnection();
    BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8), 1 << 16);
    Thread thread = new Thread(() -> read(lines), "dashboard");
    thread.setDaemon(true);
    thread.start();
  }

  private void read(BufferedReader lines) {
    try {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        bytes.addAndGet(line.length() + 1L);
        if (line.startsWith("event:")) {
          events.incrementAndGet();
          event();
        }
      }
    } catch (IOException e) {
      counting = false; // it was closed, here or there
    }
  }

  private void event() {
    long now = System.nanoTime();
    long gap = now - updatedNanos;
    if (gap > TOGETHER_NANOS) {
      if (counting && updatedNanos != 0) {
        gapsMillis.recordValue(TimeUnit.NANOSECONDS.toMillis(gap));
      }
      updatedNanos = now;
    }
  }

  void begin() {
    gapsMillis.reset();
    events.set(0);
    bytes.set(0);
    counting = true;
  }

  /** From one update to the next, ms. */
  Histogram end() {
    counting = false;
    return gapsMillis;
  }

  long events() {
    return events.get();
  }

  /** Characters that came, about as many bytes. */
  long bytes() {
    return bytes.get();
  }

  @Override
  public void close() {
    connection.disconnect();
  }
}
