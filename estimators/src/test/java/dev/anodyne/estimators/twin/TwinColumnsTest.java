package dev.anodyne.estimators.twin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TwinColumnsTest {
  @Test
  void everyNumberOfTheTwinIsAColumnOfItsOwn() {
    assertThat(TwinColumns.titles())
        .doesNotHaveDuplicates()
        .hasSize(TwinColumns.count())
        .contains(
            "Twin innovationVolts",
            "Twin started",
            "Twin model anodePotentialVolts",
            "Twin model cathodeStoichiometry");
  }

  @Test
  void whatIsWrittenComesBack() {
    float[] values = new float[TwinColumns.count() + 2];
    for (int i = 0; i < values.length; i++) {
      values[i] = i + 1;
    }
    TwinSignals signals = new TwinSignals();
    TwinColumns.write(values, 2, signals);
    assertThat(signals.started).isTrue();
    assertThat(signals.model.voltageVolts)
        .isEqualTo(3 + TwinColumns.titles().indexOf("Twin model voltageVolts"));
    double[] back = new double[values.length];
    TwinColumns.read(signals, back, 2);
    for (int i = 0; i < TwinColumns.count(); i++) {
      boolean flag = back[i + 2] == 1; // Whatever is not 0 is true.
      assertThat(flag || back[i + 2] == values[i + 2]).as(TwinColumns.titles().get(i)).isTrue();
    }
  }
}
