package dev.anodyne.controller.session.recording;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.anodyne.controller.session.LoopEvent.Trigger;
import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.PlanAhead;
import dev.anodyne.core.charging.ThermalCommand;
import dev.anodyne.mpc.lp.DecisionTape;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a recording line by line. A file that was cut off is read up to its last whole line, and
 * {@link #cutOff} then says so; anything else that is wrong is a {@link RecordingException}.
 */
public final class RecordingReader implements AutoCloseable {
  private final Path file;
  private final BufferedReader in;
  private final RecordingHeader header;
  private final Images images = new Images();
  private final Deque<RecordedLine.Commanded> repeated = new ArrayDeque<>();
  private RecordedLine.@Nullable Commanded last;
  private int line;
  private boolean ended;
  private String cutOff = "";

  private RecordingReader(Path file, BufferedReader in) throws IOException {
    this.file = file;
    this.in = in;
    JsonNode first = nextTree();
    if (first == null) {
      throw new RecordingException(file + " is empty; allowed: a recording that a charge wrote.");
    }
    try {
      header = RecordingHeader.read(first);
    } catch (RecordingException e) {
      throw new RecordingException(file + ": " + e.getMessage() + ".", e);
    }
  }

  /**
   * Opens a file.
   *
   * @throws RecordingException when it cannot be read or is no recording
   */
  public static RecordingReader open(Path file) {
    InputStream raw = null;
    try {
      raw = Files.newInputStream(file);
      return new RecordingReader(
          file,
          new BufferedReader(
              new InputStreamReader(new GZIPInputStream(raw, 1 << 16), StandardCharsets.UTF_8)));
    } catch (IOException | RecordingException e) {
      close(raw);
      if (e instanceof RecordingException known) {
        throw known;
      }
      String what =
          e instanceof ZipException || e instanceof EOFException
              ? " is not a compressed recording; allowed: recording.jsonl.gz of a charge."
              : " cannot be read.";
      throw new RecordingException(file + what, e);
    }
  }

  private static void close(@Nullable InputStream stream) {
    try (stream) {
      return;
    } catch (IOException e) {
      // Nothing was read: there is nothing to lose.
    }
  }

  /** What the loop was made of. */
  public RecordingHeader header() {
    return header;
  }

  /** Number of the line that was read last, from 1. */
  public int line() {
    return line;
  }

  /** A sentence when the file ends before the charge did; empty otherwise, and before the end. */
  public String cutOff() {
    return cutOff;
  }

  /** The next line; null after the last one. */
  public @Nullable RecordedLine next() {
    if (!repeated.isEmpty()) {
      return repeated.removeFirst();
    }
    if (ended) {
      return null;
    }
    JsonNode tree = nextTree();
    if (tree == null) {
      ended = true;
      if (cutOff.isEmpty()) {
        cutOff = "The file ends after line " + line + " without its last line: it was cut off.";
      }
      return null;
    }
    try {
      RecordedLine read =
          "again".equals(tree.path(Form.KIND).asText()) ? again(tree.path(Form.TIME)) : of(tree);
      last = read instanceof RecordedLine.Commanded c ? c : null;
      ended = read instanceof RecordedLine.End;
      return ended ? null : read;
    } catch (RecordingException e) {
      throw new RecordingException(file + ", line " + line + ": " + e.getMessage() + ".", e);
    }
  }

  private RecordedLine of(JsonNode tree) {
    String kind = tree.path(Form.KIND).asText();
    long time = tree.path(Form.TIME).asLong();
    return switch (kind) {
      case "start" -> new RecordedLine.Start(time);
      case "resume" -> new RecordedLine.Resume(time);
      case "authorise" -> new RecordedLine.Authorise(time);
      case "stopGently" ->
          new RecordedLine.StopGently(
              tree.path("reason").asText(),
              tree.path("mostAmpsPerSecond").asDouble(Double.POSITIVE_INFINITY),
              time);
      case "stop" -> new RecordedLine.Stop(tree.path("reason").asText(), time);
      case "settings" -> new RecordedLine.Settings(Form.settings(tree.path("settings")));
      case "policy" -> new RecordedLine.Policy(tree.path("policy").asText());
      case "deciding" ->
          new RecordedLine.Deciding(
              images.read(tree.path(Form.IMAGE)),
              time,
              Form.record(tree.path("applied"), CurrentCommand.class),
              thermal(tree));
      case "decided" ->
          new RecordedLine.Decided(
              tree.path(Form.OUTCOME),
              tree.path("solveNanos").asLong(),
              plan(tree),
              tape(tree),
              tree.get(Form.TOLD));
      case "looked" -> new RecordedLine.Looked(images.read(tree.path(Form.IMAGE)), time);
      case "commanded" ->
          new RecordedLine.Commanded(
              Images.name(Trigger.class, tree.path("trigger").asText()),
              images.read(tree.path(Form.IMAGE)),
              time,
              tree.path(Form.OUTCOME),
              tree.path("why").asText());
      case "end" -> new RecordedLine.End();
      default -> throw new RecordingException("a line of the unknown kind '" + kind + "'");
    };
  }

  /** The first of the guard's looks that saw and commanded the same; the others come next. */
  private RecordedLine.Commanded again(JsonNode times) {
    RecordedLine.Commanded same = last;
    if (same == null || times.isEmpty()) {
      throw new RecordingException("a repetition of nothing");
    }
    for (JsonNode time : times) {
      repeated.addLast(
          new RecordedLine.Commanded(
              Trigger.RECHECK, same.status(), time.asLong(), same.outcome(), same.why()));
    }
    return repeated.removeFirst();
  }

  private static @Nullable ThermalCommand thermal(JsonNode tree) {
    JsonNode thermal = tree.get("thermal");
    return thermal == null ? null : Form.record(thermal, ThermalCommand.class);
  }

  private static PlanAhead plan(JsonNode tree) {
    JsonNode plan = tree.get(Form.PLAN);
    return plan == null ? PlanAhead.EMPTY : Form.record(plan, PlanAhead.class);
  }

  private static DecisionTape.Outcomes tape(JsonNode tree) {
    JsonNode tape = tree.get(Form.TAPE);
    return tape == null
        ? DecisionTape.Outcomes.NONE
        : Form.record(tape, DecisionTape.Outcomes.class);
  }

  /** Null at the end of what can be read. */
  private @Nullable JsonNode nextTree() {
    String text;
    try {
      text = in.readLine();
    } catch (EOFException | ZipException e) {
      cutOff = "The file breaks off after line " + line + ": it was cut off or damaged.";
      return null;
    } catch (IOException e) {
      throw new RecordingException(file + " cannot be read after line " + line + ".", e);
    }
    if (text == null) {
      return null;
    }
    line++;
    try {
      return Form.JSON.readTree(text);
    } catch (JacksonException e) {
      if (isAtEnd()) {
        line--;
        cutOff = "The file breaks off after line " + line + ": it was cut off.";
        return null;
      }
      throw new RecordingException(file + ", line " + line + " is not JSON.", e);
    }
  }

  /** A broken last line is what a process that died leaves behind; a broken other one is damage. */
  private boolean isAtEnd() {
    try {
      return in.readLine() == null;
    } catch (IOException e) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
