package dev.anodyne.hil.scenario;

import dev.anodyne.hil.sut.ChargeTask;
import dev.anodyne.hil.verdict.Verdict;
import dev.anodyne.plantsim.PlantConfig;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A scenario, checked, with every default filled in.
 *
 * @param id short name, the file's by default
 * @param title a sentence
 * @param file where it is from
 * @param verifies requirements that it is about
 * @param plant battery and charger at the start
 * @param task what the controller is told
 * @param durationSeconds plant time, s
 * @param stopWhen ends the run early; null: nothing does
 * @param stimuli what is driven
 * @param faults what breaks
 * @param checks what must hold
 * @param teardown what happens when the controller is gone
 * @param record channels to record beside those that are used
 * @param stated verdict by controller; a controller that is not named is to pass
 */
public record Scenario(
    String id,
    String title,
    String file,
    List<String> verifies,
    PlantConfig plant,
    ChargeTask task,
    double durationSeconds,
    @Nullable Trigger stopWhen,
    List<Stimulus> stimuli,
    List<FaultSpec> faults,
    List<Check> checks,
    Teardown teardown,
    List<String> record,
    Map<String, Verdict> stated) {
  /**
   * What happens after the controller has stopped: no command any more, all stimuli and faults end.
   *
   * @param restSeconds how long the plant is watched on, s; 0 for none
   */
  public record Teardown(double restSeconds) {
    /** Nothing. */
    public static final Teardown NONE = new Teardown(0);
  }

  public Scenario {
    verifies = List.copyOf(verifies);
    stimuli = List.copyOf(stimuli);
    faults = List.copyOf(faults);
    checks = List.copyOf(checks);
    record = List.copyOf(record);
    stated = Map.copyOf(stated);
  }

  /** The verdict that the scenario states for a controller. */
  public Verdict stated(String sut) {
    return stated.getOrDefault(sut, Verdict.PASS);
  }

  /** The same scenario with another seed for spread, noise, faults and controller. */
  public Scenario withSeed(long seed) {
    return new Scenario(
        id,
        title,
        file,
        verifies,
        plant.withSeed(seed),
        task.withSeed(seed),
        durationSeconds,
        stopWhen,
        stimuli,
        faults,
        checks,
        teardown,
        record,
        stated);
  }
}
