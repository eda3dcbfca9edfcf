package dev.anodyne.controller.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A node in a process of its own, which can be killed, halted and let go on. */
final class ClusterProcess {
  private final Process process;

  private ClusterProcess(Process process) {
    this.process = process;
  }

  /** What runs in it: a server of a file whose chargers are a {@link LineBench}'s. */
  static final class Node {
    private Node() {}

    public static void main(String[] args) throws Exception {
      Path file = Path.of(args[0]);
      String name = args[1];
      int bench = Integer.parseInt(args[2]);
      AnodyneServer server =
          AnodyneServer.start(
              file,
              connector ->
                  SessionFactory.realTime(connector)
                      .withCharger(
                          unused -> clock -> new LineCharger(connector.id(), name, bench, clock)));
      Runtime.getRuntime().addShutdownHook(new Thread(server::close));
      System.out.println("READY " + server.port());
      Thread.currentThread().join();
    }
  }

  static ClusterProcess start(Path file, String name, int benchPort, Path log) throws IOException {
    String classes =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx384m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    classes,
                    Node.class.getName(),
                    file.toString(),
                    name,
                    String.valueOf(benchPort)))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    return new ClusterProcess(process);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** {@code kill -9}. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor(30, TimeUnit.SECONDS);
  }

  /** {@code SIGTERM}: it ends in order. */
  void end() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }

  /** {@code SIGSTOP}. */
  void halt() throws IOException, InterruptedException {
    signal("-STOP");
  }

  /** {@code SIGCONT}. */
  void goOn() throws IOException, InterruptedException {
    signal("-CONT");
  }

  private void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", name, String.valueOf(process.pid())).start().waitFor();
  }
}
