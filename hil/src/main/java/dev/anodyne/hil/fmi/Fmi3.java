package dev.anodyne.hil.fmi;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.ByteByReference;
import com.sun.jna.ptr.DoubleByReference;
import java.nio.file.Path;

/** FMI 3.0 for co-simulation, without events and early returns (FMI 3.0.1, section 4.2). */
final class Fmi3 extends CoSimulation {
  private final Pointer instance;
  private final ByteByReference eventNeeded = new ByteByReference();
  private final ByteByReference terminate = new ByteByReference();
  private final ByteByReference earlyReturn = new ByteByReference();
  private final DoubleByReference reached = new DoubleByReference();

  Fmi3(NativeLibrary code, ModelDescription description, Path folder) {
    super(code, "fmi3", description.modelName());
    Pointer made =
        function("InstantiateCoSimulation")
            .invokePointer(
                new Object[] {
                  "anodyne",
                  description.token(),
                  folder.resolve("resources") + "/",
                  flag(false),
                  flag(false),
                  flag(false),
                  flag(false),
                  Pointer.NULL,
                  0L,
                  Pointer.NULL,
                  Pointer.NULL,
                  Pointer.NULL
                });
    if (made == null) {
      throw new FmiException(
          name + ": fmi3InstantiateCoSimulation refused.\nMaybe its token is another one.");
    }
    instance = made;
    call("EnterInitializationMode", instance, flag(false), 0.0, 0.0, flag(false), 0.0);
  }

  @Override
  Pointer instance() {
    return instance;
  }

  @Override
  void start() {
    call("ExitInitializationMode", instance);
  }

  @Override
  void set(int[] references, double[] values) {
    long count = references.length;
    call("SetFloat64", instance, references, count, values, count);
  }

  @Override
  void get(int[] references, double[] values) {
    long count = references.length;
    call("GetFloat64", instance, references, count, values, count);
  }

  @Override
  void step(double time, double dtSeconds) {
    call(
        "DoStep",
        instance,
        time,
        dtSeconds,
        flag(false),
        eventNeeded,
        terminate,
        earlyReturn,
        reached);
    if (terminate.getValue() != 0) {
      throw new FmiException(name + ": the unit asked for its end at " + time + " s.");
    }
  }

  @Override
  String stateWord() {
    return "FMUState";
  }
}
