package dev.anodyne.test.benchmark.station;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.opcua.model.ChargerTag;
import dev.anodyne.opcua.security.ApplicationIdentity;
import dev.anodyne.opcua.security.PkiDirectory;
import dev.anodyne.opcua.security.Role;
import dev.anodyne.opcua.security.UserDirectory;
import dev.anodyne.opcua.server.SecureServer;
import dev.anodyne.opcua.server.SecureServerConfig;
import dev.anodyne.opcua.server.ServerLimit;
import dev.anodyne.opcua.server.ServerLimits;
import dev.anodyne.opcua.server.TagNamespace;
import dev.anodyne.test.benchmark.opcua.Part;
import dev.anodyne.test.benchmark.opcua.Usage;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The simulated chargers, ten behind each server, in a process of their own: each charges a cell of
 * the full model with its own parameters, moves on and tells all of its values once a second,
 * spread over the second.
 */
final class StationFarm implements Part.Measured {
  /** Chargers of one server: a real one has one, but a thousand servers are no small process. */
  static final int PER_SERVER = 10;

  /** As the controller calls itself in its certificates. */
  private static final ApplicationIdentity CONTROLLER =
      ApplicationIdentity.onThisHost("Anodyne controller", "urn:anodyne:controller");

  private static final int MOMENTS = 20;

  private final double stepSeconds;
  private final Usage usage = new Usage();
  private final List<PluggedCharger> chargers = new ArrayList<>();
  private final List<TagNamespace> tags = new ArrayList<>();
  private long tick;
  private volatile long worstStepNanos;
  private long writesBefore;
  private long vehiclesBefore;

  private StationFarm(double stepSeconds) {
    this.stepSeconds = stepSeconds;
  }

  /** Ids of chargers, from 1 on. */
  static String charger(int number) {
    return "CH%04d".formatted(number);
  }

  /** The folder of the controller's certificate, below the common one. */
  static Path controllerPki(Path directory) {
    return directory.resolve("controller");
  }

  /**
   * Arguments: the common folder, the number of chargers, the fullest arrival (0–1), the step (s),
   * the speed.
   */
  public static void main(String[] args) throws IOException {
    Part.quiet();
    Path directory = Path.of(args[0]);
    StationFarm farm = new StationFarm(Double.parseDouble(args[3]));
    String urls = farm.serve(directory, Integer.parseInt(args[1]), Double.parseDouble(args[2]));
    ScheduledExecutorService plants = Executors.newSingleThreadScheduledExecutor();
    double stepSeconds = farm.stepSeconds / Double.parseDouble(args[4]);
    long momentMicros = Math.round(stepSeconds * 1e6 / MOMENTS);
    var unused = plants.scheduleAtFixedRate(farm::moment, 0, momentMicros, TimeUnit.MICROSECONDS);
    Part.obey(urls, farm);
    System.exit(0);
  }

  private String serve(Path directory, int count, double fullestArrival) throws IOException {
    PkiDirectory pki =
        PkiDirectory.open(
            directory.resolve("farm"),
            ApplicationIdentity.onThisHost("Anodyne farm", "urn:anodyne:benchmark:farm"));
    try (PkiDirectory client = PkiDirectory.open(controllerPki(directory), CONTROLLER)) {
      PkiDirectory.trustEachOther(pki, client);
    }
    CellParameters cell = CellParameters.load("lgm50").withHeatTransfer(40);
    List<SecureServer> servers = new ArrayList<>();
    for (int first = 1; first <= count; first += PER_SERVER) {
      SecureServer server = new SecureServer(config(pki));
      for (int i = first; i < first + PER_SERVER && i <= count; i++) {
        PluggedCharger charger = new PluggedCharger(cell, stepSeconds, fullestArrival, i);
        chargers.add(charger);
        tags.add(
            server.addTags(charger(i), EnumSet.allOf(ChargerTag.class), Map.of(), charger::write));
      }
      server.start();
      servers.add(server);
    }
    return servers.stream().map(SecureServer::endpointUrl).collect(Collectors.joining(","));
  }

  /**
   * Signed and encrypted; the controller is known by its certificate. A thousand chargers of their
   * own would each check one password: this one process checking all was half of what it did.
   */
  private static SecureServerConfig config(PkiDirectory pki) throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return new SecureServerConfig(
              "Charger",
              "127.0.0.1",
              socket.getLocalPort(),
              "127.0.0.1",
              pki,
              new UserDirectory(Map.of(), Role.OPERATOR))
          .with(
              ServerLimits.DEFAULT
                  .with(ServerLimit.SESSIONS, 10 * PER_SERVER)
                  .with(ServerLimit.SESSIONS_PER_USER, 10 * PER_SERVER)
                  .with(ServerLimit.SUBSCRIPTIONS, 10 * PER_SERVER));
    }
  }

  /** A twentieth of the chargers moves on by a step. */
  private void moment() {
    long begin = System.nanoTime();
    long nowNanos = Math.round(tick / MOMENTS * (stepSeconds * 1e9));
    for (int i = (int) (tick % MOMENTS); i < chargers.size(); i += MOMENTS) {
      tags.get(i).publish(chargers.get(i).step(nowNanos), Map.of());
    }
    tick++;
    worstStepNanos = Math.max(worstStepNanos, System.nanoTime() - begin);
  }

  @Override
  public void begin() {
    usage.begin();
    worstStepNanos = 0;
    writesBefore = writes();
    vehiclesBefore = vehicles();
  }

  private long writes() {
    return chargers.stream().mapToLong(PluggedCharger::writes).sum();
  }

  private long vehicles() {
    return chargers.stream().mapToLong(PluggedCharger::vehicles).sum();
  }

  @Override
  public Map<String, Object> end() {
    double seconds = usage.seconds();
    Map<String, Object> measured = usage.end();
    measured.put("charging", chargers.stream().filter(PluggedCharger::isCharging).count());
    measured.put("writes_per_second", (writes() - writesBefore) / seconds);
    measured.put("new_vehicles", vehicles() - vehiclesBefore);
    measured.put("worst_step_ms", worstStepNanos * 1e-6);
    PluggedCharger.Lowest lowest =
        chargers.stream()
            .map(PluggedCharger::lowest)
            .min(Comparator.comparingDouble(PluggedCharger.Lowest::anodeVolts))
            .orElse(PluggedCharger.Lowest.NONE);
    measured.put("lowest_anode_mv", 1e3 * lowest.anodeVolts());
    measured.put("lowest_anode_soc", lowest.soc());
    measured.put("lowest_anode_amps", lowest.chargeAmps());
    measured.put("lowest_anode_seconds", lowest.seconds());
    measured.put(
        "below_zero", chargers.stream().filter(it -> it.lowest().anodeVolts() < 0).count());
    return measured;
  }
}
