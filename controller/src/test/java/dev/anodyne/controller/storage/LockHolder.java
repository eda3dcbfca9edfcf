package dev.anodyne.controller.storage;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;

/** Another process that holds an SQLite file's write lock until it is told to let go. */
final class LockHolder implements AutoCloseable {
  private final Process process;

  private LockHolder(Process process) {
    this.process = process;
  }

  static LockHolder lock(Path file) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                LockHolder.class.getName(),
                file.toString())
            .redirectError(ProcessBuilder.Redirect.to(new File("/dev/null")))
            .start();
    if (process.getInputStream().read() != 'L') {
      process.destroyForcibly();
      throw new IOException("The file could not be locked.");
    }
    return new LockHolder(process);
  }

  @Override
  public void close() throws IOException, InterruptedException {
    process.getOutputStream().close();
    process.waitFor();
  }

  public static void main(String[] args) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + args[0]);
        Statement statement = connection.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      System.out.print("L");
      System.out.flush();
      // The end of the input is the word to let go.
      while (System.in.read() >= 0) {}
      statement.execute("ROLLBACK");
    }
  }
}
