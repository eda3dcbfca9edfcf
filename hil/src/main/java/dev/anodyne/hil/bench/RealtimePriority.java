package dev.anodyne.hil.bench;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import com.sun.jna.Structure;

/**
 * Asks the operating system to schedule one thread by {@code SCHED_FIFO}, in front of every
 * ordinary thread: {@code sched_setscheduler(0, SCHED_FIFO, priority)} for the thread that calls.
 * Linux only; needs root, {@code CAP_SYS_NICE} or an {@code rtprio} limit. Never for a whole Java
 * machine: its compiler and collector would stand in line with the plant.
 */
public final class RealtimePriority {
  /** Above ordinary threads, below the kernel's own. */
  public static final int DEFAULT = 10;

  private static final int SCHED_FIFO = 1;
  private static final int EPERM = 1;

  private RealtimePriority() {}

  /** The C library's part of this. */
  private interface CLibrary extends com.sun.jna.Library {
    int sched_setscheduler(int thread, int policy, Parameter parameter) throws LastErrorException;
  }

  /** {@code struct sched_param}. */
  @Structure.FieldOrder("priority")
  public static final class Parameter extends Structure {
    /** {@code sched_priority}. */
    public int priority;
  }

  /**
   * Asks for the calling thread.
   *
   * @param priority 1–99; 0 asks for nothing
   * @return the policy that it has now, in words for a log: {@code SCHED_FIFO 10}, or {@code
   *     SCHED_OTHER} and why
   */
  public static String request(int priority) {
    if (priority == 0) {
      return "SCHED_OTHER";
    }
    if (!Platform.isLinux()) {
      return "SCHED_OTHER (real-time priorities are on Linux only)";
    }
    try {
      Parameter parameter = new Parameter();
      parameter.priority = priority;
      Native.load("c", CLibrary.class).sched_setscheduler(0, SCHED_FIFO, parameter);
      return "SCHED_FIFO " + priority;
    } catch (LastErrorException e) {
      return e.getErrorCode() == EPERM
          ? "SCHED_OTHER (SCHED_FIFO needs CAP_SYS_NICE)"
          : "SCHED_OTHER (SCHED_FIFO refused: " + e.getMessage() + ")";
    } catch (UnsatisfiedLinkError e) {
      return "SCHED_OTHER (no C library for SCHED_FIFO: " + e.getMessage() + ")";
    }
  }
}
