package dev.anodyne.hil.scenario;

import dev.anodyne.hil.bench.BenchServer;
import dev.anodyne.hil.bench.BenchSettings;
import dev.anodyne.hil.bench.Pacing;
import dev.anodyne.hil.bench.PacingStatistics;
import dev.anodyne.hil.bench.SimulatedPack;
import dev.anodyne.hil.stl.Quantity;
import dev.anodyne.hil.stl.Trace;
import dev.anodyne.hil.sut.ChargeTask;
import dev.anodyne.hil.sut.SutFile;
import dev.anodyne.hil.sut.SutProcess;
import dev.anodyne.hil.verdict.ScenarioResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * One run of a scenario with a controller that connects over OPC UA: the bench serves the plant as
 * a charger, the controller's process is started, waited for, and stopped. The scenario begins when
 * the controller has logged in.
 */
public final class OpcUaRun {
  /** A controller that answers no tick for this long is gone, s of the wall clock. */
  private static final double SILENCE_SECONDS = 60;

  /** A controller without a connection for this long has finished, s of the wall clock. */
  private static final double LOGGED_OUT_SECONDS = 5;

  private static final long POLL_MILLIS = 50;
  private static final String USER = "controller";

  /** In lock-step no time passes while nobody answers: these would never end. */
  private static final Set<String> NEED_A_CLOCK =
      Set.of("opcua.sessionDrop", "opcua.serverDown", "opcua.publishStall", "opcua.frozenValues");

  private final Scenario scenario;
  private final SutFile sut;
  private final double speed;
  private final ScenarioRun.Progress progress;
  private final long startNanos = System.nanoTime();

  private OpcUaRun(Scenario scenario, SutFile sut, double speed, ScenarioRun.Progress progress) {
    this.scenario = scenario;
    this.sut = sut;
    this.speed = speed;
    this.progress = progress;
  }

  /**
   * Runs a scenario to its end and judges it.
   *
   * @param speed plant seconds a second; +∞ for lock-step
   */
  public static ScenarioResult run(
      Scenario scenario, SutFile sut, double speed, ScenarioRun.Progress progress) {
    return new OpcUaRun(scenario, sut, speed, progress).run();
  }

  private ScenarioResult run() {
    SimulatedPack pack = new SimulatedPack(scenario.plant());
    StagedPlant plant = new StagedPlant(scenario, pack);
    String unfit = unfit();
    if (!unfit.isEmpty()) {
      return ended(notBegun(pack), plant, RunEnd.worthless(unfit));
    }
    Path folder = temporary();
    String password = password();
    BenchSettings settings =
        BenchSettings.onLoopback(0, USER, password, folder.resolve("bench"), pacing());
    String trouble;
    ScenarioStage stage = notBegun(pack);
    PacingStatistics pace;
    try (BenchServer bench = BenchServer.start(settings, plant)) {
      stage = new ScenarioStage(scenario, pack, ScenarioRun.faults(scenario, pack, bench.wire()));
      Path own = folder.resolve("sut");
      trustBench(folder, own);
      try (SutProcess process = SutProcess.start(sut, own, values(bench, folder, own, password))) {
        trouble = untilLoggedIn(bench, process, folder, own);
        if (trouble.isEmpty()) {
          plant.begin(stage);
          trouble = untilOver(plant, bench, process);
        }
      }
      pace = bench.statistics();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ended(stage, plant, new RunEnd("", "", "", true));
    } finally {
      delete(folder);
    }
    if (trouble.isEmpty()) {
      plant.restToTheEnd();
    }
    String broken = ScenarioRun.broken(pack, plant.seconds());
    return ended(stage, plant, new RunEnd(trouble, late(pace), broken, false));
  }

  private ScenarioStage notBegun(SimulatedPack pack) {
    return new ScenarioStage(
        scenario, pack, ScenarioRun.faults(scenario, pack, new InProcessLine()));
  }

  private ScenarioResult ended(ScenarioStage stage, StagedPlant plant, RunEnd end) {
    Trace trace = stage.finish(plant.seconds());
    return new Verdicts(scenario, sut.name(), (System.nanoTime() - startNanos) * 1e-9)
        .result(trace, stage.faultSpans(), end);
  }

  private Pacing pacing() {
    return speed == Double.POSITIVE_INFINITY
        ? Pacing.lockstep(scenario.task().periodSeconds())
        : Pacing.byClock(speed);
  }

  /** Why the bench cannot do this scenario at this pace; empty when it can. */
  private String unfit() {
    if (speed != Double.POSITIVE_INFINITY) {
      return "";
    }
    return scenario.faults().stream()
        .filter(fault -> NEED_A_CLOCK.contains(fault.kind()))
        .findFirst()
        .map(
            fault ->
                "Fault "
                    + fault.id()
                    + " ("
                    + fault.kind()
                    + ") needs a clock: in lock-step over OPC UA no time passes while nobody"
                    + " answers. Maybe --pace realtime, or a controller in process.")
        .orElse("");
  }

  private static String late(PacingStatistics pace) {
    return pace.isKept(RunPace.MOST_LATE_SHARE) ? "" : "The bench was late: " + pace;
  }

  /** What stands for {@code ${name}} in the SUT's files. */
  private Map<String, String> values(BenchServer bench, Path folder, Path own, String password) {
    ChargeTask task = scenario.task();
    Map<String, String> values = new LinkedHashMap<>();
    values.put("endpoint", bench.endpointUrl());
    values.put("user", USER);
    values.put("password", password);
    values.put("folder", own.toString());
    values.put("bench.certificate", folder.resolve("bench/own/certs/own.der").toString());
    String directory = Path.of("").toAbsolutePath().toString();
    values.put("directory", directory);
    // Where the command stands that started the bench: a checkout's root or a distribution's bin.
    values.put("launcher", System.getProperty("anodyne.launcher", directory + "/anodyne"));
    values.put("port", String.valueOf(freePort()));
    values.put("cell", task.cell().name());
    values.put("layout", task.layout().toString());
    values.put("heatTransfer", number(task.heatTransferWattsPerM2Kelvin()));
    values.put("fromSoc", number(task.fromSoc()));
    values.put("targetSoc", number(task.targetSoc()));
    values.put("maxVoltageVolts", number(task.maxVoltageVolts()));
    values.put("maxTemperatureC", number(task.maxTemperatureKelvin() - 273.15));
    values.put("maxCRate", number(task.maxCRate()));
    values.put("ambientC", number(task.ambientKelvin() - 273.15));
    values.put("periodSeconds", number(task.periodSeconds()));
    values.put("pace", speed == Double.POSITIVE_INFINITY ? "lockstep" : "clock");
    values.put("speed", speed == Double.POSITIVE_INFINITY ? "1" : number(speed));
    return values;
  }

  private static String number(double value) {
    return Quantity.number(Math.round(value * 1e9) / 1e9);
  }

  /** Both sides trust each other as soon as the controller has a certificate. */
  private String untilLoggedIn(BenchServer bench, SutProcess process, Path folder, Path own)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + Math.round(sut.readySeconds() * 1e9);
    boolean trusted = sut.certificate().isEmpty();
    while (bench.sessionCount() == 0) {
      if (process.hasEnded()) {
        return "The controller ended before it logged in: " + process.lastWords();
      }
      if (System.nanoTime() > deadline) {
        return "The controller did not log in within "
            + sut.readySeconds()
            + " s. "
            + process.lastWords();
      }
      Path certificate = own.resolve(sut.certificate());
      if (!trusted && Files.isRegularFile(certificate) && Files.size(certificate) > 0) {
        Path trust = folder.resolve("bench/trusted/certs/sut.der");
        Files.createDirectories(trust.getParent());
        Files.copy(certificate, trust);
        trusted = true;
      }
      Thread.sleep(POLL_MILLIS);
    }
    return "";
  }

  /**
   * In lock-step a controller that has finished may log out: the rest goes on without it. One that
   * only connects anew is waited for.
   */
  private String untilOver(StagedPlant plant, BenchServer bench, SutProcess process)
      throws InterruptedException {
    double lastSeconds = -1;
    long lastNanos = System.nanoTime();
    long heardNanos = lastNanos;
    while (!plant.over().await(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
      double now = plant.seconds();
      progress.at(now, scenario.durationSeconds());
      if (process.hasEnded()) {
        return "The controller ended at " + now + " s: " + process.lastWords();
      }
      if (bench.sessionCount() > 0) {
        heardNanos = System.nanoTime();
      }
      if (now > lastSeconds) {
        lastSeconds = now;
        lastNanos = System.nanoTime();
      } else if (speed == Double.POSITIVE_INFINITY
          && (System.nanoTime() - heardNanos) * 1e-9 > LOGGED_OUT_SECONDS) {
        return "";
      } else if ((System.nanoTime() - lastNanos) * 1e-9 > SILENCE_SECONDS) {
        return "The controller answered nothing for "
            + SILENCE_SECONDS
            + " s at "
            + now
            + " s of the plant.";
      }
    }
    return "";
  }

  private void trustBench(Path folder, Path own) throws IOException {
    Files.createDirectories(own);
    if (!sut.trust().isEmpty()) {
      Path trusted = own.resolve(sut.trust());
      Files.createDirectories(trusted.toAbsolutePath().getParent());
      Files.copy(folder.resolve("bench/own/certs/own.der"), trusted);
    }
  }

  private static String password() {
    byte[] secret = new byte[24];
    new SecureRandom().nextBytes(secret);
    return Base64.getUrlEncoder().encodeToString(secret);
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("anodyne-hil-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
