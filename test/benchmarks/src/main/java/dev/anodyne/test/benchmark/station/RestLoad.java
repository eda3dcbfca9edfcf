package dev.anodyne.test.benchmark.station;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * A few clients who read the API now and then: mostly one connector, sometimes the station. What is
 * measured is the time from the request to the whole answer, in this process.
 */
final class RestLoad implements AutoCloseable {
  private static final int CLIENTS = 10;

  /** Between two requests of one client, on average, ms: 20 a second by all. */
  private static final int PAUSE_MILLIS = 500;

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final long HIGHEST_MICROS = TimeUnit.SECONDS.toMicros(60);

  private final String base;
  private final int connectors;
  private final Histogram micros = new ConcurrentHistogram(HIGHEST_MICROS, 3);
  private final Histogram failures = new ConcurrentHistogram(HIGHEST_MICROS, 1);
  private final List<Thread> threads = new ArrayList<>();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();
  private volatile boolean counting;
  private volatile boolean ended;

  RestLoad(int port, int connectors) {
    this.base = "http://127.0.0.1:" + port;
    this.connectors = connectors;
  }

  /** Begins to ask; counts from {@link #begin} on. */
  void start() {
    for (int i = 0; i < CLIENTS; i++) {
      SplittableRandom random = new SplittableRandom(i);
      Thread thread = new Thread(() -> ask(random), "client " + i);
      thread.setDaemon(true);
      thread.start();
      threads.add(thread);
    }
  }

  void begin() {
    micros.reset();
    failures.reset();
    counting = true;
  }

  /** Latencies, µs. */
  Histogram end() {
    counting = false;
    return micros;
  }

  /** Requests that were not answered with 200 since {@link #begin}. */
  long failed() {
    return failures.getTotalCount();
  }

  private void ask(SplittableRandom random) {
    try {
      while (!ended) {
        TimeUnit.MILLISECONDS.sleep(random.nextInt(2 * PAUSE_MILLIS));
        String id = StationFiles.id(1 + random.nextInt(connectors));
        String path = random.nextInt(10) == 0 ? "/health/live" : "/api/v1/sessions/" + id;
        long begin = System.nanoTime();
        boolean good = isAnswered(path);
        long took = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - begin);
        if (counting) {
          micros.recordValue(Math.min(HIGHEST_MICROS, took));
          if (!good) {
            failures.recordValue(1);
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isAnswered(String path) throws InterruptedException {
    try {
      return http.send(
                  HttpRequest.newBuilder(URI.create(base + path)).timeout(PATIENCE).build(),
                  HttpResponse.BodyHandlers.ofByteArray())
              .statusCode()
          == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /** The text behind an address. */
  String text(String path) throws IOException, InterruptedException {
    return http.send(
            HttpRequest.newBuilder(URI.create(base + path)).timeout(PATIENCE).build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  @Override
  public void close() {
    ended = true;
    threads.forEach(Thread::interrupt);
  }
}
