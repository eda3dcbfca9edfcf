package dev.anodyne.estimators.identification;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A process that adds sessions to a battery's file: {@code FILE COUNT}. */
final class BatteryWriter {
  private BatteryWriter() {}

  public static void main(String[] arguments) {
    Path file = Path.of(arguments[0]);
    add(file);
    System.out.println("writing");
    for (int i = 1; i < Integer.parseInt(arguments[1]); i++) {
      add(file);
    }
  }

  /** Adds a session that counts one more than the newest in the file. */
  static void add(Path file) {
    BatteryFile.update(
        file,
        Garage.KIND,
        before -> {
          IdentifiedCell now = before.current(Garage.KIND);
          IdentifiedCell next = now.afterSessions(now.sessions() + 1);
          return before.with(
              new Identification(true, "", next, 3e-3, 1e-3, Map.of(), List.of(), 0, 0, 0, 0.1, 1),
              "");
        });
  }

  /** In a virtual machine of its own. */
  static Process start(Path file, int count) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            BatteryWriter.class.getName(),
            file.toString(),
            Integer.toString(count))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }
}
