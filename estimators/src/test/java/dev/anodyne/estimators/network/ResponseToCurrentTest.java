package dev.anodyne.estimators.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ResponseToCurrentTest {

  @Test
  void findsTheResistanceOfAResistorWhosePotentialDrifts() {
    ResponseToCurrent response = new ResponseToCurrent(10);
    double found = 0.0;
    for (int second = 0; second < 900; second++) {
      double rate = second / 30 % 2 == 0 ? 1.0 : 2.0;
      found = response.update(3.7 + 1e-4 * second + 0.12 * rate, rate, 1.0);
    }
    // The drift of 0.1 mV/s does not follow the current; what fades the slope is below 1 %.
    assertThat(found).isCloseTo(0.12, within(0.002));
  }

  @Test
  void saysNothingAtConstantCurrentAndAfterARestart() {
    ResponseToCurrent response = new ResponseToCurrent(60);
    double found = 0.0;
    for (int second = 0; second < 600; second++) {
      found = response.update(3.7 + 2e-4 * second, 1.0, 1.0);
    }
    assertThat(found).isZero();
    response.update(3.9, 2.0, 1.0);
    response.reset();
    assertThat(response.update(4.0, 3.0, 1.0)).isZero();
  }
}
