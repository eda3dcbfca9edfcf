package dev.anodyne.test.benchmark.opcua;

import dev.anodyne.core.charging.ChargerStatus;
import dev.anodyne.core.charging.Measurement;
import dev.anodyne.core.charging.NanoClock;
import dev.anodyne.opcua.client.OpcUaCharger;
import dev.anodyne.opcua.client.OpcUaChargerConfig;
import dev.anodyne.opcua.model.ChargerLink;
import dev.anodyne.opcua.model.TagMapping;
import dev.anodyne.opcua.security.PkiDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The controller's side: its own client, once for every charger, each with its own session. */
final class ChargerClients implements Part.Measured {
  static final String NAME = "controller";

  /** Tags of a charger that are watched and change every second. */
  static final int TAGS = 20;

  /** How often it is looked whether a charger has told something new, ms: adds half of it. */
  private static final long LOOK_MILLIS = 20;

  private static final Duration PERIOD = Duration.ofMillis(250);
  private static final Duration STALENESS = Duration.ofSeconds(5);
  private static final long PATIENCE_SECONDS = 230;

  private final Usage usage = new Usage();
  private final Latencies latencies = new Latencies();
  private final List<OpcUaCharger> chargers = new ArrayList<>();
  private double[] last = {};

  private ChargerClients() {}

  /** Arguments: the common folder, the servers' addresses, the number of chargers. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Part.quiet();
    ChargerClients all = new ChargerClients();
    all.connect(Path.of(args[0]), args[1].split(","), Integer.parseInt(args[2]));
    ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor();
    var unused = looks.scheduleWithFixedDelay(all::look, 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    Part.obey("", all);
    System.exit(0);
  }

  private void connect(Path directory, String[] urls, int count) throws InterruptedException {
    // Kept open while the chargers are made, so that they share it.
    PkiDirectory shared = Applications.pki(directory, NAME);
    for (int i = 1; i <= count; i++) {
      chargers.add(
          OpcUaCharger.start(
              config(directory, urls[(i - 1) / ChargerFarm.PER_SERVER], i), NanoClock.SYSTEM));
    }
    last = new double[count];
    long start = System.nanoTime();
    long up = 0;
    for (long told = 0; up < count; ) {
      up = chargers.stream().filter(c -> c.status().link() == ChargerStatus.LinkState.UP).count();
      if (up >= told + 100 || up == count) {
        told = up;
        Part.say(up + " of " + count + " chargers connected");
      }
      if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)) {
        throw new IllegalStateException(
            "Only "
                + up
                + " of "
                + count
                + " chargers connected: "
                + chargers.stream()
                    .map(c -> c.status().reason())
                    .filter(r -> !r.isEmpty())
                    .findFirst());
      }
      Thread.sleep(250);
    }
    shared.close();
  }

  private static OpcUaChargerConfig config(Path directory, String url, int number) {
    ChargerLink link =
        new ChargerLink(
            ChargerLink.Mode.SUBSCRIBE,
            Optional.of(PERIOD),
            new ChargerLink.Expiry.ValidFor(),
            ChargerLink.OnReconnect.WAIT,
            Optional.empty(),
            Optional.empty(),
            1);
    OpcUaChargerConfig usual =
        OpcUaChargerConfig.of(
            url,
            Applications.identity(NAME),
            Applications.folder(directory, NAME),
            Applications.USER,
            Applications.PASSWORD,
            TagMapping.bench(Applications.charger(number)).withLink(link));
    return new OpcUaChargerConfig(
        usual.endpointUrl(),
        usual.identity(),
        usual.pkiDirectory(),
        usual.security(),
        usual.mapping(),
        PERIOD,
        STALENESS,
        Duration.ofSeconds(20),
        Duration.ofSeconds(60),
        Duration.ofSeconds(5));
  }

  private void look() {
    long now = System.currentTimeMillis();
    for (int i = 0; i < last.length; i++) {
      Measurement measured = chargers.get(i).status().measurement();
      double told = measured.surfaceTemperatureKelvin();
      if (told != last[i] && !Double.isNaN(told)) {
        last[i] = told;
        latencies.add(ChargerFarm.age(told, now));
      }
    }
  }

  @Override
  public void begin() {
    latencies.clear();
    usage.begin();
  }

  @Override
  public Map<String, Object> end() {
    Map<String, Object> measured = usage.end();
    long up =
        chargers.stream().filter(c -> c.status().link() == ChargerStatus.LinkState.UP).count();
    measured.put("up", up);
    measured.put("notifications_per_second", TAGS * latencies.count() / usage.seconds());
    measured.put("p50_ms", latencies.quantile(0.5));
    measured.put("p99_ms", latencies.quantile(0.99));
    measured.put("max_ms", latencies.quantile(1));
    return measured;
  }
}
