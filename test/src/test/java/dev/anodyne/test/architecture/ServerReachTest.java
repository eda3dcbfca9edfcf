package dev.anodyne.test.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The server's distribution has neither simulated batteries, nor the bench, nor Deeplearning4j: no
 * class that its commands can come to may need one of theirs. What only the bench's distribution
 * can do hangs on one class, {@code BenchCommands}, which is asked for only when the bench is
 * there.
 */
class ServerReachTest {
  private static final String MAIN = "dev.anodyne.controller.cli.Main";
  private static final String BENCH_COMMANDS = "dev.anodyne.controller.cli.BenchCommands";

  private final JavaClasses classes =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.anodyne");

  @Test
  void noCommandOfTheServerNeedsTheBench() {
    Map<String, String> reached = reachable(true);
    assertThat(reached)
        .containsKeys(
            "dev.anodyne.controller.app.AnodyneServer",
            "dev.anodyne.mpc.lp.OrTools",
            "dev.anodyne.opcua.client.OpcUaCharger");
    assertThat(reached.entrySet())
        .filteredOn(entry -> isOfTheBench(entry.getKey()))
        .as("classes that the server's distribution lacks, and who needs them")
        .isEmpty();
  }

  /** The search would find them: with the bench's commands it does. */
  @Test
  void theBenchsCommandsDo() {
    assertThat(reachable(false).keySet())
        .anyMatch(name -> name.startsWith("dev.anodyne.hil."))
        .anyMatch(name -> name.startsWith("dev.anodyne.plantsim."))
        .anyMatch(name -> name.startsWith("org.nd4j."));
  }

  private static boolean isOfTheBench(String name) {
    return name.startsWith("dev.anodyne.plantsim.")
        || name.startsWith("dev.anodyne.hil.")
        || name.startsWith("dev.anodyne.estimators.training.")
        || name.startsWith("org.nd4j.")
        || name.startsWith("org.deeplearning4j.")
        || name.startsWith("org.bytedeco.");
  }

  /** Every class that the command's entry can come to, with the class that leads there. */
  private Map<String, String> reachable(boolean ofServer) {
    Map<String, String> reached = new LinkedHashMap<>();
    Deque<JavaClass> open = new ArrayDeque<>();
    reached.put(MAIN, "");
    open.add(classes.get(MAIN));
    while (!open.isEmpty()) {
      JavaClass from = open.remove();
      for (Dependency dependency : from.getDirectDependenciesFromSelf()) {
        JavaClass to = dependency.getTargetClass().getBaseComponentType();
        boolean isCut = ofServer && to.getName().equals(BENCH_COMMANDS);
        if (!isCut && reached.putIfAbsent(to.getName(), from.getName()) == null) {
          if (classes.contain(to.getName())) {
            open.add(to);
          }
        }
      }
    }
    return reached;
  }
}
