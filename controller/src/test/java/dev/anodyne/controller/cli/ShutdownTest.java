package dev.anodyne.controller.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A process of its own is asked to end. */
class ShutdownTest {
  /** What runs in it. */
  static final class Program {
    public static void main(String[] args) throws InterruptedException {
      AutoCloseable running =
          () -> {
            Thread.sleep(100);
            System.out.println("closed");
            if (args[0].equals("broken")) {
              throw new IllegalStateException("the charger did not answer");
            }
          };
      try (Shutdown ignored =
          args[0].equals("signal")
              ? Shutdown.of(running)
              : Shutdown.ending(running, () -> Integer.parseInt(args[1]))) {
        System.out.println("running");
        new CountDownLatch(1).await();
      }
    }
  }

  /** A server ends with the contract's code; an interrupted computation with that of SIGTERM. */
  @ParameterizedTest
  @CsvSource({"server, 0, 0", "server, 1, 1", "broken, 0, 3", "signal, 0, 143"})
  void aProcessThatIsAskedToEndClosesFirstAndThenEndsWithItsCode(
      String kind, String code, int expected) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Program.class.getName(),
                kind,
                code)
            .redirectErrorStream(true)
            .start();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(out.readLine()).isEqualTo("running");
      process.toHandle().destroy(); // SIGTERM; the process's own would close its streams
      assertThat(out.readLine()).isEqualTo("closed");
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(expected);
    } finally {
      process.destroyForcibly();
    }
  }
}
