package dev.anodyne.hil.fmi;

import com.sun.jna.Callback;
import com.sun.jna.CallbackReference;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** FMI 2.0 for co-simulation (FMI 2.0.4, section 4.2). */
final class Fmi2 extends CoSimulation {
  private static final Logger LOG = LoggerFactory.getLogger(Fmi2.class);
  private static final int CO_SIMULATION = 1;

  /** {@code fmi2CallbackLogger}; what its message's format wants behind it is left out. */
  interface LoggerCallback extends Callback {
    void log(Pointer environment, String instance, int status, String category, String message);
  }

  /** {@code fmi2CallbackFunctions}. */
  @Structure.FieldOrder({"logger", "allocate", "free", "stepFinished", "environment"})
  public static final class Callbacks extends Structure {
    public @Nullable Pointer logger;
    public @Nullable Pointer allocate;
    public @Nullable Pointer free;
    public @Nullable Pointer stepFinished;
    public @Nullable Pointer environment;
  }

  /** Kept here: native code holds both for as long as the instance lives. */
  private final LoggerCallback logger;

  private final Callbacks callbacks = new Callbacks();
  private final Pointer instance;

  Fmi2(NativeLibrary code, ModelDescription description, Path folder) {
    super(code, "fmi2", description.modelName());
    logger = (env, who, status, category, message) -> LOG.debug("{}: {}", who, message);
    NativeLibrary c = NativeLibrary.getInstance("c");
    callbacks.logger = CallbackReference.getFunctionPointer(logger);
    callbacks.allocate = c.getFunction("calloc");
    callbacks.free = c.getFunction("free");
    callbacks.write();
    String resources = folder.resolve("resources").toUri().toString();
    Pointer made =
        function("Instantiate")
            .invokePointer(
                new Object[] {
                  "anodyne",
                  CO_SIMULATION,
                  description.token(),
                  resources,
                  callbacks,
                  flag(false),
                  flag(false)
                });
    if (made == null) {
      throw new FmiException(name + ": fmi2Instantiate refused.\nMaybe its GUID is another one.");
    }
    instance = made;
    call("SetupExperiment", instance, flag(false), 0.0, 0.0, flag(false), 0.0);
    call("EnterInitializationMode", instance);
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
    call("SetReal", instance, references, (long) references.length, values);
  }

  @Override
  void get(int[] references, double[] values) {
    call("GetReal", instance, references, (long) references.length, values);
  }

  @Override
  void step(double time, double dtSeconds) {
    call("DoStep", instance, time, dtSeconds, flag(false));
  }

  @Override
  String stateWord() {
    return "FMUstate";
  }
}
