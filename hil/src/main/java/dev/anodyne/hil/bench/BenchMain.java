package dev.anodyne.hil.bench;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;

/** Runs a bench from its configuration file until it is told to stop. */
public final class BenchMain {
  private final BenchServer bench;
  private final PrintStream end;
  private final CountDownLatch closed = new CountDownLatch(1);

  private BenchMain(BenchServer bench, PrintStream end) {
    this.bench = bench;
    this.end = end;
  }

  /**
   * Starts the bench, prints one line with its address, and stays until the thread is interrupted
   * or the process ends; then stops in order.
   *
   * @param benchYaml the configuration
   * @param ready takes the line
   * @param end takes the statistics of the clock at the end
   * @throws BenchConfigException when the configuration cannot be used
   * @throws dev.anodyne.opcua.server.PortInUseException when the port is taken
   * @throws dev.anodyne.opcua.security.PkiException when the certificate folder cannot be used
   */
  public static void run(Path benchYaml, PrintStream ready, PrintStream end) {
    BenchConfig config = BenchConfig.load(benchYaml);
    BenchServer bench = BenchServer.start(config.settings(), new SimulatedPack(config.plant()));
    BenchMain main = new BenchMain(bench, end);
    Thread hook = new Thread(main::stop, "bench stop");
    Runtime.getRuntime().addShutdownHook(hook);
    ready.println(line(config, bench));
    ready.flush();
    try {
      main.closed.await();
    } catch (InterruptedException e) {
      Runtime.getRuntime().removeShutdownHook(hook);
      main.stop();
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void stop() {
    if (closed.getCount() > 0) {
      bench.close();
      end.println(bench.statistics());
      closed.countDown();
    }
  }

  private static String line(BenchConfig config, BenchServer bench) {
    Pacing pacing = config.settings().pacing();
    return String.format(
        Locale.ROOT,
        "Bench ready at %s: %s of %s, %s%s; clients' certificates go to %s",
        bench.endpointUrl(),
        config.plant().layout(),
        config.plant().cell().name(),
        pacing.mode().name().toLowerCase(Locale.ROOT),
        pacing.mode() == Pacing.Mode.ACCELERATED ? " ×" + pacing.speed() : "",
        config.settings().pkiDirectory().resolve("trusted").resolve("certs"));
  }
}
