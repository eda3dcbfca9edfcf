package dev.anodyne.test.interop;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A script of checks as a process of its own. It prints a JSON line for every check, and lines by
 * which it asks the process that runs it for something: to freeze the charger, for example.
 */
final class NodeScript {
  /** A script that hangs is ended. */
  private static final long MOST_SECONDS = 240;

  private NodeScript() {}

  /**
   * What became of a check.
   *
   * @param name unique and lasting
   * @param passed whether it held
   * @param detail why it did not
   * @param seconds how long it took, s
   */
  record Check(String name, boolean passed, String detail, double seconds) {}

  /** Does what a script asks for. */
  @FunctionalInterface
  interface Remote {
    /**
     * Answers.
     *
     * @param order what is asked for
     * @param arguments its arguments
     * @return any JSON value, null included
     */
    Object ask(String order, JsonObject arguments) throws Exception;
  }

  /** Runs a script to its end; that it came to its end is a check, too. */
  static List<Check> run(NodePackages packages, String script, Remote remote)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(packages.node().toString(), script)
            .directory(packages.folder().toFile());
    Path log = packages.folder().resolve(script + ".log");
    builder.redirectError(log.toFile());
    // So that times in messages and files do not depend on the machine.
    builder.environment().put("TZ", "UTC");
    Process process = builder.start();
    ProcessHandle handle = process.toHandle();
    Thread watch = new Thread(() -> endLate(handle), "watch " + script);
    watch.setDaemon(true);
    watch.start();
    List<Check> checks = new ArrayList<>();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        BufferedWriter in = process.outputWriter(StandardCharsets.UTF_8)) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        take(line, checks, in, remote);
      }
    } finally {
      watch.interrupt();
      process.waitFor(10, TimeUnit.SECONDS);
      process.destroyForcibly();
    }
    int code = process.isAlive() ? -1 : process.exitValue();
    String how = code == 0 ? "" : "exit code " + code + "; standard error ends with\n" + tail(log);
    checks.add(new Check(script + " runs to its end", code == 0, how, 0));
    return checks;
  }

  private static void take(String line, List<Check> checks, BufferedWriter in, Remote remote)
      throws IOException {
    JsonObject said;
    try {
      said = new JsonObject(line);
    } catch (DecodeException e) {
      return; // the library's own talk
    }
    if (said.containsKey("check")) {
      checks.add(
          new Check(
              said.getString("check"),
              said.getBoolean("passed"),
              said.getString("detail", ""),
              said.getDouble("seconds", 0.0)));
    } else if (said.containsKey("ask")) {
      JsonObject answer = new JsonObject().put("id", said.getValue("id"));
      try {
        answer.put("result", remote.ask(said.getString("ask"), said.getJsonObject("with")));
      } catch (Exception | AssertionError e) {
        answer.put("error", String.valueOf(e));
      }
      in.write(answer.encode());
      in.newLine();
      in.flush();
    }
  }

  private static void endLate(ProcessHandle process) {
    try {
      Thread.sleep(TimeUnit.SECONDS.toMillis(MOST_SECONDS));
      process.destroyForcibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String tail(Path log) throws IOException {
    List<String> lines = Files.readAllLines(log);
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
  }
}
