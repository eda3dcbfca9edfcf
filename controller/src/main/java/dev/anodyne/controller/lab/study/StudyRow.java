package dev.anodyne.controller.lab.study;

import dev.anodyne.controller.lab.TraceRow;

/**
 * One charge: of whom, under which conditions, and what came of it.
 *
 * @param battery who was charged
 * @param charge under which conditions
 * @param number of the charge in the battery's life here, from 1
 * @param outcome its figures
 */
record StudyRow(StudyBattery battery, StudyCharge charge, int number, StudyOutcome outcome) {
  int sessions() {
    return outcome.sessions();
  }

  boolean reached() {
    return outcome.reached();
  }

  double minutes() {
    return outcome.minutes();
  }

  double lowestVolts() {
    return outcome.lowestVolts();
  }

  double exposureVoltSeconds() {
    return outcome.exposureVoltSeconds();
  }

  TraceRow lowest() {
    return outcome.lowest();
  }

  double gapVolts() {
    return outcome.gapVolts();
  }

  double rmseVolts() {
    return outcome.rmseVolts();
  }

  /** True when the anode was ever below 0 V. */
  boolean isPlated() {
    return exposureVoltSeconds() > 0;
  }
}
