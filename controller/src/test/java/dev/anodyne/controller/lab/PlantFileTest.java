package dev.anodyne.controller.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.cell.CellVariation;
import dev.anodyne.core.charging.PackLayout;
import dev.anodyne.plantsim.PlantConfig;
import dev.anodyne.plantsim.pack.AgeingSpread;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a plant file's keys do to the plant. */
class PlantFileTest {
  private static final CellParameters CELL = CellParameters.load("lgm50").withHeatTransfer(40);

  @Test
  void mismatchInAFileIsThePlantOfThatName() {
    assertThat(plant(Map.of("mismatch", 0.2), 3).common())
        .isEqualTo(PlantChoice.of("mismatch", setup(3)).common());
    assertThat(PlantChoice.of("mismatch:0.5", setup(3)).common())
        .isEqualTo(plant(Map.of("mismatch", 0.5), 3).common())
        .isNotEqualTo(PlantChoice.of("mismatch", setup(3)).common());
  }

  @Test
  void agedCellHasTheCapacityAndResistanceThatWereAskedFor() {
    PlantConfig aged = plant(Map.of("aged", Map.of("capacity", 0.9, "resistance", 1.3)), 1);

    AgeingSpread losses = aged.build().ageing();
    CellVariation lost =
        new CellVariation(1, 0, 1, 1, 1, 1, 1, 1, losses.lossOfLithium().mean(), 0, 0, 1);
    // The search ends at 1e-8 of the inventory.
    assertThat(CELL.with(lost).capacityAmpHours() / CELL.capacityAmpHours())
        .isCloseTo(0.9, within(1e-6));
    // A 10 s pulse of the fresh cell at half charge and 25 °C is between 20 and 40 mΩ: 30 % of it.
    assertThat(losses.resistanceOhm().mean()).isBetween(0.3 * 0.020, 0.3 * 0.040);
  }

  @Test
  void rangesAreDrawnFromTheSeedAndStayInside() {
    Map<String, Object> keys =
        Map.of(
            "aged",
            Map.of("anodeDiffusivity", List.of(0.7, 1.0)),
            "sensors",
            Map.of("voltageBiasVolts", List.of(-0.005, 0.005)));
    List<PlantConfig> drawn = List.of(plant(keys, 1), plant(keys, 2), plant(keys, 1));

    assertThat(drawn.get(0).common()).isEqualTo(drawn.get(2).common());
    assertThat(drawn.get(0).common()).isNotEqualTo(drawn.get(1).common());
    assertThat(drawn.get(0).sensors()).isEqualTo(drawn.get(2).sensors());
    assertThat(drawn.get(0).sensors()).isNotEqualTo(drawn.get(1).sensors());
    assertThat(drawn)
        .allSatisfy(
            p -> {
              assertThat(p.common().anodeDiffusivityFactor()).isBetween(0.7, 1.0);
              assertThat(p.sensors().voltage().bias()).isBetween(-0.005, 0.005);
              // What is not given stays: standard noise.
              assertThat(p.sensors().voltage().noise()).isEqualTo(1e-3);
            });
  }

  @Test
  void aWrongKeyOrValueIsNamedWithItsPlace() {
    assertThatThrownBy(() -> plant(Map.of("agedd", Map.of()), 1))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("unknown key 'agedd'; allowed:")
        .hasMessageContaining("aged");
    assertThatThrownBy(() -> plant(Map.of("aged", Map.of("capacity", 1.5)), 1))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("capacity: 1.5 is not allowed; allowed: 0.4 to 1.0.");
    assertThatThrownBy(() -> plant(Map.of("sensors", Map.of("voltageBiasVolts", "low")), 1))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("allowed: a number, or [low, high]");
  }

  private static PlantConfig plant(Map<String, Object> keys, long seed) {
    return PlantChoice.of(Map.copyOf(keys), "test", setup(seed));
  }

  private static ChargeSetup setup(long seed) {
    return new ChargeSetup(
        CELL,
        PackLayout.SINGLE_CELL,
        "mpc",
        "physics",
        0.1,
        0.8,
        298.15,
        40,
        4.2,
        318.15,
        3,
        10,
        seed);
  }
}
