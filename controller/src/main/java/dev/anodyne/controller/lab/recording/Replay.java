package dev.anodyne.controller.lab.recording;

import com.fasterxml.jackson.databind.JsonNode;
import dev.anodyne.controller.safety.Guard;
import dev.anodyne.controller.session.ChargeLoop;
import dev.anodyne.controller.session.LoopEvent.Trigger;
import dev.anodyne.controller.session.LoopRecord;
import dev.anodyne.controller.session.Proposal;
import dev.anodyne.controller.session.recording.Form;
import dev.anodyne.controller.session.recording.Machine;
import dev.anodyne.controller.session.recording.ModelDigest;
import dev.anodyne.controller.session.recording.Outcome;
import dev.anodyne.controller.session.recording.RecordedLine;
import dev.anodyne.controller.session.recording.RecordingException;
import dev.anodyne.controller.session.recording.RecordingHeader;
import dev.anodyne.controller.session.recording.RecordingReader;
import dev.anodyne.core.charging.ChargingPolicy;
import dev.anodyne.core.charging.NanoClock;
import dev.anodyne.core.charging.StateEstimator;
import dev.anodyne.mpc.lp.DecisionTape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Recomputes a recording: makes estimator, policy and guard again, gives the recorded images to a
 * new loop, and compares estimate, decision and command with the recorded ones, bit for bit.
 */
public final class Replay {
  private static final int CONTEXT_ROWS = 5;

  private final RecordingReader reader;
  private final RecordedLines lines;
  private final long fromStep;
  private final RecordedCharge charge;
  private final ChargeLoop loop;
  private final RecordedTruth truth;
  private final DecisionTape tape;
  private final List<String> remarks = new ArrayList<>();
  private final Deque<ReplayResult.Row> rows = new ArrayDeque<>();
  private @Nullable Proposal proposal;
  private RecordedLine.@Nullable Deciding deciding;
  private ReplayResult.@Nullable Place first;
  private long originNanos = Long.MIN_VALUE;
  private long decisions;
  private long commands;
  private long differing;

  private Replay(
      RecordingReader reader,
      RecordedCharge charge,
      ChargeLoop loop,
      RecordedTruth truth,
      DecisionTape tape,
      long fromStep) {
    this.reader = reader;
    this.lines = new RecordedLines(reader);
    this.fromStep = fromStep;
    this.charge = charge;
    this.loop = loop;
    this.truth = truth;
    this.tape = tape;
  }

  private static long deadlineNanos(RecordingHeader header) {
    return header.parts().path("deadlineNanos").asLong();
  }

  /**
   * Replays a file to its end.
   *
   * @throws RecordingException when it is no recording
   * @throws dev.anodyne.controller.lab.InputException when something that it refers to is missing
   */
  public static ReplayResult run(Path file) throws IOException {
    return run(file, 1);
  }

  /**
   * The same, comparing from a decision on; everything before is recomputed all the same.
   *
   * @param fromStep number of the first decision that is compared, from 1
   */
  public static ReplayResult run(Path file, long fromStep) throws IOException {
    Path folder = Files.createTempDirectory("anodyne-replay");
    try (RecordingReader reader = RecordingReader.open(file)) {
      RecordingHeader header = reader.header();
      RecordedCharge charge = RecordedParts.read(header.parts(), folder);
      RecordedTruth truth = new RecordedTruth();
      DecisionTape tape = DecisionTape.reading();
      StateEstimator estimator = charge.estimator(truth);
      ChargingPolicy policy = charge.policy(tape, deadlineNanos(header), truth);
      try (ChargeLoop loop =
          new ChargeLoop(
              header.settings(),
              header.rules(),
              estimator,
              policy,
              new Guard(header.guard()),
              NanoClock.SYSTEM)) {
        Replay replay = new Replay(reader, charge, loop, truth, tape, fromStep);
        replay.remark(header);
        return replay.run();
      }
    } finally {
      RecordedParts.delete(folder);
    }
  }

  private void remark(RecordingHeader header) {
    remarks.addAll(charge.remarks());
    String digest = header.parts().path("modelDigest").asText();
    if (!digest.equals(ModelDigest.of(charge.cell(), charge.ambientKelvin()))) {
      remarks.add("The cell's model computes otherwise than when it was recorded.");
    }
    Machine.here()
        .forEach(
            (name, now) -> {
              String then = header.machine().getOrDefault(name, "unknown");
              if (!then.equals(now)) {
                remarks.add("Recorded with " + name + " " + then + ", replayed with " + now + ".");
              }
            });
  }

  private ReplayResult run() {
    for (RecordedLines.Numbered next = lines.next(); next != null; next = lines.next()) {
      if (next.line() instanceof RecordedLine.Deciding d) {
        RecordedLine.Decided outcome = lines.outcomeAhead();
        if (outcome != null) {
          truth.become(outcome);
          tape.give(outcome.tape());
        }
        deciding = d;
        begin(d, next.number());
      } else {
        take(next.line(), next.number());
      }
    }
    if (!lines.cutOff().isEmpty()) {
      remarks.add(lines.cutOff());
    }
    return new ReplayResult(decisions, commands, first, differing, remarks);
  }

  private void take(RecordedLine line, int number) {
    if (RecordedLines.control(line, loop)) {
      return;
    }
    if (line instanceof RecordedLine.Policy p) {
      loop.change(
          charge.changed(p.policy(), number, tape, deadlineNanos(reader.header())), p.policy());
    } else if (line instanceof RecordedLine.Looked l) {
      var unused = loop.recheck(l.status(), l.timeNanos());
    } else if (line instanceof RecordedLine.Decided d) {
      decided(d, number);
    } else if (line instanceof RecordedLine.Commanded c) {
      commanded(c, number);
    }
  }

  private void begin(RecordedLine.Deciding d, int line) {
    if (originNanos == Long.MIN_VALUE) {
      originNanos = d.timeNanos();
    }
    decisions++;
    LoopRecord latest = loop.latest();
    if (latest != null) {
      compare(line, d.timeNanos(), "applied.", Form.tree(d.applied()), Form.tree(latest.command()));
      if (d.thermal() != null) {
        JsonNode own = Form.tree(latest.thermal());
        compare(line, d.timeNanos(), "thermal.", Form.tree(d.thermal()), own);
      }
    }
    proposal = loop.decide(d.status(), d.timeNanos());
  }

  private void decided(RecordedLine.Decided d, int line) {
    Proposal own = proposal;
    RecordedLine.Deciding begun = deciding;
    if (own == null || begun == null) {
      throw new RecordingException("line " + line + ": a decision that never began.");
    }
    remember(begun, d.outcome());
    compare(line, begun.timeNanos(), "", d.outcome(), Outcome.of(own));
    if (d.told() != null) {
      compare(line, begun.timeNanos(), "told.", d.told(), Outcome.told(own.decision()));
    }
  }

  private void commanded(RecordedLine.Commanded c, int line) {
    LoopRecord record = command(c, line);
    if (record != null) {
      commands++;
      compare(line, c.timeNanos(), "", c.outcome(), Outcome.of(record, reader.header().rules()));
    }
  }

  private @Nullable LoopRecord command(RecordedLine.Commanded c, int line) {
    if (c.trigger() == Trigger.LATE) {
      return loop.withoutDecision(c.status(), c.timeNanos());
    }
    if (c.trigger() == Trigger.RECHECK) {
      var unused = loop.recheck(c.status(), c.timeNanos());
      return loop.latest();
    }
    Proposal own = proposal;
    if (own == null) {
      throw new RecordingException("line " + line + ": a command without a decision.");
    }
    return loop.conclude(own, c.status(), c.timeNanos());
  }

  private void compare(int line, long nanos, String prefix, JsonNode recorded, JsonNode own) {
    List<Difference> found = decisions < fromStep ? List.of() : Difference.between(recorded, own);
    if (found.isEmpty()) {
      return;
    }
    differing++;
    if (first == null) {
      List<Difference> named =
          found.stream()
              .map(d -> new Difference(prefix + d.quantity(), d.recorded(), d.recomputed()))
              .toList();
      first = new ReplayResult.Place(line, decisions, seconds(nanos), named, List.copyOf(rows));
    }
  }

  private void remember(RecordedLine.Deciding begun, JsonNode outcome) {
    rows.addLast(
        new ReplayResult.Row(
            decisions,
            seconds(begun.timeNanos()),
            begun.status().measurement().chargeCurrentAmps(),
            begun.status().measurement().maxCellVoltageVolts(),
            outcome.path("estimate").path("anodePotentialLowerBoundVolts").asDouble(Double.NaN),
            outcome.path("decision").path("chargeCurrentAmps").asDouble(Double.NaN),
            outcome.path("decision").path("source").asText()));
    if (rows.size() > CONTEXT_ROWS) {
      rows.removeFirst();
    }
  }

  private double seconds(long nanos) {
    return (nanos - originNanos) * 1e-9;
  }
}
