package dev.anodyne.hil.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import blue.strategic.parquet.ParquetReader;
import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.PackLayout;
import dev.anodyne.hil.bench.SimulatedPack;
import dev.anodyne.hil.channel.Channels;
import dev.anodyne.plantsim.PlantConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecorderTest {
  private static final List<String> PATTERNS =
      List.of("pack.voltage", "pack.cell[*].anodePotential", "sensor.*Temperature");

  @TempDir private Path directory;

  /** A minute at 1C, sampled every half second; returns the rows as they were. */
  private static List<double[]> charge(SimulatedPack pack, Recorder recorder) {
    Channels channels = pack.channels();
    int[] which = Recorder.select(channels, PATTERNS);
    List<double[]> rows = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      long nanos = i * 500_000_000L;
      pack.step(0.5, new CurrentCommand(5, 9, nanos + 1_000_000_000L), nanos);
      pack.image(nanos + 500_000_000L);
      recorder.sample();
      double[] row = new double[which.length];
      channels.readAll(which, row);
      rows.add(row);
    }
    return rows;
  }

  private static SimulatedPack pack() {
    return new SimulatedPack(PlantConfig.of(CellParameters.load("lgm50"), new PackLayout(2, 1)));
  }

  private List<double[]> record(Path file) throws IOException {
    SimulatedPack pack = pack();
    try (Recorder recorder =
        Recorder.start(file, pack.channels(), PATTERNS, Recorder.WhenFull.WAIT)) {
      List<double[]> rows = charge(pack, recorder);
      assertThat(recorder.lost()).isZero();
      return rows;
    }
  }

  @Test
  void mdfHoldsEveryValueWithItsUnit() throws Exception {
    Path file = directory.resolve("run.mf4");
    List<double[]> rows = record(file);
    MdfFile read = new MdfFile(file);
    assertThat(read.channels.stream().map(MdfFile.Channel::name))
        .containsExactly(
            "time",
            "pack.voltage",
            "pack.cell[0].anodePotential",
            "pack.cell[1].anodePotential",
            "sensor.minTemperature",
            "sensor.maxTemperature");
    assertThat(read.channels.stream().map(MdfFile.Channel::unit))
        .containsExactly("s", "V", "V", "V", "K", "K");
    assertThat(read.channels.get(2).comment()).contains("φ_s");
    assertThat(read.channels.stream().map(MdfFile.Channel::type)).startsWith(2).endsWith(0);
    assertThat(read.cycles).isEqualTo(rows.size());
    for (int row = 0; row < rows.size(); row++) {
      for (int i = 0; i < read.channels.size(); i++) {
        assertThat(read.value(row, i)).isEqualTo(rows.get(row)[i]);
        assertThat(read.channels.get(i).dataType()).as("IEEE 754, little endian").isEqualTo(4);
        assertThat(read.channels.get(i).bits()).isEqualTo(64);
      }
    }
  }

  @Test
  void mdfIsCompleteAfterEveryFlushWithoutBeingClosed() throws Exception {
    Path file = directory.resolve("killed.mf4");
    List<RecordedColumn> columns = List.of(RecordedColumn.TIME, new RecordedColumn("x", "1", ""));
    MdfWriter writer = new MdfWriter(file, columns, 1_700_000_000_000L);
    for (int i = 0; i < 1000; i++) {
      writer.write(new double[] {i, 2 * i});
    }
    writer.flush();
    writer.write(new double[] {1000, 2000}); // lost with the process
    MdfFile read = new MdfFile(file);
    assertThat(read.cycles).isEqualTo(1000);
    assertThat(read.value(999, 1)).isEqualTo(1998);
    assertThat(read.startNanos).isEqualTo(1_700_000_000_000_000_000L);
    assertThat(read.channels.get(1).unit()).isEmpty();
    writer.close();
    assertThat(new MdfFile(file).cycles).isEqualTo(1001);
  }

  @Test
  void csvReadsBackBitForBit() throws Exception {
    Path file = directory.resolve("run.csv");
    List<double[]> rows = record(file);
    List<String> lines = Files.readAllLines(file);
    assertThat(lines.get(0))
        .startsWith("time [s],pack.voltage [V],pack.cell[0].anodePotential [V]");
    assertThat(lines).hasSize(rows.size() + 1);
    for (int i = 0; i < rows.size(); i++) {
      double[] read =
          Arrays.stream(lines.get(i + 1).split(",")).mapToDouble(Double::parseDouble).toArray();
      assertThat(read).isEqualTo(rows.get(i));
    }
  }

  @Test
  void parquetHoldsEveryRowOnceItIsClosed() throws Exception {
    Path file = directory.resolve("run.parquet");
    List<double[]> rows = record(file);
    assertThat(directory.resolve("run.parquet.part")).doesNotExist();
    try (var read = ParquetReader.streamContentToStrings(file.toFile())) {
      List<String[]> found = read.toList();
      assertThat(found).hasSize(rows.size());
      assertThat(found.get(7)[1]).isEqualTo("pack.voltage [V]=" + rows.get(7)[1]);
    }
  }

  @Test
  void recordingDoesNotChangeTheRun() throws Exception {
    List<double[]> first = record(directory.resolve("a.csv"));
    List<double[]> second = record(directory.resolve("b.mf4"));
    for (int i = 0; i < first.size(); i++) {
      assertThat(second.get(i)).as("row %d", i).isEqualTo(first.get(i));
    }
  }

  @Test
  void saysWhatIsAllowed() {
    Channels channels = pack().channels();
    assertThatThrownBy(
            () ->
                Recorder.start(
                    directory.resolve("run.xls"), channels, List.of(), Recorder.WhenFull.WAIT))
        .hasMessageContaining("must end with .mf4, .parquet or .csv");
    assertThatThrownBy(() -> Recorder.select(channels, List.of("pack.cel[*].soc")))
        .hasMessageContaining("No channel fits 'pack.cel[*].soc'");
    assertThat(Recorder.select(channels, List.of())).hasSize(channels.count());
  }
}
