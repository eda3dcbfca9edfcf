package dev.anodyne.controller.session.recording;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.anodyne.controller.session.LoopEvent;
import dev.anodyne.mpc.lp.DecisionTape;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes what happens to a loop, as it happens: give it to {@code ChargeLoop.listen} before the
 * session starts. Safe to call from several threads. What was written before {@link #flush} can be
 * read even when the process then dies.
 */
public final class RecordingWriter implements Consumer<LoopEvent>, AutoCloseable {
  private final OutputStream out;
  private final Images images = new Images();
  private final Repeats repeats = new Repeats();
  private final int planStride;
  private final @Nullable DecisionTape tape;
  private long decisions;
  private long lines;

  /**
   * Begins a recording.
   *
   * @param out where it goes; closed by {@link #close}
   * @param header what the loop was made of
   * @param planStride every how many decisions the whole plan is kept (its digest always is); 0
   *     never
   */
  public RecordingWriter(OutputStream out, RecordingHeader header, int planStride)
      throws IOException {
    this(out, header, planStride, null);
  }

  /**
   * The same for a policy under a deadline.
   *
   * @param tape the policy's clock; null without a deadline
   */
  public RecordingWriter(
      OutputStream out, RecordingHeader header, int planStride, @Nullable DecisionTape tape)
      throws IOException {
    this.tape = tape;
    this.planStride = planStride;
    this.out = new GzipMembers(out);
    write(header.toTree());
  }

  /**
   * What has to be taken while an event is told, so that it can be written later and elsewhere: the
   * twin's state and the policy's clock move on.
   *
   * @param event what happened
   * @param outcome of a decision; null for anything else
   * @param tape what a decision under a deadline took from outside; null without one
   */
  public record Told(LoopEvent event, @Nullable ObjectNode outcome, @Nullable JsonNode tape) {}

  /** Takes what has to be taken at once: call it while the event is told, then {@link #write}. */
  public Told take(LoopEvent event) {
    if (tape != null && event instanceof LoopEvent.Deciding) {
      tape.begin();
    }
    return event instanceof LoopEvent.Decided e
        ? new Told(event, Outcome.of(e.proposal()), tape == null ? null : Form.tree(tape.take()))
        : new Told(event, null, null);
  }

  @Override
  public synchronized void accept(LoopEvent event) {
    write(take(event));
  }

  /** Writes what was taken: on any thread, in the order in which it was told. */
  public synchronized void write(Told told) {
    LoopEvent event = told.event();
    if (repeats.take(event)) {
      return;
    }
    writeRepeats();
    ObjectNode line = Form.JSON.createObjectNode();
    if (event instanceof LoopEvent.Started e) {
      line.put(Form.KIND, "start").put(Form.TIME, e.timeNanos());
    } else if (event instanceof LoopEvent.Stopped e) {
      line.put(Form.KIND, "stop").put(Form.TIME, e.timeNanos()).put("reason", e.reason());
    } else if (event instanceof LoopEvent.Resumed e) {
      line.put(Form.KIND, "resume").put(Form.TIME, e.timeNanos());
    } else if (event instanceof LoopEvent.Authorised e) {
      line.put(Form.KIND, "authorise").put(Form.TIME, e.timeNanos());
    } else if (event instanceof LoopEvent.StoppedGently e) {
      line.put(Form.KIND, "stopGently").put(Form.TIME, e.timeNanos()).put("reason", e.reason());
      if (Double.isFinite(e.mostAmpsPerSecond())) {
        line.put("mostAmpsPerSecond", e.mostAmpsPerSecond());
      }
    } else if (event instanceof LoopEvent.Changed e) {
      line.put(Form.KIND, "settings").set("settings", Form.tree(e.settings()));
    } else if (event instanceof LoopEvent.PolicyChanged e) {
      line.put(Form.KIND, "policy").put("policy", e.policy());
    } else if (event instanceof LoopEvent.Deciding e) {
      line.put(Form.KIND, "deciding").put(Form.TIME, e.timeNanos());
      line.set(Form.IMAGE, images.write(e.status()));
      line.set("applied", Form.tree(e.applied()));
      line.set("thermal", Form.tree(e.thermal()));
    } else if (event instanceof LoopEvent.Decided e) {
      line.put(Form.KIND, "decided").set(Form.OUTCOME, told.outcome());
      line.set(Form.TOLD, Outcome.told(e.proposal().decision()));
      line.put("solveNanos", e.proposal().decision().solveNanos());
      if (told.tape() != null) {
        line.set(Form.TAPE, told.tape());
      }
      if (planStride > 0 && decisions % planStride == 0) {
        line.set(Form.PLAN, Form.tree(e.proposal().decision().plan()));
      }
      decisions++;
    } else if (event instanceof LoopEvent.Looked e) {
      line.put(Form.KIND, "looked").put(Form.TIME, e.timeNanos());
      line.set(Form.IMAGE, images.write(e.status()));
    } else if (event instanceof LoopEvent.Commanded e) {
      line.put(Form.KIND, "commanded").put(Form.TIME, e.record().timeNanos());
      line.put("trigger", e.trigger().name());
      line.set(Form.IMAGE, images.write(e.record().status()));
      line.set(Form.OUTCOME, Outcome.of(e.record()));
      line.put("why", e.record().verdict().text());
    }
    write(line);
  }

  private void writeRepeats() {
    ObjectNode line = repeats.line();
    if (line != null) {
      write(line);
    }
  }

  private void write(JsonNode line) {
    try {
      out.write(Form.JSON.writeValueAsBytes(line));
      out.write('\n');
      lines++;
    } catch (IOException e) {
      throw new UncheckedIOException("The recording cannot be written.", e);
    }
  }

  /** Hands everything to the stream beneath. */
  public synchronized void flush() throws IOException {
    writeRepeats();
    out.flush();
  }

  /** Ends the recording: a file that lacks the last line was cut off. */
  @Override
  public synchronized void close() throws IOException {
    try (out) {
      writeRepeats();
      write(Form.JSON.createObjectNode().put(Form.KIND, "end").put("lines", lines));
    }
  }

  /** Closes the file without its last line: whoever reads it is told that it was cut off. */
  public synchronized void abandon() throws IOException {
    try (out) {
      writeRepeats();
    }
  }
}
