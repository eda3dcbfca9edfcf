package dev.anodyne.core.bpx;

/** The syntax tree of a BPX expression in the variable {@code x}, with symbolic differentiation. */
public sealed interface Expression extends BpxFunction {

  /** A literal. */
  record Constant(double number) implements Expression {
    @Override
    public double value(double x) {
      return number;
    }

    @Override
    public double slope(double x) {
      return 0;
    }

    @Override
    public boolean isConstant() {
      return true;
    }
  }

  /** The variable. */
  record Variable() implements Expression {
    @Override
    public double value(double x) {
      return x;
    }

    @Override
    public double slope(double x) {
      return 1;
    }
  }

  /** −a. */
  record Negative(Expression a) implements Expression {
    @Override
    public double value(double x) {
      return -a.value(x);
    }

    @Override
    public double slope(double x) {
      return -a.slope(x);
    }
  }

  /** Two operands. */
  record Binary(char operator, Expression a, Expression b) implements Expression {
    @Override
    public double value(double x) {
      double u = a.value(x);
      double v = b.value(x);
      return switch (operator) {
        case '+' -> u + v;
        case '-' -> u - v;
        case '*' -> u * v;
        case '/' -> u / v;
        default -> Math.pow(u, v);
      };
    }

    @Override
    public double slope(double x) {
      double u = a.value(x);
      double v = b.value(x);
      double du = a.slope(x);
      double dv = b.slope(x);
      return switch (operator) {
        case '+' -> du + dv;
        case '-' -> du - dv;
        case '*' -> du * v + u * dv;
        case '/' -> (du - u / v * dv) / v;
        default -> powerSlope(u, v, du, dv);
      };
    }

    /** d(uᵛ) = v uᵛ⁻¹ du + uᵛ ln(u) dv; the second part only when the exponent varies. */
    private static double powerSlope(double u, double v, double du, double dv) {
      double base = du == 0 || v == 0 ? 0 : v * Math.pow(u, v - 1) * du;
      return dv == 0 ? base : base + Math.pow(u, v) * Math.log(u) * dv;
    }
  }

  /** A call of one of the allowed functions. */
  record Call(Function function, Expression a) implements Expression {
    @Override
    public double value(double x) {
      double u = a.value(x);
      return switch (function) {
        case EXP -> Math.exp(u);
        case TANH -> Math.tanh(u);
        case COSH -> Math.cosh(u);
        case SINH -> Math.sinh(u);
        case LOG -> Math.log(u);
        case SQRT -> Math.sqrt(u);
      };
    }

    @Override
    public double slope(double x) {
      double u = a.value(x);
      double du = a.slope(x);
      if (du == 0) {
        return 0;
      }
      double t = function == Function.TANH ? Math.tanh(u) : 0;
      return du
          * switch (function) {
            case EXP -> Math.exp(u);
            case TANH -> 1 - t * t;
            case COSH -> Math.sinh(u);
            case SINH -> Math.cosh(u);
            case LOG -> 1 / u;
            case SQRT -> 0.5 / Math.sqrt(u);
          };
    }
  }

  /** The functions an expression may call. */
  enum Function {
    EXP,
    TANH,
    COSH,
    SINH,
    LOG,
    SQRT
  }

  /**
   * Parses an expression.
   *
   * @throws BpxException with the position and what is allowed
   */
  static Expression parse(String text) {
    return new ExpressionParser(text).parse();
  }
}
