package dev.anodyne.plantsim.charger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anodyne.core.charging.ChargerFault;
import org.junit.jupiter.api.Test;

class ContactorsTest {
  private static final double DT = 0.01;
  private static final double VOLTS = 400;

  private static double run(Contactors contactors, boolean wanted, double seconds) {
    double closedAt = Double.NaN;
    for (int i = 0; i * DT < seconds; i++) {
      contactors.step(wanted, VOLTS, DT);
      if (contactors.isClosed() && Double.isNaN(closedAt)) {
        closedAt = (i + 1) * DT;
      }
    }
    return closedAt;
  }

  @Test
  void closeAfterPrechargeAndClosingTime() {
    Contactors contactors = new Contactors(ContactorSettings.USUAL);
    // ln(20)·100 Ω·1 mF = 0.2996 s to 95 %, then 50 ms; both in whole steps of 10 ms.
    assertThat(run(contactors, true, 1)).isBetween(0.33, 0.37);
    assertThat(contactors.linkVolts()).isEqualTo(VOLTS);
    assertThat(contactors.found()).isNull();
    contactors.step(false, VOLTS, DT);
    assertThat(contactors.isClosed()).isFalse();
  }

  @Test
  void closeAtOnceUnlessTheyAreBuiltOtherwise() {
    Contactors contactors = new Contactors(ContactorSettings.IMMEDIATE);
    contactors.step(true, VOLTS, DT);
    assertThat(contactors.isClosed()).isTrue();
  }

  @Test
  void weldedOnesStayClosedAndAreFound() {
    Contactors contactors = new Contactors(ContactorSettings.IMMEDIATE);
    run(contactors, true, 1);
    contactors.setDefect(Contactors.Defect.WELDED);
    run(contactors, false, 0.4);
    assertThat(contactors.isClosed()).isTrue();
    assertThat(contactors.found()).as("before the diagnosis' half second").isNull();
    run(contactors, false, 0.2);
    assertThat(contactors.found()).isEqualTo(ChargerFault.CONTACTOR_WELDED);
  }

  @Test
  void stuckOpenOnesAreFoundAndStayFoundUntilReset() {
    Contactors contactors = new Contactors(ContactorSettings.IMMEDIATE);
    run(contactors, true, 1);
    contactors.setDefect(Contactors.Defect.STUCK_OPEN);
    run(contactors, true, 1);
    assertThat(contactors.isClosed()).isFalse();
    assertThat(contactors.found()).isEqualTo(ChargerFault.CONTACTOR_FAILED_TO_CLOSE);
    contactors.setDefect(Contactors.Defect.NONE);
    run(contactors, true, 1);
    assertThat(contactors.isClosed()).isFalse();
    contactors.reset();
    assertThat(run(contactors, true, 0.1)).isEqualTo(DT);
  }

  @Test
  void burntPrechargeResistorTimesOut() {
    Contactors contactors = new Contactors(ContactorSettings.USUAL);
    contactors.setPrechargeFactor(1000);
    run(contactors, true, 6.9);
    assertThat(contactors.found()).isNull();
    run(contactors, true, 0.2);
    assertThat(contactors.found()).isEqualTo(ChargerFault.PRECHARGE_TIMEOUT);
    assertThat(contactors.isClosed()).isFalse();
  }

  @Test
  void invertedFeedbackIsFound() {
    Contactors contactors = new Contactors(ContactorSettings.IMMEDIATE);
    run(contactors, true, 1);
    contactors.setFeedbackInverted(true);
    run(contactors, true, 1);
    assertThat(contactors.found()).isEqualTo(ChargerFault.CONTACTOR_FAILED_TO_CLOSE);
  }

  @Test
  void insulationBelowTheLimitIsFoundAfterTheMonitorsTime() {
    Insulation insulation = new Insulation();
    insulation.setLeakOhms(101 * VOLTS);
    for (int i = 0; i < 300; i++) {
      insulation.step(VOLTS, DT);
    }
    assertThat(insulation.found()).as("101 Ω/V with 5 MΩ in parallel are 100.2 Ω/V").isNull();
    insulation.setLeakOhms(99 * VOLTS);
    for (int i = 0; i < 99; i++) {
      insulation.step(VOLTS, DT);
    }
    assertThat(insulation.found()).isNull();
    for (int i = 0; i < 3; i++) {
      insulation.step(VOLTS, DT);
    }
    assertThat(insulation.found()).isEqualTo(ChargerFault.ISOLATION_FAULT);
    insulation.setLeakOhms(Double.POSITIVE_INFINITY);
    insulation.step(VOLTS, DT);
    assertThat(insulation.found()).as("stays").isNotNull();
    insulation.reset();
    assertThat(insulation.found()).isNull();
  }
}
