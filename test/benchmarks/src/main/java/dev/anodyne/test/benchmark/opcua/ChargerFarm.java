package dev.anodyne.test.benchmark.opcua;

import dev.anodyne.core.charging.BatteryLimits;
import dev.anodyne.core.charging.ChargerCapabilities;
import dev.anodyne.core.charging.Measurement;
import dev.anodyne.core.charging.Quality;
import dev.anodyne.opcua.model.ChargerImage;
import dev.anodyne.opcua.model.ChargerTag;
import dev.anodyne.opcua.security.PasswordHash;
import dev.anodyne.opcua.security.PkiDirectory;
import dev.anodyne.opcua.security.UserDirectory;
import dev.anodyne.opcua.server.SecureServer;
import dev.anodyne.opcua.server.SecureServerConfig;
import dev.anodyne.opcua.server.ServerLimit;
import dev.anodyne.opcua.server.ServerLimits;
import dev.anodyne.opcua.server.TagNamespace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;

/** Chargers without plants, some dozens behind each server, whose values move once a second. */
final class ChargerFarm implements Part.Measured {
  static final String NAME = "farm";

  /** Chargers of one server: a real one has one, but a thousand servers are no small process. */
  static final int PER_SERVER = 50;

  private static final int MOMENTS = 20;

  /** The values' time is told by a temperature: so many seconds from 300 K on. */
  private static final long WRAP_MILLIS = 100_000;

  private static final double ZERO_KELVIN_OF_TIME = 300;

  private final Usage usage = new Usage();

  private ChargerFarm() {}

  /** What a temperature says about the time that has passed since, ms. */
  static long age(double kelvin, long nowMillis) {
    long told = Math.round((kelvin - ZERO_KELVIN_OF_TIME) * 1000);
    return Math.floorMod(nowMillis - told, WRAP_MILLIS);
  }

  /** Arguments: the common folder, the number of chargers. */
  public static void main(String[] args) throws IOException {
    Part.quiet();
    Path directory = Path.of(args[0]);
    int chargers = Integer.parseInt(args[1]);
    PkiDirectory pki = Applications.pki(directory, NAME);
    try (PkiDirectory client = Applications.pki(directory, ChargerClients.NAME)) {
      PkiDirectory.trustEachOther(pki, client);
    }
    PasswordHash password = PasswordHash.of(Applications.PASSWORD);
    List<SecureServer> servers = new ArrayList<>();
    List<TagNamespace> tags = new ArrayList<>();
    for (int first = 1; first <= chargers; first += PER_SERVER) {
      SecureServer server = new SecureServer(config(pki, password));
      for (int i = first; i < first + PER_SERVER && i <= chargers; i++) {
        tags.add(
            server.addTags(Applications.charger(i), ChargerTag.CHARGER, Map.of(), written -> {}));
      }
      server.start();
      servers.add(server);
    }
    ScheduledExecutorService plant = Executors.newSingleThreadScheduledExecutor();
    long[] tick = {0};
    var unused =
        plant.scheduleAtFixedRate(
            () -> publish(tags, tick[0]++), 0, 1000 / MOMENTS, TimeUnit.MILLISECONDS);
    Part.obey(
        servers.stream().map(SecureServer::endpointUrl).collect(Collectors.joining(",")),
        new ChargerFarm());
    System.exit(0);
  }

  private static SecureServerConfig config(PkiDirectory pki, PasswordHash password)
      throws IOException {
    return new SecureServerConfig(
            "Charger",
            "127.0.0.1",
            Applications.freePort(),
            "127.0.0.1",
            pki,
            new UserDirectory(Map.of(Applications.USER, password)))
        .with(
            ServerLimits.DEFAULT
                .with(ServerLimit.SESSIONS, 10 * PER_SERVER)
                .with(ServerLimit.SESSIONS_PER_USER, 10 * PER_SERVER)
                .with(ServerLimit.SUBSCRIPTIONS, 10 * PER_SERVER));
  }

  private static void publish(List<TagNamespace> tags, long tick) {
    int moment = (int) (tick % MOMENTS);
    double time = ZERO_KELVIN_OF_TIME + System.currentTimeMillis() % WRAP_MILLIS / 1000.0;
    double move = 1e-3 * (tick % 1000);
    Map<ChargerTag, Object> values =
        new ChargerImage(
                new Measurement(
                    0,
                    180 + move,
                    372 + move,
                    time,
                    3.8 + 1e-2 * move,
                    3.9 + 1e-2 * move,
                    299 + move,
                    301 + move,
                    Quality.GOOD),
                new ChargerCapabilities(
                    150 + move, 920 + move, 500 + move, 250_000 + move, 100 + move),
                new BatteryLimits(
                    400 + move, 403 + move, 4.2 + 1e-3 * move, 318 + move, 150_000 + move),
                true,
                Set.of())
            .toTags();
    values.put(ChargerTag.HEARTBEAT, UInteger.valueOf(tick / MOMENTS));
    for (int i = moment; i < tags.size(); i += MOMENTS) {
      tags.get(i).publish(values, Map.of());
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
