package dev.anodyne.core.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.p2d.P2dOptions;
import dev.anodyne.core.p2d.P2dOptions.Ageing;
import dev.anodyne.core.protocol.SimulationTermination.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProtocolRunnerTest {
  private static final CellParameters LGM50 = CellParameters.load("lgm50");
  private static final CellParameters CHEN = CellParameters.load("chen2020");
  private static final P2dOptions FRESH = P2dOptions.PLANT.withAgeing(Ageing.NONE);
  private static final double AMBIENT = 298.15;

  private static SimulationResult run(String protocol, double soc) {
    return ProtocolRunner.run(
        SimulationRequest.of(LGM50, FRESH, Protocol.parse(protocol), soc, AMBIENT));
  }

  private static double last(SimulationResult result, String column) {
    return result.table().value(result.table().rowCount() - 1, column);
  }

  @ParameterizedTest(name = "{0} {1}: {3} s")
  @CsvSource({
    // When the reference solutions in resources/p2d reach the voltage; their first lines say so.
    "chen2020, LUMPED, Charge at 2C until 4.2 V, 766.27",
    "chen2020, ISOTHERMAL, Charge at 2C until 4.2 V, 671.74",
    "chen2020, ISOTHERMAL, Charge at 1C until 4.2 V, 2174.97",
  })
  void reachesTheVoltageWhenTheReferenceDoes(
      String cell, P2dOptions.Thermal thermal, String protocol, double seconds) {
    SimulationResult result =
        ProtocolRunner.run(
            SimulationRequest.of(
                CellParameters.load(cell),
                FRESH.withThermal(thermal),
                Protocol.parse(protocol),
                0.1,
                AMBIENT));
    // The voltage rises by about 0.5 mV/s there: 5 s are the 2.5 mV that two models may differ by.
    assertThat(result.termination().timeSeconds()).isCloseTo(seconds, within(5.0));
    assertThat(last(result, SimulationColumns.VOLTAGE)).isCloseTo(4.2, within(1e-6));
  }

  @Test
  void dischargeAndAgeingChargeEndWhenTheReferencesDo() {
    SimulationResult discharge =
        ProtocolRunner.run(
            SimulationRequest.of(
                CHEN,
                FRESH.withThermal(P2dOptions.Thermal.ISOTHERMAL),
                Protocol.parse("Discharge at 1C until 2.5 V"),
                1.0,
                AMBIENT));
    // at the end of a discharge the voltage falls by 5 mV/s and more: 2.5 mV are half a second
    assertThat(discharge.termination().timeSeconds()).isCloseTo(3593.92, within(1.0));
    SimulationResult aged =
        ProtocolRunner.run(
            SimulationRequest.of(
                LGM50, P2dOptions.PLANT, Protocol.parse("Charge at 2C until 4.2 V"), 0.1, AMBIENT));
    assertThat(aged.termination().timeSeconds()).isCloseTo(1086.21, within(6.0)); // 0.4 mV/s
  }

  @Test
  void chargesThenHoldsThenRests() {
    SimulationResult result =
        run("Charge at 1C until 4.2 V; Hold at 4.2 V until C/20; Rest for 10 minutes", 0.7);
    assertThat(result.termination().kind()).isEqualTo(Kind.COMPLETED);
    assertThat(result.steps())
        .extracting(StepOutcome::endedBy)
        .containsExactly("voltage 4.2 V", "current 0.05C", "duration 600.0 s");
    SimulationTable table = result.table();
    double end = result.steps().get(0).endSeconds();
    double held = result.steps().get(1).endSeconds();
    for (int i = 0; i < table.rowCount(); i++) {
      double t = table.value(i, SimulationColumns.TIME);
      if (t > end && t <= held) {
        // a held voltage is a boundary condition: only Newton's tolerance is left
        assertThat(table.value(i, SimulationColumns.VOLTAGE)).isCloseTo(4.2, within(1e-4));
      }
    }
    int atEnd = rowAt(table, held);
    assertThat(table.value(atEnd, SimulationColumns.CURRENT)).isCloseTo(0.25, within(1e-6));
    assertThat(last(result, SimulationColumns.CURRENT)).isZero();
    assertThat(result.termination().timeSeconds()).isCloseTo(held + 600, within(1e-6));
  }

  private static int rowAt(SimulationTable table, double seconds) {
    for (int i = 0; i < table.rowCount(); i++) {
      if (Math.abs(table.value(i, SimulationColumns.TIME) - seconds) < 1e-9) {
        return i;
      }
    }
    throw new AssertionError("no row at " + seconds + " s");
  }

  @Test
  void endsOnTheAnodePotentialAndHoldsIt() {
    SimulationResult result =
        run(
            "Charge at 2C until anode potential 10 mV;"
                + " Hold anode potential at 10 mV until 65 %",
            0.2);
    assertThat(result.steps())
        .extracting(StepOutcome::endedBy)
        .containsExactly("anode potential 0.01 V", "state of charge 0.65");
    double reached = result.steps().get(0).endSeconds();
    for (int i = rowAt(result.table(), reached); i < result.table().rowCount(); i++) {
      assertThat(result.table().value(i, SimulationColumns.ANODE_POTENTIAL))
          .isCloseTo(0.01, within(1e-4)); // Newton's tolerance, as for the voltage
    }
    assertThat(last(result, SimulationColumns.SOC)).isCloseTo(0.65, within(1e-6));
    assertThat(last(result, SimulationColumns.CURRENT)).isBetween(0.5, 10.0);
  }

  @Test
  void eventsDoNotDependOnTheOutputPeriod() {
    List<Double> ends = new ArrayList<>();
    for (double period : new double[] {0.7, 1.0, 60.0}) {
      SimulationRequest request =
          SimulationRequest.of(
                  LGM50, FRESH, Protocol.parse("Charge at 1.5C until 4.1 V"), 0.3, AMBIENT)
              .withPeriodSeconds(period);
      ends.add(ProtocolRunner.run(request).termination().timeSeconds());
    }
    // rows are read from the run and do not change it
    assertThat(ends.get(0)).isEqualTo(ends.get(1));
    assertThat(ends.get(2)).isEqualTo(ends.get(1));
  }

  @Test
  void rowsFallOnWholePeriodsAndOnEnds() {
    SimulationRequest request =
        SimulationRequest.of(
                LGM50, FRESH, Protocol.parse("Charge at 1C for 25 s; Rest for 10 s"), 0.3, AMBIENT)
            .withPeriodSeconds(10);
    SimulationTable table = ProtocolRunner.run(request).table();
    assertThat(table.column(SimulationColumns.TIME)).containsExactly(0, 10, 20, 25, 30, 35);
    // the first row shows the first instant under current, not the rest before
    assertThat(table.value(0, SimulationColumns.CURRENT)).isEqualTo(5.0);
    assertThat(table.value(0, SimulationColumns.VOLTAGE))
        .isGreaterThan(LGM50.openCircuitVolts(0.3));
  }

  @Test
  void chargeInTheTableIsTheIntegralOfTheCurrent() {
    SimulationResult result = run("Discharge at 1C for 360 s; Charge at 5 A for 360 s", 0.6);
    double middle = result.table().value(rowAt(result.table(), 360), SimulationColumns.SOC);
    // 0.5 A·h of the capacity; the modes' means are linear in the current, so rounding is left
    assertThat(0.6 - middle).isCloseTo(0.5 / LGM50.capacityAmpHours(), within(1e-9));
    assertThat(last(result, SimulationColumns.SOC)).isCloseTo(0.6, within(1e-9));
  }

  @Test
  void anEventThatAlreadyHoldsEndsItsStepAtOnce() {
    SimulationResult result = run("Charge at 1C until 3.0 V; Rest for 5 s", 0.5);
    assertThat(result.steps().get(0).endedBy()).isEqualTo("already at voltage 3.0 V");
    assertThat(result.termination().timeSeconds()).isEqualTo(5.0);
  }

  @Test
  void repeatsCycles() {
    SimulationRequest request =
        SimulationRequest.of(
                LGM50,
                FRESH,
                Protocol.parse("Charge at 1C for 20 s; Discharge at 1C for 20 s"),
                0.5,
                AMBIENT)
            .withCycles(3);
    SimulationResult result = ProtocolRunner.run(request);
    assertThat(result.steps()).hasSize(6);
    assertThat(result.steps()).extracting(StepOutcome::cycle).containsExactly(1, 1, 2, 2, 3, 3);
    assertThat(result.termination().timeSeconds()).isEqualTo(120.0);
  }

  @Test
  void aDepletedPhaseIsANamedEnd() {
    SimulationResult result = run("Charge at 1C for 2 hours", 0.8);
    assertThat(result.termination().kind()).isEqualTo(Kind.DEPLETED);
    assertThat(result.termination().description()).contains("anode's surface is full");
    assertThat(result.termination().timeSeconds()).isBetween(600.0, 3600.0);
  }

  @Test
  void ageingAddsItsColumnsAndTakesCapacity() {
    SimulationRequest request =
        SimulationRequest.of(
            LGM50,
            P2dOptions.PLANT,
            Protocol.parse("Charge at 2C until 4.2 V; Rest for 10 minutes"),
            0.1,
            AMBIENT);
    SimulationResult result = ProtocolRunner.run(request);
    assertThat(result.table().columns()).hasSize(16).endsWith(SimulationColumns.CAPACITY);
    double lost =
        last(result, SimulationColumns.LOSS_TO_SEI)
            + last(result, SimulationColumns.LOSS_TO_PLATING);
    assertThat(lost).isGreaterThan(1e-5);
    double taken = LGM50.capacityAmpHours() - last(result, SimulationColumns.CAPACITY);
    // Lost lithium costs about its own charge: full lies where the anode is less full by as much.
    assertThat(taken / lost).isBetween(0.8, 1.1);
    assertThat(result.table().value(0, SimulationColumns.CAPACITY))
        .isCloseTo(LGM50.capacityAmpHours(), within(1e-9));
  }

  @Test
  void aProfileIsFollowedToItsLastRowWhateverTheVoltage() {
    CurrentProfile profile =
        new CurrentProfile(new double[] {0, 60, 60, 120, 180}, new double[] {5, 5, -5, -5, 10});
    SimulationResult result =
        ProtocolRunner.run(SimulationRequest.of(LGM50, FRESH, profile, 0.97, AMBIENT));
    assertThat(result.termination().kind()).isEqualTo(Kind.COMPLETED);
    assertThat(result.termination().timeSeconds()).isEqualTo(180.0);
    SimulationTable table = result.table();
    double highest = 0;
    for (double v : table.column(SimulationColumns.VOLTAGE)) {
      highest = Math.max(highest, v);
    }
    assertThat(highest).isGreaterThan(4.2);
    assertThat(table.value(rowAt(table, 150), SimulationColumns.CURRENT))
        .isCloseTo(2.5, within(1e-9)); // half way up the slope
    assertThat(table.value(rowAt(table, 61), SimulationColumns.CURRENT)).isEqualTo(-5.0);
    // 300 A·s − 300 A·s + 150 A·s: every stage sees its own instant's current, so rounding is left
    double gained = (last(result, SimulationColumns.SOC) - 0.97) * LGM50.capacityAmpHours() * 3600;
    assertThat(gained).isCloseTo(150.0, within(1e-6));
  }

  @Test
  void equalRequestsGiveEqualTables(@TempDir Path folder) throws IOException {
    Path first = folder.resolve("deep/a.csv");
    Path second = folder.resolve("b.csv");
    String protocol = "Charge at 2C until 4.0 V; Hold at 4.0 V for 60 s";
    run(protocol, 0.5).table().writeCsv(first);
    run(protocol, 0.5).table().writeCsv(second);
    assertThat(first).hasSameTextualContentAs(second);
    List<String> lines = Files.readAllLines(first);
    assertThat(lines.get(0))
        .isEqualTo(
            "Time [s],Current [A],Voltage [V],Temperature [K],State of charge,"
                + "Anode potential [V],Anode surface stoichiometry at separator,"
                + "Anode surface stoichiometry,Cathode surface stoichiometry,"
                + "Anode stoichiometry,Cathode stoichiometry,"
                + "Electrolyte concentration at anode collector [mol.m-3],"
                + "Electrolyte concentration at cathode collector [mol.m-3]");
    try (var files = Files.list(folder.resolve("deep"))) {
      assertThat(files).containsExactly(first); // no temporary file is left
    }
  }

  @Test
  void tellsItsProgress() {
    List<Double> shares = new ArrayList<>();
    SimulationRequest request =
        SimulationRequest.of(
            CHEN, FRESH, Protocol.parse("Rest for 3 s; Rest for 3 s"), 0.5, AMBIENT);
    ProtocolRunner.run(request, (time, share, doing) -> shares.add(share));
    assertThat(shares).endsWith(1.0).isSorted();
  }
}
