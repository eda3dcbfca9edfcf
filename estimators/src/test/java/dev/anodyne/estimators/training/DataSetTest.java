package dev.anodyne.estimators.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.p2d.P2dOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataSetTest {
  private static final P2dOptions COARSE =
      new P2dOptions(P2dOptions.Thermal.LUMPED, P2dOptions.Ageing.NONE, 6, 4, 5, 4);
  private static final CellParameters CELL = CellParameters.load("lgm50");
  private static final ObjectMapper JSON = new ObjectMapper();

  /** By seed and number: a session takes a second and more. */
  private static final Map<List<Long>, SessionData> SIMULATED = new HashMap<>();

  @TempDir static Path made;

  static DataRequest wide(Path folder) {
    return DataRequest.of(folder, CELL)
        .withPlan(DataPlan.WIDE)
        .withSeed(5L)
        .withSessions(40)
        .withTruth(COARSE)
        .withTwin(COARSE)
        .withSoftwareVersion("9.9");
  }

  private static SessionData simulated(long seed, int number) {
    return SIMULATED.computeIfAbsent(List.of(seed, (long) number), key -> simulate(seed, number));
  }

  private static SessionData simulate(long seed, int number) {
    List<SessionRef> refs = new ArrayList<>();
    for (int i = number / 4 * 4; i <= number; i++) {
      refs.add(WidePlan.ref(i));
    }
    List<SessionData> sessions = new ArrayList<>();
    new SessionGenerator(CELL, COARSE, COARSE, seed).battery(DataPlan.WIDE, refs, sessions::add);
    return sessions.get(sessions.size() - 1);
  }

  @BeforeAll
  static void generateOnce() {
    assertThat(DataSet.prepare(wide(made).withWorkers(3)).sessions()).isEqualTo(40);
  }

  /** The same files, as a set to damage. */
  private static Path copy(Path to) throws IOException {
    try (Stream<Path> all = Files.walk(made)) {
      for (Path p : all.toList()) {
        Path target = to.resolve(made.relativize(p).toString());
        if (Files.isDirectory(p)) {
          Files.createDirectories(target);
        } else {
          Files.copy(p, target);
        }
      }
    }
    return to;
  }

  static Map<String, String> digests(Path folder) throws IOException {
    Map<String, String> digests = new HashMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path p : all.filter(Files::isRegularFile).toList()) {
        digests.put(folder.relativize(p).toString(), Shards.sha256(p));
      }
    }
    return digests;
  }

  private static void edit(Path folder, UnaryOperator<ObjectNode> change) throws IOException {
    Path file = folder.resolve(DataManifest.FILE);
    ObjectNode tree = (ObjectNode) JSON.readTree(Files.readString(file));
    Files.writeString(file, JSON.writeValueAsString(change.apply(tree)));
  }

  @Test
  void anotherSeedGivesOtherRows() {
    assertThat(simulated(5L, 0).samples).isNotEqualTo(simulated(6L, 0).samples);
  }

  /** On one thread, where the two shards were made on three. */
  @Test
  void aKilledRunGoesOnToTheSameBytes(@TempDir Path folder) throws IOException {
    copy(folder);
    // As a kill leaves it: one shard listed, one done but not listed, one in the making.
    edit(
        folder,
        tree -> {
          tree.put("complete", false);
          tree.withArray("shards").remove(2);
          tree.withArray("shards").remove(1);
          return tree;
        });
    Files.move(folder.resolve("shard-00002"), folder.resolve("shard-00002.part"));
    Files.writeString(folder.resolve("shard-00002.part/samples.parquet"), "cut short");
    List<String> told = new ArrayList<>();
    var unused =
        DataSet.prepare(
            wide(folder)
                .withWorkers(1)
                .withProgress((stage, share, detail) -> told.add(share + " " + detail)));
    assertThat(digests(folder)).isEqualTo(digests(made));
    // 16 sessions were there; 24 were made.
    assertThat(told).hasSize(24).last().asString().startsWith("1.0 40 of 40 sessions");
    assertThat(told.get(0)).contains("17 of 40").contains(" left");
  }

  @Test
  void aCompleteSetIsReadAndNotMadeAgain() throws IOException {
    Map<String, String> before = digests(made);
    List<String> told = new ArrayList<>();
    DataSet set = DataSet.prepare(wide(made).withProgress((s, share, d) -> told.add(d)));
    assertThat(told).isEmpty();
    assertThat(digests(made)).isEqualTo(before);
    assertThat(set.packHours()).isBetween(1.0, 30.0);
    assertThat(set.plan()).isEqualTo(DataPlan.WIDE);
    assertThat(set.seed()).isEqualTo(5L);
  }

  @Test
  void whatIsReadIsWhatWasSimulatedToTheLastBit() {
    List<SessionData> all = DataSet.prepare(wide(made)).load(l -> true, true);
    assertThat(all).hasSize(40);
    assertThat(all.stream().mapToInt(s -> s.rows).sum()).isGreaterThan(1000);
    for (int i : new int[] {0, 7, 17, 22, 39}) {
      SessionData read = all.get(i);
      SessionData simulated = simulated(5L, i);
      assertThat(read.label).isEqualTo(simulated.label);
      assertThat(read.rows).isEqualTo(simulated.rows);
      assertThat(read.hours).isEqualTo(simulated.hours);
      assertThat(read.columns).isEqualTo(simulated.columns);
      assertThat(read.augmented).isEqualTo(simulated.augmented);
      assertThat(read.learned).isEqualTo(simulated.learned);
      assertThat(read.samples).isEqualTo(simulated.samples);
      assertThat(read.series).isEqualTo(simulated.series);
      assertThat(read.aged).isEqualTo(simulated.aged);
    }
  }

  private static void writeWithout(String signal, List<SessionData> sessions, Path to)
      throws IOException {
    ParquetTable whole = ParquetTable.read(to.resolve(SessionTables.SAMPLES), samples(sessions));
    ParquetTable less = new ParquetTable(whole.rows());
    less.add("Session", whole.ints("Session"));
    Sample.titles().stream()
        .filter(t -> !t.equals(signal))
        .forEach(t -> less.add(t, whole.floats(t)));
    less.write(to.resolve(SessionTables.SAMPLES));
  }

  private static int samples(List<SessionData> sessions) {
    return sessions.stream().mapToInt(s -> s.sampleCount).sum();
  }

  @Test
  void aSignalThatTheDataLackIsRefusedOnlyWhereFeaturesNeedIt(@TempDir Path folder)
      throws IOException {
    List<SessionData> sessions = List.of(simulated(5L, 0));
    List<Integer> rows = SessionTables.write(folder, sessions);
    double ampHours = CELL.nominalCapacityAmpHours();
    writeWithout("Twin model lossToSeiAmpHours", sessions, folder);
    SessionData read = SessionTables.read(folder, rows, ampHours, l -> true, true).get(0);
    assertThat(read.augmented).isEqualTo(sessions.get(0).augmented);
    int at = Sample.titles().indexOf("Twin model lossToSeiAmpHours");
    assertThat(read.samples[at]).isNaN();
    rows = SessionTables.write(folder, sessions);
    writeWithout("Twin innovationVolts", sessions, folder);
    List<Integer> counts = rows;
    assertThatThrownBy(() -> SessionTables.read(folder, counts, ampHours, l -> true, true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Twin innovationVolts");
  }

  @Test
  void aLaterSessionRunsOnWhatTheFirstOneTold() {
    List<SessionData> all = DataSet.prepare(wide(made)).load(l -> true, false);
    long learned = all.stream().filter(s -> s.label.learned().startsWith("The fit went")).count();
    assertThat(learned).isGreaterThan(3);
    for (SessionData s : all) {
      boolean first = s.label.ref().number() % WidePlan.SESSIONS_A_BATTERY == 0;
      assertThat(first && s.identified()).isFalse();
      if (s.identified()) {
        assertThat(s.label.get(Condition.IDENTIFIED_RESIDUAL)).isBetween(0.0, 0.02);
        assertThat(s.label.get(Condition.IDENTIFIED_PARAMETERS)).isBetween(1.0, 11.0);
        assertThat(s.label.get(Condition.IDENTIFIED_VARIANCE_LEFT)).isBetween(0.0, 1.0);
      }
    }
    assertThat(all).anyMatch(SessionData::identified);
  }

  @Test
  void aFolderThatCannotBeMadeIsOneClearLine(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    assertRefused(() -> DataSet.generate(wide(file.resolve("data"))), "cannot be written");
  }

  @Test
  void manifestTellsWhatTheDataAre() throws IOException {
    ObjectNode tree = (ObjectNode) JSON.readTree(Files.readString(made.resolve(DataManifest.FILE)));
    assertThat(tree.path("format").asText()).isEqualTo("anodyne-training-data");
    assertThat(tree.path("schemaVersion").asInt()).isEqualTo(2);
    assertThat(tree.path("complete").asBoolean()).isTrue();
    assertThat(tree.path("softwareVersion").asText()).isEqualTo("9.9");
    assertThat(tree.path("cell").asText()).isEqualTo("lgm50");
    assertThat(tree.path("plan").asText()).isEqualTo("wide");
    assertThat(tree.path("seed").asLong()).isEqualTo(5L);
    assertThat(tree.path("engine").path("anodeNodes").asInt()).isEqualTo(6);
    assertThat(tree.path("ranges").path("ambient temperature").asText()).contains("-20 to 55 °C");
    assertThat(tree.path("twin").path("anodeNodes").asInt()).isEqualTo(6);
    assertThat(tree.path("splits").path("train").path("sessions").asInt()).isEqualTo(20);
    assertThat(tree.path("splits").path("extrapolation").path("batteries").asInt()).isEqualTo(1);
    assertThat(tree.path("shards")).hasSize(3);
    tree.path("shards")
        .forEach(
            shard -> {
              assertThat(shard.path("packHours").asDouble()).isPositive();
              shard
                  .path("files")
                  .forEach(f -> assertThat(f.path("sha256").asText()).matches("[0-9a-f]{64}"));
            });
  }

  @Test
  void noBatteryHasTwoUses() {
    Map<Integer, Set<Split>> uses = new HashMap<>();
    Map<Split, Set<Integer>> splits = new HashMap<>();
    for (SessionData s : DataSet.prepare(wide(made)).load(l -> true, false)) {
      SessionRef ref = s.label.ref();
      uses.computeIfAbsent(ref.battery(), b -> new HashSet<>()).add(ref.split());
      splits.computeIfAbsent(ref.split(), b -> new HashSet<>()).add(ref.battery());
    }
    assertThat(uses.values()).allSatisfy(u -> assertThat(u).hasSize(1));
    assertThat(splits).hasSize(4);
  }

  private static void assertRefused(ThrowingCallable reads, String... mentions) {
    assertThatThrownBy(reads)
        .isInstanceOfSatisfying(
            DataSetException.class,
            e -> {
              String[] lines = e.getMessage().split("\n");
              assertThat(lines).hasSize(2);
              assertThat(lines[0]).contains(mentions);
              assertThat(lines[1]).startsWith("Maybe ");
            });
  }

  /** The first shard is made anew on one thread, where it was made on three. */
  @Test
  void damagedMissingAndShortShardsAreNamedAndRepairedOnDemand(@TempDir Path folder)
      throws IOException {
    copy(folder);
    Path file = folder.resolve("shard-00001/samples.parquet");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
    assertRefused(() -> DataSet.prepare(wide(folder)), "shard-00001", "SHA-256");
    Files.write(file, java.util.Arrays.copyOf(bytes, 100));
    assertRefused(() -> DataSet.prepare(wide(folder)), "shard-00001", "100 bytes");
    Files.delete(file);
    assertRefused(() -> DataSet.prepare(wide(folder)), "shard-00001", "missing");
    Files.copy(made.resolve("shard-00001/samples.parquet"), file);
    Files.delete(folder.resolve("shard-00000/samples.parquet"));
    assertRefused(() -> DataSet.prepare(wide(folder)), "shard-00000", "missing");
    var unused = DataSet.generate(wide(folder).withWorkers(1));
    assertThat(digests(folder)).isEqualTo(digests(made)).hasSize(3 * 2 + 2);
  }

  @Test
  void anotherCellPlanSeedOrNumberIsRefused() {
    assertRefused(
        () -> DataSet.prepare(DataRequest.of(made, CellParameters.load("okane2022"))),
        "lgm50",
        "okane2022");
    assertRefused(
        () -> DataSet.prepare(wide(made).withPlan(DataPlan.SHIPPED)), "plan wide", "shipped");
    assertRefused(() -> DataSet.prepare(wide(made).withSeed(6L)), "seed 5", "6");
    assertRefused(() -> DataSet.prepare(wide(made).withSessions(41)), "sessions 40", "41");
    CellParameters sameName =
        CELL.with(Battery.draw(Battery.Kind.ANY, 5.0, true, new java.util.Random(1)).common());
    assertRefused(
        () -> DataSet.prepare(DataRequest.of(made, sameName).withTruth(COARSE)), "lgm50", "V to a");
  }

  @Test
  void newerDamagedOrForeignManifestsAreRefused(@TempDir Path folder) throws IOException {
    copy(folder);
    edit(folder, tree -> tree.put("schemaVersion", 3).put("softwareVersion", "10.0"));
    assertRefused(() -> DataSet.prepare(wide(folder)), "schemaVersion 3", "allowed: 2");
    edit(folder, tree -> tree.put("schemaVersion", 2).put("sessions", 400));
    assertRefused(() -> DataSet.prepare(wide(folder)), "400");
    edit(folder, tree -> tree.put("format", "other"));
    assertRefused(() -> DataSet.prepare(wide(folder)), "manifest");
    Files.writeString(folder.resolve(DataManifest.FILE), "{\"format\": \"anodyne-tr");
    assertRefused(() -> DataSet.prepare(wide(folder)), "damaged");
  }
}
