package dev.anodyne.estimators.training;

import dev.anodyne.estimators.training.DataManifest.Shard;
import dev.anodyne.estimators.training.DataManifest.SplitSize;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the shards of a data set that are not there. Batteries are simulated side by side, the
 * sessions of one after each other since later ones use what earlier ones told. A shard is written
 * whole; the manifest lists it from then on. A run that is killed loses the shards in the making.
 */
final class DataGeneration {
  /** Four batteries of the wide plan. */
  static final int SESSIONS_A_SHARD = 16;

  static final String STAGE = "Data set";

  private static final Logger LOG = LoggerFactory.getLogger(DataGeneration.class);
  private static final String LOCK = ".lock";
  private static final int DEFAULT_SEED = 1;

  private final DataRequest request;
  private final Path folder;

  /** Writers read-lock it; the end of the process keeps them out. */
  private final ReadWriteLock writing = new ReentrantReadWriteLock();

  private int done;
  private int doneBefore;
  private long startNanos;

  DataGeneration(DataRequest request) {
    this.request = request;
    this.folder = request.folder();
  }

  /** Runs to the end; the manifest that it leaves. */
  DataManifest run() {
    try {
      Files.createDirectories(folder);
      try (FileChannel channel =
              FileChannel.open(
                  folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock lock = lock(channel)) {
        if (lock == null) {
          throw new DataSetException(
              folder + ": another process generates data here.\nMaybe wait for it to end.");
        }
        return complete();
      }
    } catch (IOException e) {
      throw new DataSetException(
          folder
              + ": training data cannot be written ("
              + e.getClass().getSimpleName()
              + (e.getMessage() == null ? "" : ", " + e.getMessage())
              + ").\nMaybe the disk is full or the folder is not writable; what is complete stays.",
          e);
    }
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private DataManifest complete() throws IOException {
    double probe = Shards.probeVolts(request.cell(), request.truth());
    Optional<DataManifest> found = DataManifest.read(folder);
    if (found.isPresent()) {
      DataSet.requireWanted(request, found.get());
      Shards.requireLayout(folder, found.get());
      // To the bit: shards of two engines would not be one data set.
      DataSet.requireCell(folder, found.get(), request.cell(), probe, 0.0);
    }
    Shards.removeParts(folder);
    DataManifest manifest = found.orElseGet(() -> fresh(probe));
    List<Integer> missing = new ArrayList<>();
    for (int i = 0; i < manifest.shardCount(); i++) {
      Optional<Shard> shard = manifest.shard(i);
      if (shard.isEmpty() || Shards.problem(folder, shard.get()).isPresent()) {
        missing.add(i);
      }
    }
    if (found.isEmpty()) {
      manifest.write(folder);
    }
    return missing.isEmpty() ? manifest : make(manifest, missing);
  }

  private DataManifest fresh(double probe) {
    DataPlan plan = request.plan().orElse(DataPlan.SHIPPED);
    int asked = request.sessions().orElse(0);
    if (asked != 0 && (asked < plan.leastSessions() || asked > plan.mostSessions())) {
      throw new DataSetException(
          asked
              + " sessions of the plan "
              + plan.text()
              + "; allowed: "
              + plan.leastSessions()
              + " to "
              + plan.mostSessions()
              + ".");
    }
    List<SessionRef> refs = plan.sessions(asked);
    return new DataManifest(
        DataManifest.FORMAT,
        DataManifest.SCHEMA_VERSION,
        false,
        request.softwareVersion(),
        request.cell().name(),
        request.cell().nominalCapacityAmpHours(),
        probe,
        plan.text(),
        plan.ranges(),
        request.seed().orElse(DEFAULT_SEED),
        asked,
        SessionGenerator.STEP_SECONDS,
        request.truth(),
        request.twin(),
        SESSIONS_A_SHARD,
        refs.size(),
        splits(refs),
        List.of());
  }

  private static Map<String, SplitSize> splits(List<SessionRef> refs) {
    Map<String, SplitSize> splits = new LinkedHashMap<>();
    for (Split split : Split.values()) {
      List<SessionRef> of = refs.stream().filter(r -> r.split() == split).toList();
      int batteries = (int) of.stream().mapToInt(SessionRef::battery).distinct().count();
      splits.put(split.text(), new SplitSize(of.size(), batteries));
    }
    return splits;
  }

  private DataManifest make(DataManifest from, List<Integer> missing) throws IOException {
    DataPlan plan = DataPlan.of(from.plan());
    List<SessionRef> refs = plan.sessions(from.sessionsAsked());
    SessionGenerator generator =
        new SessionGenerator(request.cell(), from.engine(), from.twin(), from.seed());
    int left = missing.stream().mapToInt(i -> part(refs, i, from.sessionsAShard()).size()).sum();
    doneBefore = refs.size() - left;
    startNanos = System.nanoTime();
    ExecutorService pool = Executors.newFixedThreadPool(request.workers(), DataGeneration::daemon);
    Thread atEnd = new Thread(this::abandon, "training-data-end");
    Runtime.getRuntime().addShutdownHook(atEnd);
    try {
      ExecutorCompletionService<Optional<Shard>> work = new ExecutorCompletionService<>(pool);
      int tasks = 0;
      for (int number : missing) {
        ShardTask shard = new ShardTask(plan, number, part(refs, number, from.sessionsAShard()));
        for (int battery = 0; battery < shard.batteries(); battery++) {
          int place = battery;
          work.submit(() -> battery(shard, place, generator, refs.size()));
          tasks++;
        }
      }
      return collect(from, work, tasks);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The generation of data was interrupted.", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException io) {
        throw io;
      }
      throw new IllegalStateException("A session could not be simulated.", e.getCause());
    } finally {
      pool.shutdownNow();
      forget(atEnd);
    }
  }

  private DataManifest collect(
      DataManifest from, ExecutorCompletionService<Optional<Shard>> work, int tasks)
      throws InterruptedException, ExecutionException, IOException {
    DataManifest manifest = from;
    for (int i = 0; i < tasks; i++) {
      Optional<Shard> shard = work.take().get();
      if (shard.isPresent()) {
        manifest = take(manifest, shard.get());
        whole(manifest);
      }
    }
    return manifest;
  }

  private void whole(DataManifest manifest) throws IOException {
    writing.readLock().lock();
    try {
      manifest.write(folder);
    } finally {
      writing.readLock().unlock();
    }
  }

  /** At the end of the process, Ctrl-C for instance: what is being written is written whole. */
  private void abandon() {
    writing.writeLock().lock();
    try {
      Shards.removeParts(folder);
    } catch (IOException e) {
      LOG.debug("The parts stay: the next run removes them.", e);
    }
    // Never unlocked: whoever wants to write waits for the end.
  }

  private static void forget(Thread atEnd) {
    try {
      Runtime.getRuntime().removeShutdownHook(atEnd);
    } catch (IllegalStateException e) {
      LOG.debug("The process ends already.", e);
    }
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "training-data");
    thread.setDaemon(true);
    return thread;
  }

  private static List<SessionRef> part(List<SessionRef> refs, int shard, int size) {
    return refs.subList(shard * size, Math.min((shard + 1) * size, refs.size()));
  }

  /** Simulates a battery; the shard when that was the last of its batteries. */
  private Optional<Shard> battery(ShardTask shard, int place, SessionGenerator generator, int count)
      throws IOException {
    if (Thread.currentThread().isInterrupted()) {
      throw new IOException("interrupted");
    }
    if (!shard.simulate(place, generator, () -> advanced(count))) {
      return Optional.empty();
    }
    writing.readLock().lock();
    try {
      return Optional.of(Shards.write(folder, shard.number(), shard.sessions()));
    } finally {
      writing.readLock().unlock();
    }
  }

  private synchronized void advanced(int count) {
    done++;
    double perSecond = done / ((System.nanoTime() - startNanos) * 1e-9);
    int all = doneBefore + done;
    request
        .progress()
        .advanced(
            STAGE,
            (double) all / count,
            String.format(
                Locale.ROOT,
                "%d of %d sessions, %.1f/s, %s left",
                all,
                count,
                perSecond,
                duration((count - all) / perSecond)));
  }

  static String duration(double seconds) {
    long s = Math.round(seconds);
    return s < 90
        ? s + " s"
        : s < 5400 ? (s + 30) / 60 + " min" : String.format(Locale.ROOT, "%.1f h", seconds / 3600);
  }

  /** A shard that the manifest knew already must come out as it was. */
  private DataManifest take(DataManifest manifest, Shard shard) {
    Optional<Shard> before = manifest.shard(shard.number());
    if (before.isPresent() && !before.get().files().equals(shard.files())) {
      throw new DataSetException(
          folder.resolve(shard.folder())
              + ": generated again, and not the same bytes as before.\nMaybe another version ("
              + manifest.softwareVersion()
              + ") made the data; generate them in another folder.");
    }
    return manifest.with(shard);
  }
}
