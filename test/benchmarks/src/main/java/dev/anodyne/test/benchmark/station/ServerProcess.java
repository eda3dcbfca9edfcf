package dev.anodyne.test.benchmark.station;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code anodyne serve} in a process of its own, and what the kernel says about that process. */
final class ServerProcess implements AutoCloseable {
  /** Clock ticks in a second: what Linux counts processor time in on every architecture of ours. */
  private static final double TICKS = 100;

  private static final long PATIENCE_SECONDS = 120;
  private static final long STOP_SECONDS = 60;

  private final Process process;
  private final long startNanos;
  private final int port;

  private ServerProcess(Process process, long startNanos, int port) {
    this.process = process;
    this.startNanos = startNanos;
    this.port = port;
  }

  /**
   * What the process has used.
   *
   * @param cpuSeconds since its start, s
   * @param rssMegabytes resident now
   * @param peakMegabytes the most that was ever resident
   * @param pssMegabytes resident now, what it shares with others divided among them
   * @param threads it has
   */
  record Used(
      double cpuSeconds,
      double rssMegabytes,
      double peakMegabytes,
      double pssMegabytes,
      int threads) {}

  /**
   * Starts it as an operator would.
   *
   * @param config the station's file
   * @param port that it says
   * @param log what it says goes there
   */
  static ServerProcess start(Path config, int port, Path log) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("anodyne.command", "./anodyne"));
    command.addAll(List.of("serve", "--config", config.toString()));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    long start = System.nanoTime();
    Process process = builder.start();
    // Whoever ends the benchmark must not leave a station behind.
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy, "end of the server"));
    return new ServerProcess(process, start, port);
  }

  /** Waits until it says that it is ready; gives the time since its start, s. */
  double awaitReady() throws IOException, InterruptedException {
    URI ready = URI.create("http://127.0.0.1:" + port + "/health/ready");
    while (seconds() < PATIENCE_SECONDS) {
      if (!process.isAlive()) {
        throw new IOException("The server ended with code " + process.exitValue() + ".");
      }
      if (answers(ready)) {
        return seconds();
      }
      TimeUnit.MILLISECONDS.sleep(5);
    }
    throw new IOException("The server did not get ready within " + PATIENCE_SECONDS + " s.");
  }

  private double seconds() {
    return (System.nanoTime() - startNanos) * 1e-9;
  }

  private static boolean answers(URI address) {
    try {
      HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
      connection.setConnectTimeout(1000);
      connection.setReadTimeout(1000);
      try {
        return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
      } finally {
        connection.disconnect();
      }
    } catch (IOException e) {
      return false; // nobody listens yet
    }
  }

  /** What the kernel counts. */
  Used used() throws IOException {
    Path proc = Path.of("/proc/" + process.pid());
    String stat = Files.readString(proc.resolve("stat"));
    // The name stands in brackets and may hold blanks; user and system time are fields 14 and 15.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    double cpu = (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS;
    return new Used(
        cpu,
        kilobytes(proc.resolve("status"), "VmRSS:") / 1024,
        kilobytes(proc.resolve("status"), "VmHWM:") / 1024,
        kilobytes(proc.resolve("smaps_rollup"), "Pss:") / 1024,
        Integer.parseInt(fields[17]));
  }

  static double kilobytes(Path file, String key) throws IOException {
    for (String line : Files.readAllLines(file)) {
      if (line.startsWith(key)) {
        return Double.parseDouble(line.substring(key.length()).replace("kB", "").strip());
      }
    }
    return Double.NaN;
  }

  /** Its process id, for tools. */
  long pid() {
    return process.pid();
  }

  /** Ends it as an operator would; it brings every charger to zero first. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
