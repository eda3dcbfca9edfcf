package dev.anodyne.hil.recording;

import dev.anodyne.hil.channel.Channel;
import dev.anodyne.hil.channel.Channels;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records channels into a file. The plant's thread samples into a ring of rows made once; a thread
 * of its own writes them, at the latest every second.
 *
 * <p>{@link #sample} belongs to one thread; everything else may be called from any.
 */
public final class Recorder implements AutoCloseable {
  /** What happens when the file cannot be written as fast as rows come. */
  public enum WhenFull {
    /** The plant waits: nothing is lost. For lock-step and in process. */
    WAIT,
    /** The row is lost, and counted. For plants that move by the clock. */
    DROP
  }

  private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);
  private static final long RING_BYTES = 64L << 20;
  private static final int MOST_ROWS = 1 << 14;
  private static final int FEWEST_ROWS = 1 << 6;
  private static final long IDLE_NANOS = 1_000_000;
  private static final long FLUSH_NANOS = 1_000_000_000;

  private final Path file;
  private final Channels channels;
  private final int[] which;
  private final WhenFull whenFull;
  private final RowWriter writer;
  private final double[][] ring;
  private final Thread thread = new Thread(this::write, "bench recorder");
  private volatile long sampled;
  private volatile long written;
  private long rowsLost; // the sampling thread's
  private volatile long lost;
  private volatile boolean closing;
  private volatile @Nullable IOException failure;

  private Recorder(Path file, Channels channels, int[] which, WhenFull whenFull, RowWriter writer) {
    this.file = file;
    this.channels = channels;
    this.which = which;
    this.whenFull = whenFull;
    this.writer = writer;
    int rows = FEWEST_ROWS;
    while (rows < MOST_ROWS && 2L * rows * which.length * Double.BYTES <= RING_BYTES) {
      rows *= 2;
    }
    ring = new double[rows][which.length];
    thread.setDaemon(true);
  }

  /**
   * Begins a recording.
   *
   * @param file ends with .mf4, .parquet or .csv
   * @param patterns names of channels, {@code *} for any text: see {@link #select}
   * @throws IllegalArgumentException for another ending, or a pattern that no channel fits
   * @throws IOException when the file cannot be made
   */
  public static Recorder start(
      Path file, Channels channels, List<String> patterns, WhenFull whenFull) throws IOException {
    int[] which = select(channels, patterns);
    List<RecordedColumn> columns = new ArrayList<>();
    for (int index : which) {
      Channel channel = channels.get(index);
      columns.add(new RecordedColumn(channel.name(), channel.unit(), channel.meaning()));
    }
    Recorder made =
        new Recorder(file, channels, which, whenFull, RowWriter.to(file, List.copyOf(columns)));
    made.thread.start();
    return made;
  }

  /**
   * The channels that a recording has: the time, and those of the patterns in the channels' order.
   *
   * @param patterns none for all channels
   */
  public static int[] select(Channels channels, List<String> patterns) {
    boolean[] wanted = new boolean[channels.count()];
    for (String pattern : patterns.isEmpty() ? List.of("*") : patterns) {
      boolean any = false;
      for (int i = 0; i < wanted.length; i++) {
        if (fits(pattern, channels.get(i).name())) {
          wanted[i] = true;
          any = true;
        }
      }
      if (!any) {
        throw new IllegalArgumentException(
            "No channel fits '"
                + pattern
                + "'; 'anodyne hil channels' lists all, and * stands for any text.");
      }
    }
    int time = channels.index("time");
    wanted[time] = false;
    List<Integer> found = new ArrayList<>(List.of(time));
    for (int i = 0; i < wanted.length; i++) {
      if (wanted[i]) {
        found.add(i);
      }
    }
    return found.stream().mapToInt(Integer::intValue).toArray();
  }

  private static boolean fits(String pattern, String name) {
    int star = pattern.indexOf('*');
    if (star < 0) {
      return pattern.equals(name);
    }
    if (!name.startsWith(pattern.substring(0, star))) {
      return false;
    }
    String rest = pattern.substring(star + 1);
    for (int at = star; at <= name.length(); at++) {
      if (fits(rest, name.substring(at))) {
        return true;
      }
    }
    return false;
  }

  /** Takes down the present values; on the plant's thread, after a step. */
  public void sample() {
    long row = sampled;
    while (row - written >= ring.length) {
      if (whenFull == WhenFull.DROP || failure != null || closing) {
        lost = ++rowsLost;
        return;
      }
      LockSupport.parkNanos(this, IDLE_NANOS / 10);
    }
    channels.readAll(which, ring[(int) (row % ring.length)]);
    sampled = row + 1;
  }

  private void write() {
    try (writer) {
      long flushed = System.nanoTime();
      boolean ending = false;
      while (!ending) {
        ending = closing && sampled == written;
        boolean wrote = writeWaiting();
        if (System.nanoTime() - flushed > FLUSH_NANOS) {
          writer.flush();
          flushed = System.nanoTime();
        }
        if (!wrote && !ending) {
          LockSupport.parkNanos(this, IDLE_NANOS);
        }
      }
    } catch (IOException e) {
      failure = e;
      LOG.error("Recording {} ended early", file, e);
    }
  }

  private boolean writeWaiting() throws IOException {
    long until = sampled;
    boolean any = written < until;
    for (long row = written; row < until; row++) {
      writer.write(ring[(int) (row % ring.length)]);
      written = row + 1;
    }
    return any;
  }

  /** Rows taken down so far. */
  public long rows() {
    return sampled;
  }

  /** Rows lost because the file could not be written as fast. */
  public long lost() {
    return lost;
  }

  public Path file() {
    return file;
  }

  /**
   * Writes what waits and closes the file.
   *
   * @throws IOException when the file could not be written to its end
   */
  @Override
  public void close() throws IOException {
    closing = true;
    LockSupport.unpark(thread);
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    IOException failed = failure;
    if (failed != null) {
      throw failed;
    }
  }
}
