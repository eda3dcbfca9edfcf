package dev.anodyne.opcua.attack;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.anodyne.opcua.server.station.StationUnderAttack;
import io.netty.buffer.PooledByteBufAllocator;
import java.lang.management.ManagementFactory;

/**
 * What the process holds. Attackers live in the same process, so what is theirs counts, too.
 *
 * @param heap bytes in use after a collection
 * @param direct bytes of the network's buffers
 * @param files open file handles
 * @param threads live threads
 * @param connections of the server
 * @param sessions of the server, logged in or not
 * @param subscriptions of the server
 */
record Level(
    long heap,
    long direct,
    long files,
    int threads,
    int connections,
    int sessions,
    int subscriptions) {

  static Level of(StationUnderAttack station) {
    System.gc();
    var system = ManagementFactory.getOperatingSystemMXBean();
    return new Level(
        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
        PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory(),
        system instanceof UnixOperatingSystemMXBean unix ? unix.getOpenFileDescriptorCount() : 0,
        ManagementFactory.getThreadMXBean().getThreadCount(),
        station.shield().connections(),
        station.sessions(),
        station.subscriptions().size());
  }

  /** Memory of both kinds, bytes. */
  long memory() {
    return heap + direct;
  }
}
