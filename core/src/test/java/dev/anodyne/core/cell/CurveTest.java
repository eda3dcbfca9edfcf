package dev.anodyne.core.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.anodyne.core.bpx.Expression;
import dev.anodyne.core.bpx.TableFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;

class CurveTest {
  private static final int INTERVALS = 512;

  /** A cubic is a spline: clamped by its own slopes it comes back to rounding. */
  @Property(tries = 200)
  void aCubicIsReproduced(
      @ForAll @DoubleRange(min = -3, max = 3) double a,
      @ForAll @DoubleRange(min = -3, max = 3) double b,
      @ForAll @DoubleRange(min = 0, max = 1) @Scale(7) double x) {
    Curve curve = Curve.of(Expression.parse(a + "*x**3 + (" + b + ")*x"), 0, 1, INTERVALS);
    assertThat(curve.value(x)).isCloseTo(a * x * x * x + b * x, within(1e-13));
    assertThat(curve.slope(x)).isCloseTo(3 * a * x * x + b, within(1e-10));
    // Second differences of values with 16 digits on a grid of 1/512.
    assertThat(curve.curvature(x)).isCloseTo(6 * a * x, within(1e-7));
  }

  /** From both sides of a grid point, value, slope and curvature meet. */
  @Property(tries = 200)
  void twiceContinuouslyDifferentiableAtEveryGridPoint(
      @ForAll @IntRange(min = 1, max = INTERVALS - 1) int knot,
      @ForAll @DoubleRange(min = 1, max = 40) double steep,
      @ForAll @DoubleRange(min = 0, max = 1) double centre) {
    Curve curve =
        Curve.of(
            Expression.parse("0.1*tanh(" + steep + "*(x - " + centre + ")) + exp(-20*x)"),
            0,
            1,
            INTERVALS);
    double x = knot / (double) INTERVALS;
    double left = Math.nextDown(x);
    double right = Math.nextUp(x);
    assertThat(curve.value(left)).isCloseTo(curve.value(right), within(1e-14));
    assertThat(curve.slope(left)).isCloseTo(curve.slope(right), within(1e-11));
    // Curvatures of up to 400; each is a second difference on a grid of 1/512.
    assertThat(curve.curvature(left)).isCloseTo(curve.curvature(right), within(1e-8));
  }

  @Property(tries = 300)
  void slopeAndCurvatureAreFiniteDifferences(
      @ForAll @DoubleRange(min = 0.001, max = 0.999) @Scale(7) double x,
      @ForAll @DoubleRange(min = 1, max = 30) double steep) {
    Curve curve = Curve.of(Expression.parse("tanh(" + steep + "*(x - 0.4))"), 0, 1, INTERVALS);
    double h = 1e-5;
    // Central differences: h²/6 of the third derivative, up to 2·30³.
    double slope = (curve.value(x + h) - curve.value(x - h)) / (2 * h);
    assertThat(curve.slope(x)).isCloseTo(slope, within(1e-6));
    double curvature = (curve.slope(x + h) - curve.slope(x - h)) / (2 * h);
    // The third derivative jumps at grid points by up to h f'''' = 30⁴·8/512, times h/2.
    assertThat(curve.curvature(x)).isCloseTo(curvature, within(0.1));
  }

  /** The look-up of the kernels says what the plain methods say, inside and outside. */
  @Property(tries = 300)
  void oneLookUpForBoth(@ForAll @DoubleRange(min = -0.5, max = 1.5) @Scale(7) double x) {
    Curve curve = Curve.of(Expression.parse("exp(-3*x) - x**2"), 0, 1, INTERVALS);
    double[] value = new double[3];
    double[] slope = new double[3];
    curve.valueAndSlope(x, value, slope, 1);
    assertThat(value[1]).isCloseTo(curve.value(x), within(1e-15));
    assertThat(slope[1]).isEqualTo(curve.slope(x));
    Electrode anode = CellParameters.load("lgm50").anode();
    anode.openCircuit(x, value, slope, 2);
    // Beyond the ends the guard reaches 10⁶ V.
    assertThat(value[2]).isCloseTo(anode.openCircuitVolts(x), within(1e-9));
    assertThat(slope[2]).isEqualTo(anode.openCircuitSlope(x));
  }

  @Test
  void theEndsTangentContinuesOutside() {
    Curve curve = Curve.of(Expression.parse("x**3"), 0, 1, INTERVALS);
    assertThat(curve.value(1.5)).isCloseTo(1 + 3 * 0.5, within(1e-12));
    assertThat(curve.slope(1.5)).isCloseTo(3, within(1e-12));
    assertThat(curve.curvature(1.5)).isZero();
    assertThat(curve.value(-0.5)).isCloseTo(0, within(1e-12));
  }

  @Test
  void aConstantIsOneEverywhere() {
    Curve curve = Curve.constant(7);
    double[] value = new double[1];
    double[] slope = {1};
    curve.valueAndSlope(123.4, value, slope, 0);
    assertThat(value[0]).isEqualTo(7);
    assertThat(slope[0]).isZero();
    assertThat(curve.isConstant()).isTrue();
    assertThat(curve.times(2).value(-5)).isEqualTo(14);
  }

  @Test
  void whatIsNotFiniteIsRefused() {
    assertThatThrownBy(() -> Curve.of(Expression.parse("log(x)"), 0, 1, 16))
        .isInstanceOf(BadCellException.class)
        .hasMessageContaining("not finite");
  }

  /** Through a table's own points the grid's spline stays within a hundredth of a microvolt. */
  @Test
  void aTableIsTakenOver() {
    double[] x = {0, 0.1, 0.25, 0.5, 0.7, 1};
    double[] y = {1, 0.4, 0.25, 0.14, 0.1, 0.05};
    TableFunction table = TableFunction.through(x, y);
    Curve curve = Curve.of(table, 0, 1, 4096);
    for (int i = 0; i < x.length; i++) {
      assertThat(curve.value(x[i])).isCloseTo(y[i], within(1e-8));
    }
  }
}
