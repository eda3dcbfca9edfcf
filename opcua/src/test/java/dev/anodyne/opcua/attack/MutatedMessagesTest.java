package dev.anodyne.opcua.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anodyne.opcua.server.ServerLimit;
import dev.anodyne.opcua.server.ServerLimits;
import dev.anodyne.opcua.server.station.StationUnderAttack;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Messages that are changed at random, to a server where everybody may log in: it stays up, keeps
 * its memory, and a client that has nothing to do with it does not notice.
 */
final class MutatedMessagesTest {
  private static final int QUICK = 4_000;
  private static final int WHOLE = 120_000;
  private static final int SENDERS = 4;
  private static final long SEED = 20_261_123;

  @TempDir private Path directory;

  @Test
  void someThousand() throws Exception {
    // A session that a mutated message has asked for is waited for: a minute is the usual limit.
    send(QUICK, ServerLimits.DEFAULT.with(ServerLimit.SESSION_TIMEOUT_SECONDS, 12));
  }

  @Test
  @Tag("slow")
  void hundredThousandAndMore() throws Exception {
    send(WHOLE, ServerLimits.DEFAULT);
  }

  private void send(int messages, ServerLimits limits) throws Exception {
    try (StationUnderAttack station = StationUnderAttack.open(directory, limits)) {
      Siege siege = new Siege(station);
      Siege.Attack[] senders = new Siege.Attack[SENDERS];
      for (int i = 0; i < SENDERS; i++) {
        senders[i] = new Fuzzer(station, SEED + i, "127.0.3." + (i + 1), messages / SENDERS);
      }
      Siege.Outcome outcome = siege.attack(senders);
      System.out.printf(
          "%,d mutated messages in %.1f s: valid reads %d, p99 %.1f ms, worst %.1f ms; memory"
              + " %+.1f MB after a collection; refused %s%n",
          messages,
          outcome.took().toNanos() * 1e-9,
          outcome.reads(),
          outcome.p99().toNanos() * 1e-6,
          outcome.worst().toNanos() * 1e-6,
          (outcome.during().memory() - outcome.before().memory()) / 1048576.0,
          Siege.refusals(station));
      assertThat(outcome.reads()).as("the valid client read on").isPositive();
    }
  }
}
