package dev.anodyne.controller.lab.evaluation;

import dev.anodyne.controller.lab.evaluation.SessionTape.Truth;
import dev.anodyne.core.charging.CellEstimate;

/** Errors and interval of one quantity over a session. */
final class Accuracy {
  private final Quantity quantity;
  private int count;
  private double squares;
  private int stated;
  private int within;

  Accuracy(Quantity quantity) {
    this.quantity = quantity;
  }

  void add(Truth truth, CellEstimate e) {
    double error = quantity.belief(e) - quantity.truth(truth);
    if (Double.isNaN(error)) {
      return;
    }
    count++;
    squares += error * error;
    if (e.intervals().coverage() < 1) { // otherwise it says nothing: any value at all
      stated++;
      within += quantity.interval(e.intervals()).contains(quantity.truth(truth)) ? 1 : 0;
    }
  }

  /** NaN when nothing was compared. */
  double meanSquare() {
    return squares / count;
  }

  /** Samples with an interval. */
  int stated() {
    return stated;
  }

  /** Samples with the truth in it. */
  int within() {
    return within;
  }
}
