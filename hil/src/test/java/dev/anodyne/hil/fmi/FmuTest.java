package dev.anodyne.hil.fmi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.anodyne.core.charging.ChargerFault;
import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.Quality;
import dev.anodyne.hil.bench.PlantForm;
import dev.anodyne.opcua.model.ChargerImage;
import dev.anodyne.plantsim.PlantConfig;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Units that are compiled here from the tests' own C, for both versions of the interface. */
class FmuTest {
  private static final FmuMapping MAPPING =
      new FmuMapping("I", 1, "V", "", "", "T", 273.15, Map.of("R", 0.04));

  @TempDir private Path folder;

  @BeforeEach
  void compiler() {
    assumeThat(StubFmu.hasCompiler()).as("a C compiler is installed").isTrue();
  }

  private static PlantConfig config() {
    return PlantForm.of(Path.of("x"), Map.of("layout", "1s1p"));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void aUnitStepsSavesAndGoesBack(int version) throws Exception {
    try (Fmu fmu = Fmu.load(StubFmu.make(folder, version))) {
      assertThat(fmu.fmiVersion()).isEqualTo(version);
      assertThat(fmu.unit("T")).isEqualTo("degC");
      fmu.parameter("Q", 10);
      fmu.start();
      int[] in = {fmu.input("I")};
      int[] out = {fmu.output("soc"), fmu.output("V")};
      double[] values = new double[2];
      fmu.set(in, new double[] {5});
      for (int i = 0; i < 360; i++) {
        fmu.step(1);
      }
      fmu.get(out, values);
      // 5 A for a tenth of an hour into 10 A·h.
      assertThat(values[0]).isCloseTo(0.25, within(1e-12));
      assertThat(values[1]).isCloseTo(3.4 + 0.8 * 0.25 + 0.05 * 5, within(1e-12));
      fmu.save();
      fmu.step(100);
      fmu.restore();
      assertThat(fmu.timeSeconds()).isEqualTo(360);
      fmu.step(1);
      fmu.get(out, values);
      assertThat(values[0]).isCloseTo(0.25 + 5.0 / 36_000, within(1e-12));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void aUnitChargesBehindTheBenchsCharger(int version) throws Exception {
    try (FmuBattery battery =
        new FmuBattery(Fmu.load(StubFmu.make(folder, version)), MAPPING, config())) {
      long now = 0;
      for (int i = 0; i < 600; i++) {
        battery.step(0.5, new CurrentCommand(5, 4.2, now + 2_000_000_000L), now);
        now += 500_000_000L;
      }
      ChargerImage image = battery.image(now);
      assertThat(image.measurement().quality()).isEqualTo(Quality.GOOD);
      assertThat(image.measurement().chargeCurrentAmps()).isCloseTo(5, within(0.01));
      double soc = 0.2 + 5.0 * 300 / 3600 / 5;
      // The ramp of the first second is missing.
      assertThat(image.measurement().voltageVolts())
          .isCloseTo(3.4 + 0.8 * soc + 0.04 * 5, within(0.002));
      assertThat(image.measurement().surfaceTemperatureKelvin()).isBetween(298.2, 301.0);
      // No command any more: what was given expires, and the current is zero a second later.
      for (int i = 0; i < 8; i++) {
        battery.step(0.5, CurrentCommand.zero(0), now);
        now += 500_000_000L;
      }
      assertThat(battery.image(now).measurement().chargeCurrentAmps()).isZero();
    }
  }

  @Test
  void theVoltageCeilingIsHeld() throws Exception {
    try (FmuBattery battery =
        new FmuBattery(Fmu.load(StubFmu.make(folder, 2)), MAPPING, config())) {
      double highest = 0;
      long now = 0;
      for (int i = 0; i < 4000; i++) {
        battery.step(0.5, new CurrentCommand(10, 3.9, now + 2_000_000_000L), now);
        now += 500_000_000L;
        highest = Math.max(highest, battery.image(now).measurement().voltageVolts());
      }
      // 0.2 mV is what half a second of charge adds before the regulator sees it.
      assertThat(highest).isLessThan(3.9 + 2e-4);
      assertThat(battery.image(now).measurement().voltageVolts()).isGreaterThan(3.89);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void aUnitThatFailsIsAFaultAndNothingFlows(int version) throws Exception {
    FmuMapping failing = new FmuMapping("I", 1, "V", "", "", "T", 273.15, Map.of("failAt", 10.0));
    try (FmuBattery battery =
        new FmuBattery(Fmu.load(StubFmu.make(folder, version)), failing, config())) {
      long now = 0;
      for (int i = 0; i < 40; i++) {
        battery.step(0.5, new CurrentCommand(5, 4.2, now + 2_000_000_000L), now);
        now += 500_000_000L;
      }
      assertThat(battery.hasFailed()).isTrue();
      assertThat(battery.image(now).faults()).containsExactly(ChargerFault.VENDOR_ERROR);
      assertThat(battery.image(now).measurement().quality()).isEqualTo(Quality.BAD);
    }
  }

  @Test
  void whatCannotBeUsedIsSaidInALine() throws Exception {
    Path good = StubFmu.make(folder, 2);
    try (Fmu fmu = Fmu.load(good)) {
      assertThatThrownBy(() -> fmu.output("Voltage"))
          .isInstanceOf(FmiException.class)
          .hasMessageContaining("'Voltage' is no real output; allowed: ")
          .hasMessageContaining("soc");
      assertThatThrownBy(() -> fmu.input("V")).hasMessageContaining("'V' is no real input");
    }
    Path other = StubFmu.make(folder, 2, "{another}");
    assertThatThrownBy(() -> Fmu.load(other)).hasMessageContaining("Maybe its GUID");
    Path text = Files.writeString(folder.resolve("text.fmu"), "no zip");
    assertThatThrownBy(() -> Fmu.load(text)).isInstanceOf(FmiException.class);
    assertThatThrownBy(() -> Fmu.load(zip("../../out.txt", "x")))
        .hasMessageContaining("entry '../../out.txt' is not possible");
    assertThatThrownBy(() -> Fmu.load(zip("modelDescription.xml", "<x/>")))
        .hasMessageContaining("no model description of FMI 2 or 3");
    assertThatThrownBy(
            () ->
                Fmu.load(
                    zip(
                        "modelDescription.xml",
                        "<fmiModelDescription fmiVersion=\"2.0\" modelName=\"m\" guid=\"g\">"
                            + "<CoSimulation modelIdentifier=\"m\"/></fmiModelDescription>")))
        .hasMessageContaining("binaries/linux64/m.so")
        .hasMessageContaining("Maybe it was exported for another platform");
  }

  @Test
  void aFileNamesTheVariables() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("unit.yaml"),
            """
            file: battery2.fmu
            current: I
            currentSign: discharge
            voltage: V
            temperature: T
            temperatureUnit: degC
            parameters: {R: 0.03}
            """);
    FmuFile read = FmuFile.read(file);
    assertThat(read.unit()).isEqualTo(folder.resolve("battery2.fmu"));
    assertThat(read.mapping().currentSign()).isEqualTo(-1);
    assertThat(read.mapping().temperatureOffset()).isEqualTo(273.15);
    assertThat(read.mapping().parameters()).containsEntry("R", 0.03);
    Files.writeString(file, "file: x.fmu\ncurrent: I\nvolts: V\n");
    assertThatThrownBy(() -> FmuFile.read(file))
        .hasMessageContaining("line 3")
        .hasMessageContaining("'volts'");
  }

  private Path zip(String name, String text) throws IOException {
    Path file = Files.createTempFile(folder, "bad", ".fmu");
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry(name));
      zip.write(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
      zip.closeEntry();
    }
    return file;
  }
}
