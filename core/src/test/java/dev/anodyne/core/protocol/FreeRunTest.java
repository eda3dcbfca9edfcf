package dev.anodyne.core.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.p2d.P2dControl;
import dev.anodyne.core.p2d.P2dModel;
import dev.anodyne.core.p2d.P2dOptions;
import dev.anodyne.core.p2d.P2dOptions.Ageing;
import dev.anodyne.core.p2d.P2dOptions.Thermal;
import dev.anodyne.core.p2d.P2dOutputs;
import dev.anodyne.core.p2d.P2dState;
import dev.anodyne.core.p2d.P2dStepper;
import dev.anodyne.core.p2d.P2dWorkspace;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run in sub-steps of its own choice against one that is made to step at every row. */
class FreeRunTest {
  private static final double AMBIENT = 298.15;

  @ParameterizedTest(name = "{0} {1}: {4}")
  @CsvSource({
    "lgm50, FULL, 0.05, 0.1, Charge at 1C until 4.2 V",
    "lgm50, FULL, 0.05, 0.1, Charge at 2C until 4.2 V",
    "lgm50, FULL, 1.00, 0.1, Discharge at 1C until 2.5 V",
    "chen2020, NONE, 1.00, 0.1, Discharge at 1C until 2.5 V",
    "marquis2019, NONE, 1.00, 0.1, Discharge at 3C for 1000 s",
    "lgm50, FULL, 0.40, 0.1, Hold at 4.1 V for 30 minutes",
    "lgm50, FULL, 0.20, 0.1, Hold anode potential at 10 mV for 15 minutes",
    "lgm50, FULL, 0.90, 0.1, Discharge at 15 W for 1000 s",
    // a tabulated graphite OCP bends within a sub-step, which the error estimate sees too late
    "okane2022, FULL, 0.05, 1, Charge at 2C until 4.2 V",
    // LFP: the knee at the end falls by 20 mV/s
    "prada2013, NONE, 1.00, 0.5, Discharge at 1C until 2.0 V",
    // the anode runs away with up to 31 mV/s in the last seconds: a tenth of a second
    "ecker2015, NONE, 0.10, 4, Charge at 2C until 4.2 V",
  })
  void rowsAreThoseOfARunThatStepsEveryPeriod(
      String cell, Ageing ageing, double soc, double millivolts, String protocol) {
    CellParameters parameters = CellParameters.load(cell);
    Thermal thermal = parameters.thermal().isPresent() ? Thermal.LUMPED : Thermal.ISOTHERMAL;
    P2dOptions options = P2dOptions.PLANT.withAgeing(ageing).withThermal(thermal);
    Protocol load = Protocol.parse(protocol);
    SimulationTable table =
        ProtocolRunner.run(SimulationRequest.of(parameters, options, load, soc, AMBIENT)).table();
    P2dModel model = P2dModel.of(parameters, options);
    P2dState state = model.newState(soc, AMBIENT);
    P2dWorkspace workspace = model.newWorkspace();
    P2dOutputs outputs = new P2dOutputs();
    StepAction action = load.steps().get(0).action();
    double value = action.value(parameters.nominalCapacityAmpHours());
    double time = 0;
    for (int row = 1; row < table.rowCount(); row++) {
      double next = table.value(row, SimulationColumns.TIME);
      P2dStepper.step(
          model, state, action.control(), value, next - time, AMBIENT, workspace, outputs);
      time = next;
      // Each integration has its own error of 0.04 mV a sub-step; rows between add 0.02 mV. Where
      // the rows above allow more they say why.
      assertThat(table.value(row, SimulationColumns.VOLTAGE))
          .as("voltage at %s s", time)
          .isCloseTo(outputs.voltageVolts, within(1e-3 * millivolts));
      assertThat(table.value(row, SimulationColumns.ANODE_POTENTIAL))
          .as("anode potential at %s s", time)
          .isCloseTo(outputs.anodePotentialVolts, within(1e-3 * millivolts));
      // 10 mK are far below what a cell's temperature is known to
      assertThat(table.value(row, SimulationColumns.TEMPERATURE))
          .isCloseTo(outputs.temperatureKelvin, within(0.01));
      // charge is counted exactly when the current is held, else to 0.01 % of the capacity
      assertThat(table.value(row, SimulationColumns.SOC)).isCloseTo(outputs.soc, within(1e-4));
    }
  }

  @Test
  void anEventIsWhereATighterRunHasIt() {
    CellParameters cell = CellParameters.load("lgm50");
    P2dOptions options = P2dOptions.PLANT.withAgeing(Ageing.NONE).withThermal(Thermal.ISOTHERMAL);
    Protocol load = Protocol.parse("Discharge at 1C until 2.5 V");
    SimulationResult run =
        ProtocolRunner.run(SimulationRequest.of(cell, options, load, 0.5, AMBIENT));
    double end = run.termination().timeSeconds();
    P2dModel model = P2dModel.of(cell, options);
    P2dState state = model.newState(0.5, AMBIENT);
    P2dWorkspace workspace = model.newWorkspace();
    P2dOutputs outputs = new P2dOutputs();
    double amps = -cell.nominalCapacityAmpHours();
    double before = 0;
    double step = 0.5; // a hundredth of what the free run takes there
    int steps = (int) Math.ceil(end / step) + 2;
    double crossed = Double.NaN;
    for (int i = 1; i <= steps && Double.isNaN(crossed); i++) {
      P2dStepper.step(model, state, P2dControl.CURRENT, amps, step, AMBIENT, workspace, outputs);
      if (outputs.voltageVolts < 2.5) {
        // within half a second of 5 mV/s the chord is good to far below a millisecond's worth
        crossed = step * (i - (2.5 - outputs.voltageVolts) / (before - outputs.voltageVolts));
      }
      before = outputs.voltageVolts;
    }
    // 0.04 mV, the error of one sub-step, at the 5 mV/s with which the voltage falls there
    assertThat(end).isCloseTo(crossed, within(8e-3));
    SimulationTable table = run.table();
    // The end is a true sub-step's end, located to 1e-8 V
    assertThat(table.value(table.rowCount() - 1, SimulationColumns.VOLTAGE))
        .isCloseTo(2.5, within(1e-8));
  }

  @Test
  void theVoltagesPartsAddUpInEveryRow() {
    SimulationRequest request =
        SimulationRequest.of(
                CellParameters.load("lgm50"),
                P2dOptions.PLANT,
                Protocol.parse("Charge at 2C for 200 s; Hold at 4.1 V for 100 s; Rest for 30 s"),
                0.3,
                AMBIENT)
            .withVoltageParts();
    SimulationTable table = ProtocolRunner.run(request).table();
    for (int row = 0; row < table.rowCount(); row++) {
      double sum = 0;
      for (String part : SimulationColumns.voltageParts()) {
        sum += table.value(row, part);
      }
      // parts and voltage are interpolated alike, so their sum stays exact to rounding
      assertThat(sum).isCloseTo(table.value(row, SimulationColumns.VOLTAGE), within(1e-9));
    }
  }

  @Test
  void aSubStepLeavesTheHeapAlone() {
    P2dModel model = P2dModel.of(CellParameters.load("lgm50"), P2dOptions.PLANT);
    CellRun run = new CellRun(model, 0.2, AMBIENT, true);
    ThreadMXBean bean = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Reading reading = Reading.empty(true);
    long used = 0;
    for (int round = 0; round < 10; round++) {
      long before = bean.getThreadAllocatedBytes(Thread.currentThread().getId());
      run.hold(P2dControl.CURRENT, round % 2 == 0 ? 5 : -5, 0);
      for (int i = 0; i < 10; i++) {
        run.tryFreely(60);
        run.prepare();
        if (run.jumps()) {
          run.interpolateFromJump();
        }
        run.interpolate(0.5 * run.triedSeconds(), reading);
        run.afterEnd(reading);
        run.keep();
      }
      run.land(1);
      used = bean.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
    }
    // The measuring call itself may allocate a few bytes; one array of the model is 200 or more.
    assertThat(used).isLessThan(200);
  }
}
