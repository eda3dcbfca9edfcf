package dev.anodyne.test.benchmark.opcua;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One of the processes of a figure. It is started with arguments, says {@code ready …} when it is,
 * and obeys two words: {@code begin} and {@code end}, which it answers with what it measured.
 */
public final class Part implements AutoCloseable {
  private static final String READY = "ready";
  private static final String ANSWER = "answer ";
  private static final long PATIENCE_SECONDS = 240;

  /** What the parent reads. */
  private static final PrintStream TOLD = System.out;

  private final Process process;
  private final BufferedReader out;
  private final PrintStream in;

  private Part(Process process) {
    this.process = process;
    this.out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    this.in = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
  }

  /**
   * Starts one.
   *
   * @param log where its errors go
   * @param heap its largest heap, such as 1g; other flags may follow, with blanks between
   */
  public static Part start(Class<?> main, Path log, String heap, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
    command.add("-XX:+UseSerialGC"); // unless what is told says otherwise
    command.addAll(List.of(("-Xmx" + heap).split(" ", -1)));
    command.add("-Dlogback.statusListenerClass=ch.qos.logback.core.status.NopStatusListener");
    command.addAll(List.of(System.getProperty("anodyne.benchmark.flags", "").split(" ", -1)));
    command.removeIf(String::isBlank);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    return new Part(
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start());
  }

  /** Waits until it is ready; what it says before is passed on. */
  public String awaitReady(Consumer<String> progress) throws IOException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith(READY)) {
        return line.substring(READY.length()).strip();
      }
      if (line.startsWith("  ")) {
        progress.accept(line.strip());
      }
      if (System.nanoTime() - end > 0) {
        break;
      }
    }
    throw new IOException("A process did not get ready.");
  }

  /** Has it measure from now on. */
  public void begin() {
    in.println("begin");
  }

  /** What it has measured since. */
  public JsonNode end() throws IOException {
    in.println("end");
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith(ANSWER)) {
        return new ObjectMapper().readTree(line.substring(ANSWER.length()));
      }
    }
    throw new IOException("A process ended without an answer.");
  }

  @Override
  public void close() {
    in.close();
    try {
      if (!process.waitFor(3, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /** What a process measures. */
  public interface Measured {
    void begin();

    Map<String, Object> end();
  }

  /** The other side: what libraries print goes to the errors; what is told goes to the parent. */
  public static void quiet() {
    System.setOut(System.err);
  }

  /** Tells the parent how far this process is. */
  public static void say(String step) {
    TOLD.println("  " + step);
  }

  /** The other side: says that this process is ready and obeys until nobody is there any more. */
  public static void obey(String told, Measured measured) throws IOException {
    TOLD.println(READY + " " + told);
    BufferedReader words =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String word = words.readLine(); word != null; word = words.readLine()) {
      if (word.equals("begin")) {
        measured.begin();
      } else if (word.equals("end")) {
        TOLD.println(ANSWER + new ObjectMapper().writeValueAsString(measured.end()));
      }
    }
  }
}
