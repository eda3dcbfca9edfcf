package dev.anodyne.controller.lab.recording;

import com.fasterxml.jackson.databind.JsonNode;
import dev.anodyne.controller.lab.InputException;
import dev.anodyne.controller.lab.OutputFiles;
import dev.anodyne.controller.lab.Parts;
import dev.anodyne.controller.lab.Trace;
import dev.anodyne.controller.safety.Guard;
import dev.anodyne.controller.session.ChargeLoop;
import dev.anodyne.controller.session.InForce;
import dev.anodyne.controller.session.LoopEvent.Trigger;
import dev.anodyne.controller.session.Proposal;
import dev.anodyne.controller.session.recording.RecordedLine;
import dev.anodyne.controller.session.recording.RecordingException;
import dev.anodyne.controller.session.recording.RecordingHeader;
import dev.anodyne.controller.session.recording.RecordingReader;
import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.charging.ChargingPolicy;
import dev.anodyne.core.charging.DecisionSource;
import dev.anodyne.core.charging.NanoClock;
import dev.anodyne.core.charging.StateEstimator;
import dev.anodyne.core.charging.ThermalCommand;
import dev.anodyne.mpc.spec.PolicySpec;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lets another policy decide on a recording, decision by decision, on what was measured and
 * commanded then. It is told what really flowed; what it decides moves nothing. So every decision
 * says what it would have done <em>there</em>, not where it would have been by then.
 */
public final class OpenLoopReplay {
  /** Currents nearer to each other than this are the same, A: the step of an ordinary charger. */
  public static final double NOTICEABLE_AMPS = 0.010;

  private static final int FIRST_ROWS = 10;

  private static final String COLUMNS =
      "Decision,Time [s],Measured current [A],Recorded current [A],Other current [A],"
          + "Recorded decision,Other decision,Recorded active constraint,Other active constraint,"
          + "Recorded lower bound [V],Other lower bound [V]";

  private final RecordedLines lines;
  private final ChargeLoop loop;
  private final RecordedTruth truth;
  private final List<OpenLoopResult.Row> rows = new ArrayList<>();
  private final List<String> remarks = new ArrayList<>();
  private @Nullable Proposal proposal;
  private RecordedLine.@Nullable Deciding deciding;
  private long originNanos = Long.MIN_VALUE;
  private long decisions;
  private boolean over;

  private OpenLoopReplay(RecordedLines lines, ChargeLoop loop, RecordedTruth truth) {
    this.lines = lines;
    this.loop = loop;
    this.truth = truth;
  }

  /**
   * What to compare.
   *
   * @param policy a name or a policy file; null for the recorded one
   * @param estimator a name or a model file; null for the recorded one
   * @param fromStep the first decision to compare, from 1; both decide from the beginning on
   */
  public record Request(@Nullable String policy, @Nullable String estimator, long fromStep) {}

  /**
   * Compares a file to its end.
   *
   * @param csv every decision that was compared, one a row; null for none
   * @throws RecordingException when it is no recording
   * @throws InputException when a name or file is not usable for this
   */
  public static OpenLoopResult run(Path file, Request request, @Nullable Path csv)
      throws IOException {
    Path folder = Files.createTempDirectory("anodyne-replay");
    try (RecordingReader reader = RecordingReader.open(file)) {
      RecordingHeader header = reader.header();
      RecordedCharge recorded = RecordedParts.read(header.parts(), folder);
      PolicySpec spec = spec(request, recorded);
      String estimator =
          request.estimator() == null ? recorded.estimatorName() : request.estimator();
      requireBelief(request);
      RecordedCharge other = recorded.with(spec, estimator);
      RecordedTruth truth = new RecordedTruth();
      StateEstimator belief = other.estimator(truth);
      // Whatever the clock said then: nothing here has a deadline.
      ChargingPolicy policy = other.policy(NanoClock.SYSTEM, 0L, truth);
      try (ChargeLoop loop =
          new ChargeLoop(
              header.settings(),
              header.rules(),
              belief,
              policy,
              new Guard(header.guard()),
              NanoClock.SYSTEM)) {
        OpenLoopReplay replay = new OpenLoopReplay(new RecordedLines(reader), loop, truth);
        replay.run();
        List<OpenLoopResult.Row> rows =
            replay.rows.stream().filter(r -> r.decision() >= request.fromStep()).toList();
        if (csv != null) {
          OutputFiles.write(csv, out -> write(out, rows));
        }
        return replay.result(
            rows, request.fromStep(), new Names(spec, estimator, recorded), other.remarks());
      }
    } finally {
      RecordedParts.delete(folder);
    }
  }

  private record Names(PolicySpec spec, String estimator, RecordedCharge recorded) {}

  private static PolicySpec spec(Request request, RecordedCharge recorded) {
    String name = request.policy();
    if (name == null) {
      return recorded.spec();
    }
    if (Parts.isOracle(name)) {
      throw new InputException(
          "--policy: '"
              + name
              + "' rests on the truth, which no recording holds; allowed: a policy that decides on"
              + " a belief, or a file.");
    }
    return Parts.spec(name);
  }

  private static void requireBelief(Request request) {
    if (Parts.TRUTH.equals(request.estimator())) {
      throw new InputException(
          "--estimator: 'truth' is in no recording; allowed: physics, learned, augmented, informed"
              + " or a model file.");
    }
  }

  private void run() {
    for (RecordedLines.Numbered next = lines.next(); next != null; next = lines.next()) {
      take(next.line(), next.number());
    }
    if (!lines.cutOff().isEmpty()) {
      remarks.add(lines.cutOff());
    }
  }

  private void take(RecordedLine line, int number) {
    if (RecordedLines.control(line, loop)) {
      return;
    }
    if (line instanceof RecordedLine.Policy) {
      remarks.add(
          "The recorded charge changed its policy before decision "
              + (decisions + 1)
              + "; the other one stayed.");
    } else if (line instanceof RecordedLine.Looked l) {
      var unused = loop.recheck(l.status(), l.timeNanos());
    } else if (line instanceof RecordedLine.Deciding d) {
      begin(d);
    } else if (line instanceof RecordedLine.Decided d) {
      compare(d, number);
    } else if (line instanceof RecordedLine.Commanded c) {
      command(c);
    }
  }

  private void begin(RecordedLine.Deciding d) {
    originNanos = originNanos == Long.MIN_VALUE ? d.timeNanos() : originNanos;
    RecordedLine.Decided outcome = lines.outcomeAhead();
    if (outcome != null) {
      truth.become(outcome);
    }
    decisions++;
    deciding = d;
    ThermalCommand thermal = d.thermal() == null ? ThermalCommand.off(0) : d.thermal();
    proposal = loop.decide(d.status(), d.timeNanos(), new InForce(d.applied(), thermal));
  }

  private void compare(RecordedLine.Decided d, int number) {
    Proposal own = proposal;
    RecordedLine.Deciding begun = deciding;
    if (own == null || begun == null) {
      throw new RecordingException("line " + number + ": a decision that never began.");
    }
    if (over) {
      return;
    }
    JsonNode decision = d.outcome().path("decision");
    CellEstimate belief = own.estimate();
    rows.add(
        new OpenLoopResult.Row(
            decisions,
            (begun.timeNanos() - originNanos) * 1e-9,
            loop.settings().layout().cellAmps(begun.status().measurement().chargeCurrentAmps()),
            decision.path("chargeCurrentAmps").asDouble(Double.NaN),
            own.decision().chargeCurrentAmps(),
            decision.path("source").asText(),
            own.decision().source().name(),
            decision.path("activeConstraint").asText(),
            own.decision().activeConstraint().name(),
            d.outcome().path("estimate").path("anodePotentialLowerBoundVolts").asDouble(Double.NaN),
            belief == null ? Double.NaN : belief.anodePotentialLowerBoundVolts()));
  }

  /** What the other's own session makes of its decision: whether it would be over. */
  private void command(RecordedLine.Commanded c) {
    Proposal own = proposal;
    if (c.trigger() == Trigger.DECISION && own != null) {
      var unused = loop.conclude(own, c.status(), c.timeNanos());
    } else if (c.trigger() == Trigger.LATE) {
      var unused = loop.withoutDecision(c.status(), c.timeNanos());
    } else {
      var unused = loop.recheck(c.status(), c.timeNanos());
    }
    if (!over && loop.state().isOver()) {
      over = true;
      remarks.add(
          "The other's charge was over with decision " + decisions + ": " + loop.state().reason());
    }
  }

  private OpenLoopResult result(
      List<OpenLoopResult.Row> compared, long fromStep, Names names, List<String> more) {
    List<OpenLoopResult.Row> differing = compared.stream().filter(OpenLoopReplay::differs).toList();
    double mean =
        compared.stream()
            .mapToDouble(OpenLoopResult.Row::differenceAmps)
            .filter(Double::isFinite)
            .average()
            .orElse(0.0);
    double largest = 0.0;
    long largestAt = 0;
    for (OpenLoopResult.Row row : differing) {
      if (Math.abs(row.differenceAmps()) > Math.abs(largest)) {
        largest = row.differenceAmps();
        largestAt = row.decision();
      }
    }
    List<String> all = new ArrayList<>(more);
    all.addAll(remarks);
    return new OpenLoopResult(
        names.spec().identity().toString(),
        names.estimator(),
        names.recorded().spec().identity().toString(),
        names.recorded().estimatorName(),
        fromStep,
        compared.size(),
        differing.size(),
        mean,
        largest,
        largestAt,
        differing.stream().limit(FIRST_ROWS).toList(),
        all);
  }

  private static boolean differs(OpenLoopResult.Row r) {
    return !(Math.abs(r.differenceAmps()) <= NOTICEABLE_AMPS)
        || !rung(r.recordedSource()).equals(rung(r.otherSource()));
  }

  /** A policy's own decision is called by its kind; of that alone nothing follows. */
  private static String rung(String source) {
    return source.equals(DecisionSource.BASELINE.name()) ? DecisionSource.MPC.name() : source;
  }

  private static void write(Writer out, List<OpenLoopResult.Row> rows) throws IOException {
    out.append(COLUMNS).append('\n');
    for (OpenLoopResult.Row r : rows) {
      out.append(
          String.join(
              ",",
              Long.toString(r.decision()),
              Trace.number(r.seconds()),
              Trace.number(r.measuredAmps()),
              Trace.number(r.recordedAmps()),
              Trace.number(r.otherAmps()),
              r.recordedSource(),
              r.otherSource(),
              r.recordedConstraint(),
              r.otherConstraint(),
              Trace.number(r.recordedBoundVolts()),
              Trace.number(r.otherBoundVolts())));
      out.append('\n');
    }
  }
}
