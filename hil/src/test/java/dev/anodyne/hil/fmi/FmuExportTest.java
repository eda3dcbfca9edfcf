package dev.anodyne.hil.fmi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.hil.bench.PlantForm;
import dev.anodyne.hil.bench.SimulatedPack;
import dev.anodyne.hil.channel.Channels;
import dev.anodyne.plantsim.PlantConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The plant as a unit, used through the bench's own importer. */
class FmuExportTest {
  private static final List<String> WATCHED =
      List.of(
          "pack.current",
          "pack.voltage",
          "pack.minAnodePotential",
          "pack.cell[1].soc",
          "sensor.voltage",
          "pack.maxTemperature");

  @TempDir private Path folder;
  private final PlantConfig plant =
      PlantForm.of(Path.of("x"), Map.of("layout", "2s1p", "initialSoc", 0.3));

  @BeforeEach
  void compiler() {
    assumeThat(StubFmu.hasCompiler()).as("a C compiler is installed").isTrue();
  }

  @Test
  void theUnitIsThePlantBitForBit() throws Exception {
    Path file = folder.resolve("plant.fmu");
    try (FmuServer server = FmuServer.start(plant, 0)) {
      FmuExport.write(file, plant, "127.0.0.1", server.port());
      try (Fmu unit = Fmu.load(file);
          Fmu other = Fmu.load(file)) {
        SimulatedPack pack = new SimulatedPack(plant);
        pack.image(0);
        Channels channels = pack.channels();
        unit.start();
        other.start();
        int[] inputs = {unit.input("command.current"), unit.input("command.voltageCeiling")};
        int[] outputs = WATCHED.stream().mapToInt(unit::output).toArray();
        double[] seen = new double[outputs.length];
        long now = 0;
        for (int i = 0; i < 60; i++) {
          double[] command = {i < 30 ? 8 : 3, 8.4};
          unit.set(inputs, command);
          channels.named("command.current").force(command[0]);
          channels.named("command.voltageCeiling").force(command[1]);
          unit.step(1);
          pack.step(1, CurrentCommand.zero(now), now);
          now += 1_000_000_000L;
          pack.image(now);
          unit.get(outputs, seen);
          for (int j = 0; j < seen.length; j++) {
            assertThat(seen[j]).as(WATCHED.get(j)).isEqualTo(channels.read(outputs[j]));
          }
        }
        assertThat(seen[0]).isGreaterThan(2.9); // it does charge
        other.step(1);
        other.get(outputs, seen);
        assertThat(seen[0]).as("another unit's plant").isZero();
        assertThat(unit.unit("pack.minAnodePotential")).isEqualTo("V");
      }
    }
  }

  @Test
  void aUnitWithoutItsBenchOrOfAnotherPlantIsRefused() throws Exception {
    Path file = folder.resolve("plant.fmu");
    PlantConfig larger = PlantForm.of(Path.of("x"), Map.of("layout", "3s1p"));
    int port;
    try (FmuServer server = FmuServer.start(larger, 0)) {
      port = server.port();
      FmuExport.write(file, plant, "127.0.0.1", port);
      assertThatThrownBy(() -> Fmu.load(file)).hasMessageContaining("fmi2Instantiate refused");
    }
    assertThatThrownBy(() -> Fmu.load(file)).hasMessageContaining("fmi2Instantiate refused");
  }
}
