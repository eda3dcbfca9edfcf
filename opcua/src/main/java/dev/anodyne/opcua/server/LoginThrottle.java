package dev.anodyne.opcua.server;

import dev.anodyne.core.charging.NanoClock;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Slows down who guesses passwords: see {@link LoginRules}. It counts wrong log-ins of a user from
 * an address, of an address, and of a user from anywhere. The last two do not keep out a user at an
 * address from which it has logged in before: nobody can lock out others by being wrong in their
 * name.
 *
 * <p>An attempt counts as wrong from its beginning until it has succeeded, so that many at once are
 * not cheaper than one after the other. What is counted is bounded; the oldest is forgotten first.
 */
public final class LoginThrottle {
  private static final int MOST_KEPT = 10_000;

  /** Names beyond this are not told apart; nobody has one. */
  private static final int LONGEST_NAME = 128;

  private final LoginRules rules;
  private final NanoClock clock;
  private final Map<String, Count> pairs = bounded();
  private final Map<String, Count> addresses = bounded();
  private final Map<String, Count> users = bounded();
  private final Map<String, Boolean> known = bounded();

  /**
   * Without anybody who waits.
   *
   * @param clock by which waits are measured
   */
  public LoginThrottle(LoginRules rules, NanoClock clock) {
    this.rules = rules;
    this.clock = clock;
  }

  /** Wrong ones within a window, and since when the next must wait. */
  private static final class Count {
    private int wrong;
    private long lastNanos;
    private long notBeforeNanos;
    private boolean waiting;
  }

  /** One log-in while it is looked at. */
  public final class Attempt {
    private final String pair;
    private final String address;
    private final String user;
    private final boolean stranger;
    private final long waitNanos;

    private Attempt(String user, String address, boolean stranger, long waitNanos) {
      this.stranger = stranger;
      this.user = user;
      this.address = address;
      this.pair = address + ' ' + user;
      this.waitNanos = waitNanos;
    }

    /** True when it must not be looked at. */
    public boolean isRefused() {
      return waitNanos > 0;
    }

    /** How long the next one has to wait, s. */
    public long waitSeconds() {
      return Duration.ofNanos(waitNanos).toSeconds() + 1;
    }

    /** Who it is has been proven. */
    public void succeeded() {
      synchronized (LoginThrottle.this) {
        pairs.remove(pair);
        if (stranger) {
          takeBack(addresses.get(address));
          takeBack(users.get(user));
        }
        known.put(pair, true);
      }
    }

    /** It has been counted at its beginning; the wait counts from its end. */
    public void failed() {
      synchronized (LoginThrottle.this) {
        long now = clock.nanoTime();
        delay(pairs.get(pair), rules.wrongPerUser(), now);
        if (stranger) {
          delay(addresses.get(address), rules.wrongPerAddress(), now);
          delay(users.get(user), rules.wrongPerUserAnywhere(), now);
        }
      }
    }
  }

  /**
   * Begins a log-in, unless it has to wait.
   *
   * @param user the name that is tried; of one that has none, what stands for it
   * @param from where from; null when it is not known
   */
  public Attempt begin(String user, @Nullable InetAddress from) {
    String name = user.length() > LONGEST_NAME ? user.substring(0, LONGEST_NAME) : user;
    String address = network(from);
    synchronized (this) {
      long now = clock.nanoTime();
      String pair = address + ' ' + name;
      long wait = wait(pairs.get(pair), now);
      boolean stranger = !known.containsKey(pair);
      if (stranger) {
        wait = Math.max(wait, wait(addresses.get(address), now));
        wait = Math.max(wait, wait(users.get(name), now));
      }
      Attempt attempt = new Attempt(name, address, stranger, wait);
      if (wait <= 0) {
        count(pairs, pair, rules.wrongPerUser(), now);
      }
      if (wait <= 0 && stranger) {
        count(addresses, address, rules.wrongPerAddress(), now);
        count(users, name, rules.wrongPerUserAnywhere(), now);
      }
      return attempt;
    }
  }

  private void count(Map<String, Count> counts, String key, int allowed, long now) {
    Count count = counts.computeIfAbsent(key, k -> new Count());
    if (count.wrong > 0 && now - count.lastNanos > forgetNanos(count, allowed)) {
      count.wrong = 0;
      count.waiting = false;
    }
    count.wrong++;
    count.lastNanos = now;
    delay(count, allowed, now);
  }

  /** Whoever has made others wait is remembered for as long as it made them wait, and more. */
  private long forgetNanos(Count count, int allowed) {
    long window = rules.window().toNanos();
    return count.wrong >= allowed ? window + rules.longestWait().toNanos() : window;
  }

  private void delay(@Nullable Count count, int allowed, long now) {
    if (count == null || count.wrong < allowed) {
      return;
    }
    int doublings = Math.min(count.wrong - allowed, 30);
    long wait = Math.min(Duration.ofSeconds(1L << doublings).toNanos(), longestNanos());
    count.notBeforeNanos = now + wait;
    count.waiting = true;
  }

  private long longestNanos() {
    return rules.longestWait().toNanos();
  }

  private static long wait(@Nullable Count count, long now) {
    return count == null || !count.waiting ? 0 : count.notBeforeNanos - now;
  }

  private static void takeBack(@Nullable Count count) {
    if (count != null && count.wrong > 0) {
      count.wrong--;
    }
    if (count != null) {
      count.waiting = false;
    }
  }

  /** An IPv6 machine has 2⁶⁴ addresses of its own: its network counts. */
  private static String network(@Nullable InetAddress from) {
    if (from == null) {
      return "?";
    }
    byte[] bytes = from.getAddress();
    boolean wide = from instanceof Inet6Address && !from.isLoopbackAddress();
    return HexFormat.of().formatHex(wide ? Arrays.copyOf(bytes, 8) : bytes);
  }

  private static <V> Map<String, V> bounded() {
    return new LinkedHashMap<>() {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
        return size() > MOST_KEPT;
      }
    };
  }
}
