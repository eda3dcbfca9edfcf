package dev.anodyne.test.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.anodyne.test.interop.NodeScript.Check;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Both sides against an independent stack: node-opcua's client on the station's server, and the
 * client to chargers on node-opcua's server. Every check has a name and is a test of its own. Where
 * there is no Node, or its packages cannot be had, the suite is skipped and says why.
 */
class InteropTest {
  /** So many are promised. */
  private static final int FEWEST_CHECKS = 120;

  @TempDir static Path folder;

  @TestFactory
  @Timeout(400)
  Stream<DynamicTest> nodeOpcUa() throws Exception {
    NodePackages packages = packages();
    long begin = System.nanoTime();
    CompletableFuture<List<Check>> chargers =
        CompletableFuture.supplyAsync(() -> chargers(packages));
    List<Check> checks = new ArrayList<>(station(packages));
    checks.addAll(chargers.get());
    double seconds = (System.nanoTime() - begin) * 1e-9;
    long passed = checks.stream().filter(Check::passed).count();
    System.out.printf(
        Locale.ROOT,
        "InteropTest passes %d of %d named checks with node-opcua, in %.0f s%n",
        passed,
        checks.size(),
        seconds);
    return Stream.concat(
        checks.stream().map(InteropTest::test),
        Stream.of(
            DynamicTest.dynamicTest("names are unique", () -> namesAreUnique(checks)),
            DynamicTest.dynamicTest(
                "at least " + FEWEST_CHECKS + " checks have passed",
                () -> assertThat(passed).isGreaterThanOrEqualTo(FEWEST_CHECKS))));
  }

  private static List<Check> station(NodePackages packages) throws Exception {
    try (StationRemote remote = new StationRemote(folder.resolve("station"))) {
      return NodeScript.run(packages, "scada.js", remote);
    }
  }

  private static List<Check> chargers(NodePackages packages) {
    try (ChargerRemote remote = new ChargerRemote(folder.resolve("charger"))) {
      return NodeScript.run(packages, "charger.js", remote);
    } catch (Exception e) {
      throw new CompletionException(e);
    }
  }

  private static NodePackages packages() throws IOException, InterruptedException {
    try {
      return NodePackages.prepare();
    } catch (NodePackages.Missing e) {
      String why = "Checks with node-opcua are skipped: " + e.getMessage() + ".";
      System.out.println("InteropTest " + why);
      return abort(why);
    }
  }

  private static DynamicTest test(Check check) {
    return DynamicTest.dynamicTest(
        check.name(), () -> assertThat(check.passed()).as("%s", check.detail()).isTrue());
  }

  private static void namesAreUnique(List<Check> checks) {
    assertThat(checks).extracting(Check::name).doesNotHaveDuplicates();
  }
}
