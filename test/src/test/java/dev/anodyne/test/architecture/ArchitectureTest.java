package dev.anodyne.test.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The arrows of the design. Maven enforces those between modules, this test those it cannot. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.anodyne");

  /** A rule over no classes passes silently: every module must have been seen. */
  @ParameterizedTest
  @ValueSource(strings = {"core", "plantsim", "estimators", "mpc", "opcua", "hil", "controller"})
  void theRulesSeeClassesOfEveryModule(String module) {
    long seen =
        CLASSES.stream()
            .filter(c -> c.getPackageName().startsWith("dev.anodyne." + module))
            .filter(c -> !c.getSimpleName().equals("package-info"))
            .count();
    assertThat(seen).as("classes seen in %s", module).isGreaterThanOrEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({
    "core, plantsim",
    "core, estimators",
    "core, mpc",
    "core, opcua",
    "core, hil",
    "core, controller",
    "plantsim, controller",
    "plantsim, estimators",
    "plantsim, mpc",
    "plantsim, opcua",
    "plantsim, hil",
    "estimators, plantsim",
    "estimators, mpc",
    "estimators, opcua",
    "estimators, hil",
    "estimators, controller",
    "mpc, plantsim",
    "mpc, estimators",
    "mpc, opcua",
    "mpc, hil",
    "mpc, controller",
    "opcua, plantsim",
    "opcua, estimators",
    "opcua, mpc",
    "opcua, hil",
    "opcua, controller",
    "hil, controller",
    "hil, mpc",
    "hil, estimators"
  })
  void modulesKeepTheArrows(String from, String to) {
    noClasses()
        .that()
        .resideInAPackage("dev.anodyne." + from + "..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.anodyne." + to + "..")
        .because("the design has no arrow from " + from + " to " + to)
        .check(CLASSES);
  }

  /** Truth and belief never mix: only the command and the lab may touch the simulator. */
  @Test
  void theServerCannotSeeTheTruth() {
    noClasses()
        .that()
        .resideInAPackage("dev.anodyne.controller..")
        .and()
        .resideOutsideOfPackages("dev.anodyne.controller.cli..", "dev.anodyne.controller.lab..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.anodyne.plantsim..", "dev.anodyne.hil..", "dev.anodyne.estimators.training..")
        .check(CLASSES);
  }

  @Test
  void theServerDoesNotDependOnTheCommandOrTheLab() {
    noClasses()
        .that()
        .resideInAPackage("dev.anodyne.controller..")
        .and()
        .resideOutsideOfPackages("dev.anodyne.controller.cli..", "dev.anodyne.controller.lab..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.anodyne.controller.cli..", "dev.anodyne.controller.lab..")
        .check(CLASSES);
  }

  @ParameterizedTest
  @CsvSource({
    "dev.anodyne.core.., io.vertx..",
    "dev.anodyne.core.., org.eclipse.milo..",
    "dev.anodyne.core.., com.google.ortools..",
    "dev.anodyne.core.., org.nd4j..",
    "dev.anodyne.core.., org.deeplearning4j..",
    "dev.anodyne.plantsim.., io.vertx..",
    "dev.anodyne.hil.., io.vertx..",
    "dev.anodyne.mpc.., io.vertx..",
    "dev.anodyne.estimators.., io.vertx..",
    "dev.anodyne.opcua.., io.vertx..",
    "dev.anodyne.controller.session.., org.eclipse.milo..",
    "dev.anodyne.controller.safety.., io.vertx..",
    "dev.anodyne.controller.safety.., dev.anodyne.mpc..",
    "dev.anodyne.controller.safety.., dev.anodyne.estimators..",
    "dev.anodyne.mpc.baseline.., com.google.ortools..",
    "dev.anodyne.mpc.prediction.., com.google.ortools..",
  })
  void librariesStayWhereTheyBelong(String from, String to) {
    noClasses()
        .that()
        .resideInAPackage(from)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(to)
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  /** The server runs without Deeplearning4j: only training may use it. */
  @Test
  void onlyTrainingUsesDeeplearning4j() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.anodyne.estimators.training..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.nd4j..", "org.deeplearning4j..")
        .check(CLASSES);
  }

  /** The loop is plain Java: Vert.x only calls it. */
  @Test
  void theLoopIsPlainJava() {
    noClasses()
        .that()
        .haveSimpleName("ChargeLoop")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.vertx..")
        .check(CLASSES);
    assertThat(CLASSES.stream().map(c -> c.getSimpleName()).toList()).contains("ChargeLoop");
  }

  @ParameterizedTest
  @ValueSource(strings = {"core", "plantsim", "estimators", "mpc", "opcua", "hil", "controller"})
  void packagesHaveNoCycles(String module) {
    slices().matching("dev.anodyne." + module + ".(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  /** The scratch list of rules above would be empty if the importer found another code base. */
  @Test
  void onlyOurOwnPackagesAreJudged() {
    assertThat(CLASSES.stream().map(c -> c.getPackageName()).distinct().toList())
        .allMatch(p -> p.startsWith("dev.anodyne."))
        .containsAll(List.of("dev.anodyne.core.charging", "dev.anodyne.core.p2d"));
  }
}
