package dev.anodyne.test.benchmark.opcua;

import dev.anodyne.opcua.security.PasswordHash;
import dev.anodyne.opcua.security.PkiDirectory;
import dev.anodyne.opcua.security.UserDirectory;
import dev.anodyne.opcua.server.SecureServerConfig;
import dev.anodyne.opcua.server.ServerLimit;
import dev.anodyne.opcua.server.ServerLimits;
import dev.anodyne.opcua.server.history.MemoryHistory;
import dev.anodyne.opcua.server.station.CommandAnswer;
import dev.anodyne.opcua.server.station.Nameplate;
import dev.anodyne.opcua.server.station.StationLayout;
import dev.anodyne.opcua.server.station.StationServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The station's server with its chargers, each of which tells something new once a second. */
final class ScadaStation implements Part.Measured {
  static final String NAME = "station";

  /** The chargers' seconds are spread over so many moments. */
  private static final int MOMENTS = 20;

  private static final int HISTORY_POINTS = 300;

  private final Usage usage = new Usage();

  private ScadaStation() {}

  /** Arguments: the common folder, the number of chargers, the number of clients. */
  public static void main(String[] args) throws IOException {
    Part.quiet();
    Path directory = Path.of(args[0]);
    int chargers = Integer.parseInt(args[1]);
    int clients = Integer.parseInt(args[2]);
    try (PkiDirectory pki = Applications.pki(directory, NAME)) {
      for (int i = 0; i < clients; i++) {
        try (PkiDirectory client = Applications.pki(directory, ScadaClients.name(i))) {
          PkiDirectory.trustEachOther(pki, client);
        }
      }
      try (StationServer server = start(pki, chargers)) {
        ScheduledExecutorService loop = Executors.newSingleThreadScheduledExecutor();
        long[] tick = {0};
        var unused =
            loop.scheduleAtFixedRate(
                () -> publish(server, chargers, tick[0]++),
                0,
                1000 / MOMENTS,
                TimeUnit.MILLISECONDS);
        Part.obey(server.endpointUrl(), new ScadaStation());
        loop.shutdownNow();
      }
    }
    System.exit(0);
  }

  private static StationServer start(PkiDirectory pki, int chargers) throws IOException {
    List<StationLayout.Bay> bays = new ArrayList<>();
    for (int i = 1; i <= chargers; i++) {
      bays.add(
          new StationLayout.Bay(
              Applications.charger(i),
              new Nameplate("Vendor", "Fast 250", null, "4711", null, "2.1", null, null),
              "96s2p of lgm50",
              "physics",
              250_000,
              0.8));
    }
    SecureServerConfig config =
        new SecureServerConfig(
                "Station",
                "127.0.0.1",
                Applications.freePort(),
                "127.0.0.1",
                pki,
                new UserDirectory(
                    Map.of(Applications.USER, PasswordHash.of(Applications.PASSWORD))))
            .with(
                ServerLimits.DEFAULT
                    .with(ServerLimit.MONITORED_ITEMS, 500_000)
                    .with(ServerLimit.MONITORED_ITEMS_PER_SESSION, 100_000));
    return StationServer.start(
        config,
        new StationLayout("Benchmark", "0.1.0", bays),
        (command, user) -> CompletableFuture.completedFuture(CommandAnswer.accepted("Done.")),
        (user, action) -> true,
        new MemoryHistory(HISTORY_POINTS),
        Clock.systemUTC());
  }

  private static void publish(StationServer server, int chargers, long tick) {
    Instant now = Instant.now();
    int moment = (int) (tick % MOMENTS);
    for (int i = 1 + moment; i <= chargers; i += MOMENTS) {
      server.publish(Snapshots.of(Applications.charger(i), tick / MOMENTS, now));
    }
  }

  @Override
  public void begin() {
    usage.begin();
  }

  @Override
  public Map<String, Object> end() {
    return usage.end();
  }
}
