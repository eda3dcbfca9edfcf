package dev.anodyne.estimators.training;

import java.nio.file.Path;

/** Generates the small data set of {@link DataSetTest} in a process of its own, to be killed. */
final class GenerateMain {
  private GenerateMain() {}

  public static void main(String[] args) {
    var unused = DataSet.prepare(DataSetTest.wide(Path.of(args[0])).withWorkers(2));
  }
}
