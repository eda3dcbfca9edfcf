package dev.anodyne.hil.fmi;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import org.jspecify.annotations.Nullable;

/** What both versions of the interface have in common. One instance of a unit. */
abstract sealed class CoSimulation permits Fmi2, Fmi3 {
  private static final int WARNING = 1;
  private static final String[] STATUS = {"OK", "Warning", "Discard", "Error", "Fatal", "Pending"};

  private final NativeLibrary code;
  private final String prefix;
  final String name;
  private final PointerByReference saved = new PointerByReference();
  private double savedTime = Double.NaN;
  private boolean failed;

  CoSimulation(NativeLibrary code, String prefix, String name) {
    this.code = code;
    this.prefix = prefix;
    this.name = name;
  }

  /** The instance. */
  abstract Pointer instance();

  abstract void start();

  abstract void set(int[] references, double[] values);

  abstract void get(int[] references, double[] values);

  abstract void step(double time, double dtSeconds);

  /** Names of the state functions differ in a letter. */
  abstract String stateWord();

  final void save(double time) {
    call("Get" + stateWord(), instance(), saved);
    savedTime = time;
  }

  final double restore() {
    if (Double.isNaN(savedTime)) {
      throw new FmiException(name + ": no state was saved.");
    }
    call("Set" + stateWord(), instance(), saved.getValue());
    return savedTime;
  }

  final void close() {
    if (!Double.isNaN(savedTime)) {
      call("Free" + stateWord(), instance(), saved);
    }
    if (!failed) {
      call("Terminate", instance());
    }
    function("FreeInstance").invokeVoid(new Object[] {instance()});
  }

  final Function function(String function) {
    try {
      return code.getFunction(prefix + function);
    } catch (UnsatisfiedLinkError e) {
      throw new FmiException(name + ": its library has no " + prefix + function + ".", e);
    }
  }

  /** Calls a function that gives a status; a warning is let pass. */
  final void call(String function, @Nullable Object... arguments) {
    int status = function(function).invokeInt(arguments);
    if (status > WARNING) {
      failed = true;
      String word = status < STATUS.length ? STATUS[status] : String.valueOf(status);
      throw new FmiException(name + ": " + prefix + function + " ended with " + word + ".");
    }
  }

  static int flag(boolean value) {
    return value ? 1 : 0;
  }
}
