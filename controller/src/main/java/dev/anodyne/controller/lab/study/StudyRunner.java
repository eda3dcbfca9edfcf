package dev.anodyne.controller.lab.study;

import dev.anodyne.controller.lab.ChargeSetup;
import dev.anodyne.controller.lab.ClosedLoopRun;
import dev.anodyne.controller.lab.PlantChoice;
import dev.anodyne.controller.lab.Progress;
import dev.anodyne.controller.lab.RunResult;
import dev.anodyne.core.charging.PackLayout;
import dev.anodyne.core.p2d.P2dOptions;
import dev.anodyne.estimators.identification.CellIdentifier;
import dev.anodyne.estimators.identification.FitNoise;
import dev.anodyne.estimators.identification.IdentifiedCell;
import dev.anodyne.estimators.identification.RecordedSession;
import dev.anodyne.plantsim.PlantConfig;
import dev.anodyne.plantsim.pack.PackBuild;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;

/**
 * Charges single batteries of a study, each for the first time and then once more with what the
 * first charge told. Thread-safe; the same number gives the same charges, bit for bit.
 */
final class StudyRunner {
  private static final double TARGET_SOC = 0.8;
  private static final double MAX_TEMPERATURE_KELVIN = PlantConfig.DEFAULT_MAX_TEMPERATURE_KELVIN;

  /** Where it is as warm as the cells may get, nothing could be charged: this much more there. */
  private static final double LEAST_ROOM_KELVIN = 10.0;

  private final StudyRequest request;
  private final double newOhm;
  private final BiConsumer<String, RunResult> listener;

  /**
   * @param listener hears every charge with its trace by the name battery-charge, from any thread
   */
  StudyRunner(StudyRequest request, BiConsumer<String, RunResult> listener) {
    this.request = request;
    this.listener = listener;
    newOhm = StudyBattery.newOhm(request.cell());
  }

  /** What is charged under which conditions: all but the outcomes, which cost the time. */
  private record Drawn(StudyBattery battery, StudyCharge first, StudyCharge second) {}

  private Drawn draw(int number) {
    RandomGenerator random = StudyBattery.stream(request.seed(), number, 1);
    StudyCharge first = StudyCharge.first(random);
    return new Drawn(
        StudyBattery.of(request.seed(), number, request.cell(), newOhm), first, first.next(random));
  }

  /** Both charges of a battery. */
  List<StudyRow> charge(int number) throws InterruptedException {
    Drawn drawn = draw(number);
    StudyCharge first = drawn.first();
    RecordedSession session = new RecordedSession(PackLayout.SINGLE_CELL);
    List<StudyRow> rows = new ArrayList<>();
    rows.add(charge(drawn.battery(), first, 1, IdentifiedCell.unknown(request.cell()), session));
    IdentifiedCell known =
        new CellIdentifier(
                request.cell(),
                P2dOptions.CONTROL,
                FitNoise.STANDARD,
                OptionalDouble.of(first.believedAmbientKelvin()))
            .identify(
                session, IdentifiedCell.unknown(request.cell()).measuredBy(first.sensorsName()))
            .cell();
    StudyCharge second = drawn.second();
    RecordedSession unused = new RecordedSession(PackLayout.SINGLE_CELL);
    rows.add(charge(drawn.battery(), second, 2, known.measuredBy(second.sensorsName()), unused));
    return rows;
  }

  /** The same with outcomes that were kept. */
  List<StudyRow> recall(int number, List<StudyOutcome> outcomes) {
    Drawn drawn = draw(number);
    return List.of(
        new StudyRow(drawn.battery(), drawn.first(), 1, outcomes.get(0)),
        new StudyRow(drawn.battery(), drawn.second(), 2, outcomes.get(1)));
  }

  private StudyRow charge(
      StudyBattery battery,
      StudyCharge charge,
      int session,
      IdentifiedCell known,
      RecordedSession recorded)
      throws InterruptedException {
    ChargeSetup unknown = setup(charge);
    ChargeSetup setup = known.sessions() > 0 ? unknown.withIdentified(known) : unknown;
    PlantConfig plant =
        PlantChoice.nominal(setup)
            .withAmbientKelvin(charge.ambientKelvin())
            .withCommon(battery.variation())
            .withBuild(PackBuild.IDEAL.withAgeing(battery.ageing()))
            .withSensors(charge.sensors());
    String name = battery.number() + "-" + session;
    RunResult run = ClosedLoopRun.run(setup, plant, name, Progress.NONE, recorded::add);
    listener.accept(name, run);
    return new StudyRow(battery, charge, session, StudyOutcome.of(known.sessions(), run));
  }

  /** What the controller is told. */
  ChargeSetup setup(StudyCharge charge) {
    return new ChargeSetup(
        request.cell(),
        PackLayout.SINGLE_CELL,
        request.policy(),
        request.estimator(),
        charge.fromSoc(),
        TARGET_SOC,
        charge.believedAmbientKelvin(),
        request.heatTransferWattsPerM2Kelvin(),
        request.cell().upperCutOffVolts(),
        Math.max(MAX_TEMPERATURE_KELVIN, charge.believedAmbientKelvin() + LEAST_ROOM_KELVIN),
        PlantConfig.DEFAULT_C_RATE,
        request.periodSeconds(),
        charge.plantSeed());
  }
}
