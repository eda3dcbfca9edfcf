package dev.anodyne.controller.lab.bench;

import dev.anodyne.controller.lab.InputException;
import dev.anodyne.hil.scenario.OpcUaRun;
import dev.anodyne.hil.scenario.ScenarioRun;
import dev.anodyne.hil.scenario.ScenarioSuite;
import dev.anodyne.hil.sut.NaiveCcCv;
import dev.anodyne.hil.sut.SutFactory;
import dev.anodyne.hil.sut.SutFile;
import dev.anodyne.hil.yaml.ScenarioException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The controllers that a SUT file can name. */
public final class Controllers {
  private static final List<String> IN_PROCESS = List.of("anodyne", "naive");
  private static final String NAIVE_C_RATE = "1.5";

  private Controllers() {}

  /**
   * A SUT file, or one of the controllers that need none.
   *
   * @throws InputException when it is neither
   */
  public static SutFile file(String nameOrFile) {
    if (IN_PROCESS.contains(nameOrFile)) {
      return SutFile.inProcess(nameOrFile);
    }
    Path path = Path.of(nameOrFile);
    if (!Files.isReadable(path)) {
      throw new InputException(
          "--sut: '"
              + nameOrFile
              + "' is not there; allowed: anodyne, naive, or an existing SUT file.");
    }
    try {
      return SutFile.read(path);
    } catch (ScenarioException e) {
      throw new InputException(String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * What lets a scenario happen with a controller.
   *
   * @param speed plant seconds a second; +∞ for lock-step
   */
  public static ScenarioSuite.Runner runner(SutFile sut, double speed) {
    if (sut.inProcess().isEmpty()) {
      return (scenario, progress) -> OpcUaRun.run(scenario, sut, speed, progress);
    }
    SutFactory factory = factory(sut);
    return (scenario, progress) -> ScenarioRun.run(scenario, sut.name(), factory, speed, progress);
  }

  private static SutFactory factory(SutFile sut) {
    return switch (sut.inProcess()) {
      case "anodyne" -> task -> BenchedController.of(task, sut.options());
      case "naive" -> {
        double rate = Double.parseDouble(sut.options().getOrDefault("cRate", NAIVE_C_RATE));
        yield task -> new NaiveCcCv(task, rate);
      }
      default ->
          throw new InputException(
              "--sut: inProcess: '"
                  + sut.inProcess()
                  + "' is not known; allowed: "
                  + String.join(", ", IN_PROCESS)
                  + ".");
    };
  }
}
