package dev.anodyne.core.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Cells that hold more than their set says. */
class NegativeLossTest {
  private static CellParameters losing(double lithium, double anode, double cathode) {
    return CellParameters.load("lgm50")
        .with(new CellVariation(1, 0, 1, 1, 1, 1, 1, 1, lithium, anode, cathode, 1));
  }

  @Test
  void moreOfEverythingIsMoreCapacity() {
    CellParameters nominal = CellParameters.load("lgm50");
    CellParameters more = losing(0, -0.05, -0.05);
    // Material comes with the lithium that it holds, so the cell is the nominal one, 5 % larger.
    assertThat(more.capacityAmpHours() / nominal.capacityAmpHours()).isCloseTo(1.05, within(1e-9));
    assertThat(more.anodeStoichiometry(0.5))
        .isCloseTo(nominal.anodeStoichiometry(0.5), within(1e-9));
  }

  @Test
  void moreThanAFifthIsRefused() {
    assertThatThrownBy(() -> losing(0, -0.21, 0))
        .isInstanceOf(BadCellException.class)
        .hasMessageContaining("lossOfAnodeMaterial")
        .hasMessageContaining("-0.21")
        .hasMessageContaining("-0.2");
  }
}
