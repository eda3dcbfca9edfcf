package dev.anodyne.core.bpx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayDeque;
import java.util.Deque;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionTest {
  /** Values as Python gives them: the format's own library executes the text there. */
  @ParameterizedTest
  @CsvSource({
    "-x**2, 2, -4",
    "2**3**2, 0, 512",
    "2**-1, 0, 0.5",
    "1 - 2 - 3, 0, -4",
    "8 / 4 / 2, 0, 1",
    "1e-5 * 1E5 + .5, 0, 1.5",
    "-(x + 1) * -2, 3, 8",
    "exp(0) + cosh(0) + sinh(0) + tanh(0) + log(1) + sqrt(4), 0, 4",
    "+x, 7, 7"
  })
  void valuesFollowPythonsPrecedence(String text, double x, double value) {
    assertThat(Expression.parse(text).value(x)).isCloseTo(value, within(1e-14));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x**3 - 2*x",
        "exp(-3*x) * tanh(2*x - 1)",
        "sqrt(x) / (1 + x**2)",
        "x**1.5",
        "2**x",
        "x**x",
        "log(1 + x) - cosh(x) + sinh(x)"
      })
  void slopesAreDerivatives(String text) {
    Expression f = Expression.parse(text);
    for (double x = 0.1; x < 1; x += 0.2) {
      double h = 1e-6;
      double difference = (f.value(x + h) - f.value(x - h)) / (2 * h);
      assertThat(f.slope(x)).as("%s at %s", text, x).isCloseTo(difference, within(1e-8));
    }
  }

  /**
   * Random expressions of every operator and function: the slope against central differences with
   * Richardson's extrapolation, where the function is smooth enough for it to settle and every part
   * of it is finite: tanh(1/(x - x)) has a value but no slope, and differences do not show it.
   */
  @Property(tries = 500)
  void everySlopeIsTheDerivative(
      @ForAll("expressions") String text,
      @ForAll @DoubleRange(min = 0.1, max = 0.9) @Scale(6) double x) {
    Expression f = Expression.parse(text);
    double h = 1e-3;
    double wide = (f.value(x + h) - f.value(x - h)) / (2 * h);
    double half = (f.value(x + h / 2) - f.value(x - h / 2)) / h;
    double quarter = (f.value(x + h / 4) - f.value(x - h / 4)) / (h / 2);
    double coarse = (4 * half - wide) / 3;
    double fine = (4 * quarter - half) / 3;
    double scale = 1 + Math.abs(fine) + Math.abs(f.value(x));
    Assume.that(Math.abs(fine - coarse) < 1e-8 * scale && scale < 1e8);
    Assume.that(everyPartIsFinite(text, x));
    assertThat(f.slope(x)).as("%s at %s", text, x).isCloseTo(fine, within(1e-6 * scale));
  }

  /** Whether whatever stands in brackets is far from overflow, also when it is cubed. */
  private static boolean everyPartIsFinite(String text, double x) {
    Deque<Integer> open = new ArrayDeque<>();
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '(') {
        open.push(i + 1);
      } else if (text.charAt(i) == ')') {
        double part = Expression.parse(text.substring(open.pop(), i)).value(x);
        if (!(Math.abs(part) < 1e100)) {
          return false;
        }
      }
    }
    return true;
  }

  @Provide
  Arbitrary<String> expressions() {
    Arbitrary<String> leaf = Arbitraries.of("x", "x", "0.7", "2", "1e-1", "-x", ".5");
    return Arbitraries.recursive(
        () -> leaf,
        inner ->
            Arbitraries.oneOf(
                Combinators.combine(inner, Arbitraries.of("+", "-", "*", "/"), inner)
                    .as((a, operator, b) -> "(" + a + " " + operator + " " + b + ")"),
                Combinators.combine(Arbitraries.of("exp", "tanh", "cosh", "sinh"), inner)
                    .as((name, a) -> name + "(" + a + ")"),
                inner.map(a -> "log(2 + (" + a + ")**2)"),
                inner.map(a -> "sqrt(1 + (" + a + ")**2)"),
                inner.map(a -> "-(" + a + ")**3"),
                inner.map(a -> "(1 + (" + a + ")**2)**-1.5"),
                inner.map(a -> "2**(" + a + ")")),
        0,
        4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x +",
        "(x",
        "x)",
        "y",
        "__import__('os')",
        "exp",
        "exp x",
        "sin(x)",
        "1..2",
        "x ** ",
        "x; x",
        "x.real",
        "1e",
        "2 x"
      })
  void everythingElseIsRejectedWithTheAllowedSet(String text) {
    assertThatThrownBy(() -> Expression.parse(text))
        .isInstanceOf(BpxException.class)
        .hasMessageContaining("character")
        .hasMessageContaining("allowed: numbers, x");
  }

  @Test
  void deepNestingIsRefusedNotOverflowing() {
    assertThatThrownBy(() -> Expression.parse("(".repeat(100_000)))
        .isInstanceOf(BpxException.class);
  }

  @Test
  void tablesGoThroughEveryPointTwiceSmoothly() {
    double[] x = {0, 0.1, 0.25, 0.5, 0.7, 1};
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = x[i] * x[i] * x[i] - x[i];
    }
    TableFunction table = TableFunction.through(x, y);
    // A cubic is reproduced exactly with not-a-knot ends.
    for (double at = 0; at <= 1; at += 0.01) {
      assertThat(table.value(at)).isCloseTo(at * at * at - at, within(1e-14));
      assertThat(table.slope(at)).isCloseTo(3 * at * at - 1, within(1e-12));
    }
    assertThat(table.value(1.1)).isCloseTo(0.2, within(1e-12));
  }
}
