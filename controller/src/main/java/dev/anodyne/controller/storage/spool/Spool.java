package dev.anodyne.controller.storage.spool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Frames that wait on disk, first in first out, never more than so many bytes: then the entries
 * that may give way are taken out of the oldest files, and only when none has any left, the oldest
 * file is deleted. A frame that was read counts as waiting until it is removed; after a restart
 * those of the oldest file are read again. Used by one thread; the counts may be asked for by any.
 */
public final class Spool implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Spool.class);
  private static final String END = ".spool";
  private static final String PART = ".part";
  private static final long SEGMENT_BYTES = 4_000_000;

  private final Path folder;
  private final long mostBytes;
  private final UnaryOperator<Frame> thinner;
  private final Deque<Segment> segments = new ArrayDeque<>();
  private @Nullable Frame peeked;
  private long number;
  private volatile long bytes;
  private volatile long entries;
  private volatile long droppedExpendable;
  private volatile long droppedLasting;

  /**
   * Opens what is there.
   *
   * @param folder made when something is to wait
   * @param mostBytes of all files
   * @param thinner makes a frame without the entries that may give way
   */
  public Spool(Path folder, long mostBytes, UnaryOperator<Frame> thinner) {
    this.folder = folder;
    this.mostBytes = mostBytes;
    this.thinner = thinner;
    openAll();
  }

  /** True when nothing waits. */
  public boolean isEmpty() {
    return segments.isEmpty();
  }

  /** Entries that wait. */
  public long entries() {
    return entries;
  }

  /** What the files take. */
  public long bytes() {
    return bytes;
  }

  /** Entries that were to give way and did, since the start. */
  public long droppedExpendable() {
    return droppedExpendable;
  }

  /** Other entries that were lost, since the start. */
  public long droppedLasting() {
    return droppedLasting;
  }

  /**
   * Lets a frame wait; returns when the disk has it.
   *
   * @throws IOException when the disk does not take it; what waits already is as before
   */
  public void append(Frame frame) throws IOException {
    makeRoom(Segment.size(frame));
    Segment last = segments.peekLast();
    try {
      if (last == null || last.bytes() >= segmentBytes()) {
        Files.createDirectories(folder);
        last = Segment.create(next());
        segments.addLast(last);
      }
      last.append(frame);
    } finally {
      dropEmpty();
      count();
    }
  }

  /** The oldest frame; null when nothing waits. */
  public @Nullable Frame peek() {
    while (peeked == null && !segments.isEmpty()) {
      Segment first = segments.getFirst();
      try {
        if (first.isAtEnd()) {
          segments.removeFirst().delete();
        } else {
          peeked = first.peek();
        }
      } catch (IOException e) {
        giveUp(first, e);
      }
    }
    count();
    return peeked;
  }

  /** The oldest frame has been dealt with. */
  public void remove() {
    Frame done = peeked;
    Segment first = segments.peekFirst();
    if (done == null || first == null) {
      throw new IllegalStateException("There is no frame to be removed.");
    }
    first.skip(done);
    peeked = null;
    peek();
  }

  @Override
  public void close() {
    for (Segment segment : segments) {
      try {
        segment.close();
      } catch (IOException e) {
        LOG.warn("{} could not be closed ({}).", segment.path(), e.toString());
      }
    }
  }

  private long segmentBytes() {
    return Math.min(SEGMENT_BYTES, Math.max(1, mostBytes / 4));
  }

  private void makeRoom(long wanted) throws IOException {
    while (total() + wanted > mostBytes && !segments.isEmpty()) {
      Segment thick = null;
      for (Segment segment : segments) {
        if (segment.expendable() > 0) {
          thick = segment;
          break;
        }
      }
      peeked = null;
      if (thick == null) {
        Segment oldest = segments.removeFirst();
        droppedLasting += oldest.lasting();
        oldest.delete();
      } else {
        thin(thick);
      }
    }
  }

  /** Takes out of a file what may give way. */
  private void thin(Segment thick) throws IOException {
    Path part = thick.path().resolveSibling(thick.path().getFileName() + PART);
    Files.deleteIfExists(part);
    Segment thin = Segment.create(part);
    long gone = thick.expendable();
    try {
      while (!thick.isAtEnd()) {
        Frame frame = thick.peek();
        Frame less = thinner.apply(frame);
        if (less.entries() > 0) {
          thin.append(less);
        }
        thick.skip(frame);
      }
      thin.close();
    } catch (IOException e) {
      thin.delete();
      Segment again = Segment.open(thick.path());
      replace(thick, again);
      throw e;
    }
    thick.close();
    Files.move(part, thick.path(), StandardCopyOption.REPLACE_EXISTING);
    replace(thick, Segment.open(thick.path()));
    droppedExpendable += gone;
    dropEmpty();
  }

  private void replace(Segment old, Segment now) {
    List<Segment> all = segments.stream().map(s -> s == old ? now : s).toList();
    segments.clear();
    segments.addAll(all);
  }

  private void dropEmpty() throws IOException {
    for (Segment segment : List.copyOf(segments)) {
      if (segment.isAtEnd()) {
        segments.remove(segment);
        segment.delete();
      }
    }
  }

  private void giveUp(Segment damaged, IOException why) {
    LOG.error(
        "{} entries in {} are lost: {}",
        damaged.expendable() + damaged.lasting(),
        damaged.path(),
        why.getMessage());
    droppedExpendable += damaged.expendable();
    droppedLasting += damaged.lasting();
    segments.remove(damaged);
    try {
      damaged.delete();
    } catch (IOException e) {
      LOG.error("{} cannot be deleted ({}).", damaged.path(), e.toString());
    }
  }

  private Path next() {
    number++;
    return folder.resolve(String.format(Locale.ROOT, "%012d%s", number, END));
  }

  private long total() {
    return segments.stream().mapToLong(Segment::bytes).sum();
  }

  private void count() {
    bytes = total();
    entries = segments.stream().mapToLong(s -> s.expendable() + s.lasting()).sum();
  }

  private void openAll() {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        String name = String.valueOf(file.getFileName());
        if (name.endsWith(PART)) {
          Files.deleteIfExists(file);
        } else if (name.matches("\\d{12}\\.spool")) {
          segments.addLast(Segment.open(file));
          number = Long.parseLong(name.substring(0, 12));
        }
      }
      dropEmpty();
    } catch (IOException e) {
      LOG.error("The spool {} cannot be read ({}).", folder, e.toString());
    }
    count();
  }
}
