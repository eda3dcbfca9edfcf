package dev.anodyne.controller.app;

import dev.anodyne.controller.config.StationConfig.RecordingConfig;
import dev.anodyne.controller.session.recording.RecordingHeader;
import dev.anodyne.controller.session.recording.RecordingWriter;
import dev.anodyne.mpc.lp.DecisionTape;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where charges are recorded: one file a charge, named after its session and its begin, the oldest
 * ones deleted beyond a number and a size. A file that is being written ends in {@code .part}; one
 * that a killed process has left gets its name back. Thread-safe; everything may block.
 */
public final class RecordingStore {
  private static final Logger LOG = LoggerFactory.getLogger(RecordingStore.class);
  private static final DateTimeFormatter BEGIN =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH-mm-ss'Z'").withZone(ZoneOffset.UTC);
  private static final String ENDING = ".jsonl.gz";
  private static final String PART = ".part";

  /** Every how many decisions a recording keeps the whole plan. */
  private static final int PLAN_STRIDE = 10;

  private static final long SINGLE_BYTES = 1_000_000_000L;

  private static final int UNKNOWN = -1;

  /** How files are opened; a seam for tests of disks that fail. */
  @FunctionalInterface
  interface Opener {
    OutputStream open(Path file) throws IOException;
  }

  private final @Nullable RecordingConfig config;
  private final @Nullable Path single;
  private final Clock clock;
  private final Opener opener;
  private final Set<Path> open = ConcurrentHashMap.newKeySet();
  private boolean adopted;

  /** Files that are not being written, as far as known: without any there is nothing to delete. */
  private int closed = UNKNOWN;

  private RecordingStore(
      @Nullable RecordingConfig config, @Nullable Path single, Clock clock, Opener opener) {
    this.config = config;
    this.single = single;
    this.clock = clock;
    this.opener = opener;
  }

  /** A folder of recordings. */
  public static RecordingStore in(RecordingConfig config) {
    return in(config, Clock.systemUTC(), Files::newOutputStream);
  }

  static RecordingStore in(RecordingConfig config, Clock clock, Opener opener) {
    return new RecordingStore(config, null, clock, opener);
  }

  /** One file that holds the newest charge. */
  public static RecordingStore file(Path file) {
    return new RecordingStore(null, file, Clock.systemUTC(), Files::newOutputStream);
  }

  /**
   * Begins a recording. One that cannot be begun is logged: the charge goes on without it.
   *
   * @param header what the loop is made of
   * @param tape the policies' clock under a deadline
   * @param patient whether the loop may be kept waiting for the disk
   * @return null when it cannot be begun
   */
  @Nullable SessionRecording open(
      String session,
      Supplier<RecordingHeader> header,
      @Nullable DecisionTape tape,
      boolean patient) {
    Path file = single;
    Path part = null;
    Counted out = null;
    try {
      adoptNow();
      file = place(session);
      part = file.resolveSibling(file.getFileName() + PART);
      open.add(part);
      out = new Counted(opener.open(part));
      RecordingWriter writer = new RecordingWriter(out, header.get(), PLAN_STRIDE, tape);
      prune();
      return new SessionRecording(
          session, new Slot(part, file), writer, out.bytes::get, mostBytes(), patient);
    } catch (IOException | RuntimeException e) {
      LOG.warn("Session {}: no recording {}: {}", session, file, e.toString());
      LOG.debug("Session {}: why there is no recording.", session, e);
      discard(part, out);
      return null;
    }
  }

  /** Leaves nothing of a recording that could not be begun; what is not open is another's. */
  private void discard(@Nullable Path part, @Nullable Counted out) {
    if (part == null) {
      return;
    }
    open.remove(part);
    if (out == null) {
      return;
    }
    try {
      out.close();
    } catch (IOException e) {
      LOG.debug("{} could not be closed.", part, e);
    }
    try {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      LOG.debug("{} could not be deleted.", part, e);
    }
  }

  private long mostBytes() {
    return config == null ? SINGLE_BYTES : config.mostBytes() / 2;
  }

  private synchronized Path place(String session) throws IOException {
    Path own = single;
    if (own != null || config == null) {
      Path file = own == null ? Path.of("recording" + ENDING) : own;
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      return file;
    }
    Files.createDirectories(config.folder());
    String name = session + "-" + BEGIN.format(clock.instant());
    for (int again = 1; ; again++) {
      Path file = config.folder().resolve(again == 1 ? name + ENDING : name + "-" + again + ENDING);
      boolean isTaken =
          Files.exists(file) || Files.exists(file.resolveSibling(file.getFileName() + PART));
      if (!isTaken) {
        return file;
      }
    }
  }

  /** What a killed process was writing is a recording up to its last whole line. */
  synchronized void adoptNow() throws IOException {
    if (adopted || config == null || !Files.isDirectory(config.folder())) {
      return;
    }
    adopted = true;
    for (Path part : files(config.folder())) {
      String name = part.getFileName().toString();
      if (!name.endsWith(PART) || open.contains(part)) {
        continue;
      }
      if (!hasBegun(part)) {
        LOG.info("{} was cut off before anything was in it; it is deleted.", part);
        Files.delete(part);
      } else {
        Files.move(part, part.resolveSibling(name.substring(0, name.length() - PART.length())));
      }
    }
  }

  /** Whether at least its first line, which says what it is, got to the disk. */
  private static boolean hasBegun(Path part) throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(part)), StandardCharsets.UTF_8))) {
      return lines.readLine() != null;
    } catch (EOFException | ZipException e) {
      return false;
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(
              f ->
                  f.getFileName().toString().endsWith(ENDING)
                      || f.getFileName().toString().endsWith(ENDING + PART))
          .toList();
    }
  }

  /** Deletes the oldest beyond what is kept; never one that is being written. */
  private synchronized void prune() throws IOException {
    if (config == null || closed == 0) {
      return;
    }
    record Old(Path file, long modified, long bytes) {}
    List<Old> newestFirst =
        files(config.folder()).stream()
            .map(f -> new Old(f, f.toFile().lastModified(), f.toFile().length()))
            .sorted(
                Comparator.comparingLong(Old::modified)
                    .thenComparing(o -> o.file().toString())
                    .reversed())
            .toList();
    long bytes = 0;
    int kept = 0;
    int keptClosed = 0;
    for (Old old : newestFirst) {
      boolean isOpen = open.contains(old.file());
      if (isOpen || (kept < config.kept() && bytes + old.bytes() <= config.mostBytes())) {
        bytes += old.bytes();
        kept++;
        keptClosed += isOpen ? 0 : 1;
      } else {
        Files.deleteIfExists(old.file());
      }
    }
    closed = keptClosed;
  }

  private synchronized void pruneAfterOne() throws IOException {
    closed = UNKNOWN;
    prune();
  }

  /** Where one recording goes: a file that gets its name when it is written. */
  final class Slot {
    private final Path part;
    private final Path file;

    private Slot(Path part, Path file) {
      this.part = part;
      this.file = file;
    }

    /** Where it is found when it is written. */
    Path file() {
      return file;
    }

    /** It is at its end; {@code false} when nothing happened that is worth a file. */
    void ended(boolean isWorthIt) throws IOException {
      open.remove(part);
      if (isWorthIt) {
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
      } else {
        Files.deleteIfExists(part);
      }
      pruneAfterOne();
    }
  }

  /** Counts what goes to the file. */
  private static final class Counted extends FilterOutputStream {
    private final AtomicLong bytes = new AtomicLong();

    Counted(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int b) throws IOException {
      out.write(b);
      bytes.incrementAndGet();
    }

    @Override
    public void write(byte[] b, int from, int length) throws IOException {
      out.write(b, from, length);
      bytes.addAndGet(length);
    }
  }
}
