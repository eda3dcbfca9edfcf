package dev.anodyne.estimators.training;

import org.nd4j.linalg.factory.Nd4j;

/**
 * One thread for the native arithmetic: these networks are so small that several only wait for each
 * other (5 to 15 times slower on a busy machine), and one thread adds up in one order, so results
 * repeat.
 */
final class Nd4jSetup {
  private static boolean done;

  private Nd4jSetup() {}

  static synchronized void prepare() {
    if (!done) {
      // OMP_NUM_THREADS=1 in the environment does the same before the library loads.
      Nd4j.getEnvironment().setMaxThreads(1);
      Nd4j.getEnvironment().setMaxMasterThreads(1);
      done = true;
    }
  }
}
