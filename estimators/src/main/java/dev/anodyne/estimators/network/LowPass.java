package dev.anodyne.estimators.network;

/** First-order low-pass filter for samples at uneven distance. */
final class LowPass {
  private final double seconds;
  private double value;
  private boolean empty = true;

  LowPass(double seconds) {
    this.seconds = seconds;
  }

  void reset() {
    empty = true;
  }

  double update(double input, double stepSeconds) {
    if (empty) {
      value = input;
      empty = false;
    } else {
      value += (1.0 - Math.exp(-stepSeconds / seconds)) * (input - value);
    }
    return value;
  }
}
