package dev.anodyne.mpc.optimum;

import java.util.Arrays;

/**
 * Times at which the current of a charge may change: at first every period, where the current falls
 * fast, then in growing steps up to a longest one. All are whole multiples of the period, so that a
 * controller can play the current back. Immutable.
 */
final class ChargeMesh {
  private static final double GROWTH = 1.08;

  private final double[] seconds;
  private final double[] startSeconds;

  private ChargeMesh(double[] seconds) {
    this.seconds = seconds;
    startSeconds = new double[seconds.length + 1];
    for (int j = 0; j < seconds.length; j++) {
      startSeconds[j + 1] = startSeconds[j] + seconds[j];
    }
  }

  /** A mesh that ends at or after a time. */
  static ChargeMesh until(double endSeconds, double periodSeconds, double longestSeconds) {
    double[] lengths = new double[16];
    int count = 0;
    for (double end = 0.0; end < endSeconds; count++) {
      double wanted = Math.min(longestSeconds, periodSeconds * Math.pow(GROWTH, count));
      if (count == lengths.length) {
        lengths = Arrays.copyOf(lengths, 2 * count);
      }
      lengths[count] = periodSeconds * Math.max(1, Math.floor(wanted / periodSeconds + 1e-9));
      end += lengths[count];
    }
    return new ChargeMesh(Arrays.copyOf(lengths, count));
  }

  /** The same mesh without the moves that begin at or after a time. */
  ChargeMesh upTo(double endSeconds) {
    int keep = 1;
    while (keep < seconds.length && startSeconds[keep] < endSeconds) {
      keep++;
    }
    return keep == seconds.length ? this : new ChargeMesh(Arrays.copyOf(seconds, keep));
  }

  /** Number of moves, pieces of constant current. */
  int moves() {
    return seconds.length;
  }

  /** Length of every move, s. Not copied: do not change. */
  double[] seconds() {
    return seconds;
  }

  /** Begin of a move, s from the start of the charge; of move {@code moves()}: the end. */
  double startSeconds(int move) {
    return startSeconds[move];
  }

  double endSeconds() {
    return startSeconds[seconds.length];
  }

  /** The means over this mesh's moves of a current given on another; its last value goes on. */
  double[] resample(ChargeMesh from, double[] amps) {
    double[] means = new double[seconds.length];
    int i = 0;
    for (int j = 0; j < means.length; j++) {
      double at = startSeconds[j];
      double charge = 0.0;
      while (at < startSeconds[j + 1]) {
        while (i < from.moves() - 1 && from.startSeconds[i + 1] <= at) {
          i++;
        }
        double pieceEnd =
            i == from.moves() - 1 ? Double.POSITIVE_INFINITY : from.startSeconds[i + 1];
        double end = Math.min(startSeconds[j + 1], pieceEnd);
        charge += amps[i] * (end - at);
        at = end;
      }
      means[j] = charge / seconds[j];
    }
    return means;
  }
}
