package dev.anodyne.controller.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.anodyne.controller.config.ConnectorConfig;
import dev.anodyne.controller.config.StationConfig.RecordingConfig;
import dev.anodyne.controller.config.StationConfigReader;
import dev.anodyne.controller.lab.recording.Replay;
import dev.anodyne.controller.lab.recording.ReplayResult;
import dev.anodyne.controller.safety.Guard;
import dev.anodyne.controller.session.About;
import dev.anodyne.controller.session.Addresses;
import dev.anodyne.core.charging.NanoClock;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.json.JsonObject;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sessions by the clock, five times faster than it, with real estimator and policy, recorded. */
class RecordedSessionTest {
  private static final double SPEED = 5;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Loop seconds of a period over {@link #SPEED}, of which a decision may take 70 %. */
  private static final long DEADLINE = 140_000_000L;

  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();
  private final List<JsonObject> records = new CopyOnWriteArrayList<>();
  private final AtomicBoolean diskFull = new AtomicBoolean();
  private volatile FakeCharger charger;
  private Path policy;
  private Path recordings;

  @BeforeEach
  void listen() throws IOException {
    recordings = folder.resolve("recordings");
    policy = Files.writeString(folder.resolve("p.yaml"), "{name: first, policy: mpc}\n");
    vertx
        .eventBus()
        .<JsonObject>consumer(Addresses.session("C1"), message -> records.add(message.body()));
  }

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  private ConnectorConfig connector() throws IOException {
    Path station =
        Files.writeString(
            folder.resolve("station.yaml"),
            """
            connectors:
              - id: C1
                charger: {endpoint: "opc.tcp://localhost:1", user: u, password: p}
                battery: {cell: lgm50, layout: 4s1p, heatTransfer: 40}
                policy: p.yaml
                estimator: physics
            """);
    return StationConfigReader.read(station).connectors().get(0);
  }

  /** A simple policy decides at once: the machine may be busy with others. */
  private String deploySimple() throws Exception {
    Files.writeString(policy, "{name: first, policy: 'cccv:1'}\n");
    return deploy();
  }

  private String deploy() throws Exception {
    ConnectorConfig c = connector();
    ChargeMaker maker = new ChargeMaker(c, null, DEADLINE, Clock.systemDefaultZone());
    RecordingStore store =
        RecordingStore.in(
            new RecordingConfig(recordings, 1, 1_000_000_000), Clock.systemUTC(), this::open);
    SessionSetup setup =
        new SessionSetup(
                SessionFactory.settings(c),
                clock -> charger = new FakeCharger(clock),
                new Guard(SessionFactory.settings(c).guardSettings()),
                new SessionSetup.Pace.RealTime(SPEED),
                new About("Test", "lgm50", "first", "physics"),
                null,
                new PolicySource(c.id(), c.policy(), maker),
                maker)
            .withRecordings(store);
    return vertx
        .deployVerticle(new ChargeSessionVerticle(setup, NanoClock.SYSTEM))
        .toCompletionStage()
        .toCompletableFuture()
        .get(60, TimeUnit.SECONDS);
  }

  /** A disk that fills up. */
  private OutputStream open(Path file) throws IOException {
    return new FilterOutputStream(Files.newOutputStream(file)) {
      @Override
      public void write(byte[] b, int from, int length) throws IOException {
        if (diskFull.get()) {
          throw new IOException("No space left on device");
        }
        out.write(b, from, length);
      }
    };
  }

  private void awaitCurrent() {
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(charger.amps()).isPositive());
  }

  private void awaitRecords(int more) {
    int before = records.size();
    await().atMost(PATIENCE).until(() -> records.size() >= before + more);
  }

  private void stop() throws Exception {
    control(new JsonObject().put("action", "stop"));
  }

  private void start() throws Exception {
    control(new JsonObject().put("action", "start"));
  }

  private void control(JsonObject order) throws Exception {
    vertx
        .eventBus()
        .request(Addresses.control("C1"), order)
        .toCompletionStage()
        .toCompletableFuture()
        .get(60, TimeUnit.SECONDS);
  }

  private JsonObject recording() {
    return records.get(records.size() - 1).getJsonObject("recording");
  }

  private List<Path> files(String ending) throws IOException {
    try (Stream<Path> all = Files.list(recordings)) {
      return all.filter(f -> f.toString().endsWith(ending)).sorted().toList();
    }
  }

  private static List<String> lines(Path file) throws IOException {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  /** A late decision, a reloaded policy, a lost link, the guard's looks, a stop: all of it. */
  @Test
  void aSessionByTheClockReplaysWithoutADifference() throws Exception {
    String id = deploy();
    awaitCurrent();
    // The threads that decide are kept busy for two and a half periods.
    WorkerExecutor deciding =
        vertx.createSharedWorkerExecutor(SessionWorker.DECISIONS, SessionWorker.decisionThreads());
    List<Future<?>> tasks = new ArrayList<>();
    for (int i = 0; i < SessionWorker.decisionThreads(); i++) {
      tasks.add(
          deciding.executeBlocking(
              () -> {
                Thread.sleep(500);
                return null;
              },
              false));
    }
    Future<?> busy = Future.join(tasks);
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                records.stream().anyMatch(r -> r.getJsonObject("timing").getInteger("misses") > 0));
    // One thread may be in a decision; the seven others do its share: a second at most.
    busy.toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS);
    Files.writeString(policy, "{name: second, policy: mpc, limits: {maxCRate: 0.5}}\n");
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                records.stream()
                    .anyMatch(r -> r.getJsonObject("policy").getString("name").equals("second")));
    awaitRecords(5);
    charger.fallSilent(true);
    await().atMost(PATIENCE).until(() -> charger.amps() == 0);
    charger.fallSilent(false);
    awaitCurrent();
    awaitRecords(3);
    vertx.undeploy(id).toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);

    assertThat(files(".part")).isEmpty();
    Path file = files(".jsonl.gz").get(0);
    List<String> lines = lines(file);
    assertThat(lines).anyMatch(l -> l.contains("\"trigger\":\"LATE\""));
    assertThat(lines).anyMatch(l -> l.contains("\"k\":\"policy\""));
    assertThat(lines).anyMatch(l -> l.contains("\"k\":\"stopGently\""));
    ReplayResult result = Replay.run(file);
    assertThat(result.found()).isNull();
    assertThat(result.remarks()).isEmpty();
    assertThat(result.decisions()).isGreaterThan(10);
    assertThat(result.commands()).isGreaterThan(result.decisions());
  }

  @Test
  void everyChargeHasItsOwnRecordingAndOnlyTheNewestAreKept() throws Exception {
    deploySimple();
    for (int charge = 1; charge <= 2; charge++) {
      awaitCurrent();
      awaitRecords(3);
      stop();
      await().atMost(PATIENCE).untilAsserted(() -> assertThat(files(".part")).isEmpty());
      if (charge < 2) {
        int before = records.size();
        start();
        await().atMost(PATIENCE).until(() -> records.size() > before + 3);
      }
    }
    List<Path> kept = files(".jsonl.gz");
    assertThat(kept).hasSize(1);
    for (Path file : kept) {
      // The guard of a charge remembers nothing of the charge before.
      assertThat(Replay.run(file).found()).isNull();
    }
  }

  @Test
  void aFullDiskNeverDisturbsTheChargeAndLeavesWhatCanBeReplayed() throws Exception {
    deploySimple();
    awaitCurrent();
    // Longer than the two seconds after which everything is on the disk.
    await().atMost(PATIENCE).until(() -> recording().getLong("bytes") > 2_000);
    diskFull.set(true);
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(recording().getString("state")).isEqualTo("FAILED"));
    assertThat(recording().getString("why")).contains("No space left on device");
    int before = charger.applied().size();
    await().atMost(PATIENCE).until(() -> charger.applied().size() > before + 5);
    awaitCurrent();
    ReplayResult result = Replay.run(files(".jsonl.gz").get(0));
    assertThat(result.found()).isNull();
    assertThat(result.decisions()).isPositive();
    assertThat(result.remarks()).singleElement().asString().contains("cut off");
  }

  /** Asked for over the API; the battery is at 60 to 70 %, so there is much time. */
  @Test
  void aChargeToADepartureWaitsAndReplaysToo() throws Exception {
    deploySimple();
    awaitCurrent();
    stop();
    JsonObject order = new JsonObject().put("goal", "ageing").put("departureMinutes", 600);
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(
            () -> {
              control(new JsonObject().put("action", "start").put("order", order));
              return true;
            });
    await()
        .atMost(PATIENCE)
        .until(
            () -> records.get(records.size() - 1).getString("activeConstraint").equals("SCHEDULE"));
    assertThat(charger.amps()).isZero();
    assertThat(records.get(records.size() - 1).getString("why")).contains("until the departure");
    awaitRecords(3);
    stop();
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(files(".part")).isEmpty());
    Path file = files(".jsonl.gz").get(0);
    assertThat(lines(file).get(0)).contains("\"departureSeconds\":36000.0");
    ReplayResult result = Replay.run(file);
    assertThat(result.found()).isNull();
    assertThat(result.decisions()).isPositive();
  }

  /** Over OPC UA: in a charge that runs, and taken back again. */
  @Test
  void aRunningChargeWaitsForANewDepartureAndReplaysToo() throws Exception {
    deploySimple();
    awaitCurrent();
    JsonObject order = new JsonObject().put("action", "departure").put("soc", 0.9);
    long departure = System.currentTimeMillis() + Duration.ofHours(10).toMillis();
    control(order.copy().put("departureMillis", departure));
    await()
        .atMost(PATIENCE)
        .until(
            () -> records.get(records.size() - 1).getString("activeConstraint").equals("SCHEDULE"));
    assertThat(charger.amps()).isZero();
    awaitRecords(3);
    control(order);
    awaitCurrent();
    awaitRecords(3);
    stop();
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(files(".part")).isEmpty());
    Path file = files(".jsonl.gz").get(0);
    assertThat(lines(file)).filteredOn(l -> l.contains("departsInSeconds")).hasSize(2);
    ReplayResult result = Replay.run(file);
    assertThat(result.found()).isNull();
    assertThat(result.remarks()).isEmpty();
    assertThat(result.decisions()).isGreaterThan(6);
  }

  /** What a killed process leaves: a part without an end. */
  @Test
  void aHalfWrittenRecordingReplaysAndGetsItsNameBack() throws Exception {
    deploySimple();
    awaitCurrent();
    await().atMost(PATIENCE).until(() -> recording().getLong("bytes") > 2_000);
    Path part = files(".part").get(0);
    Path left = folder.resolve("left");
    Files.createDirectories(left);
    Path copy = Files.copy(part, left.resolve("C1-x.jsonl.gz.part"));
    ReplayResult result = Replay.run(copy);
    assertThat(result.found()).isNull();
    assertThat(result.decisions()).isPositive();
    assertThat(result.remarks()).singleElement().asString().contains("cut off");
    RecordingStore next = RecordingStore.in(new RecordingConfig(left, 5, 1_000_000));
    next.adoptNow();
    assertThat(left.resolve("C1-x.jsonl.gz")).exists();
    assertThat(copy).doesNotExist();
  }
}
