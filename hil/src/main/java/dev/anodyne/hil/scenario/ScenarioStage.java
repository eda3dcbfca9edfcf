package dev.anodyne.hil.scenario;

import dev.anodyne.hil.bench.SimulatedPack;
import dev.anodyne.hil.channel.Channel;
import dev.anodyne.hil.channel.Channels;
import dev.anodyne.hil.stl.Present;
import dev.anodyne.hil.stl.Trace;
import dev.anodyne.hil.stl.Unit;
import dev.anodyne.hil.verdict.ScenarioResult.FaultSpan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets a scenario happen to a plant: looks at triggers, drives stimuli, starts and ends faults, and
 * takes everything down, before each step. For the plant's thread only.
 */
final class ScenarioStage {
  /** Recorded whatever the scenario is about: what a person looks at first. */
  private static final List<String> USUAL =
      List.of(
          "current", "command", "voltage", "cellVoltage", "temperature", "soc", "anodePotential");

  private final Channels channels;
  private final List<Driven> driven = new ArrayList<>();
  private final List<FaultRun> faults;
  private final TraceRecorder recorder;
  private final Present present = new Present(this::value, this::unit);
  private final @Nullable TriggerWatch stop;
  private final Map<String, Double> openSpans = new LinkedHashMap<>();
  private final List<FaultSpan> spans = new ArrayList<>();
  private boolean stopRequested;

  ScenarioStage(Scenario scenario, SimulatedPack pack, List<FaultRun> faults) {
    this.channels = pack.channels();
    this.faults = faults;
    for (Stimulus stimulus : scenario.stimuli()) {
      driven.add(new Driven(stimulus, channels.named(stimulus.channel())));
    }
    recorder = new TraceRecorder(channels, wanted(scenario), faults);
    Trigger trigger = scenario.stopWhen();
    stop = trigger == null ? null : new TriggerWatch(trigger);
  }

  /** A stimulus in a run. */
  private static final class Driven {
    private final Stimulus stimulus;
    private final Channel channel;
    private final TriggerWatch watch;
    private double start = Double.NaN;
    private boolean released;

    Driven(Stimulus stimulus, Channel channel) {
      this.stimulus = stimulus;
      this.channel = channel;
      this.watch = new TriggerWatch(stimulus.trigger());
    }

    void step(Present present, double seconds) {
      if (Double.isNaN(start) && watch.fires(present, seconds)) {
        start = seconds;
      }
      if (Double.isNaN(start) || released) {
        return;
      }
      if (seconds >= start + stimulus.untilSeconds() - 1e-9) {
        released = true;
        channel.release();
      } else {
        channel.force(stimulus.course().at(seconds - start));
      }
    }
  }

  /** The scenario's part before a step that begins now. */
  void before(double seconds) {
    for (Driven one : driven) {
      one.step(present, seconds);
    }
    for (FaultRun fault : faults) {
      fault.step(present, seconds);
    }
    note(seconds);
    if (stop != null && stop.fires(present, seconds)) {
      stopRequested = true;
    }
    recorder.sample(seconds);
  }

  /** Whether the scenario wants to end early. */
  boolean isStopRequested() {
    return stopRequested;
  }

  /** Ends all faults and stimuli; what follows is rest. */
  void release(double seconds) {
    faults.forEach(FaultRun::finish);
    driven.forEach(one -> one.channel.release());
    driven.clear();
    note(seconds);
  }

  /** The last sample, and everything that was recorded. */
  Trace finish(double seconds) {
    recorder.sample(seconds);
    faults.forEach(FaultRun::finish);
    note(seconds);
    channels.releaseAll();
    return recorder.trace();
  }

  /** When faults were there. */
  List<FaultSpan> faultSpans() {
    return spans;
  }

  private void note(double seconds) {
    for (FaultRun fault : faults) {
      String id = fault.spec().id();
      if (fault.isActive()) {
        openSpans.putIfAbsent(id, seconds);
      } else {
        Double from = openSpans.remove(id);
        if (from != null) {
          spans.add(new FaultSpan(id, from, seconds));
        }
      }
    }
  }

  private double value(String name) {
    if (name.startsWith("fault(")) {
      return faults.stream().anyMatch(f -> f.spec().channel().equals(name) && f.isActive()) ? 1 : 0;
    }
    return channels.named(Aliases.resolve(name)).read();
  }

  private Unit unit(String name) {
    return name.startsWith("fault(")
        ? Unit.ONE
        : Unit.ofChannel(channels.named(Aliases.resolve(name)).unit());
  }

  private static Set<String> wanted(Scenario scenario) {
    Set<String> names = new LinkedHashSet<>(USUAL);
    for (Check check : scenario.checks()) {
      if (check instanceof Check.Temporal temporal) {
        temporal.formula().collectChannels(names);
      } else if (check instanceof Check.Share share) {
        share.formula().collectChannels(names);
      } else if (check instanceof Check.Follow follow) {
        names.add(follow.channel());
        names.add(Objects.requireNonNullElse(follow.reference(), ""));
      }
    }
    scenario.stimuli().forEach(stimulus -> names.add(stimulus.channel()));
    scenario.faults().stream().map(FaultSpec::target).forEach(names::add);
    names.addAll(scenario.record());
    names.removeIf(String::isEmpty);
    return names;
  }
}
