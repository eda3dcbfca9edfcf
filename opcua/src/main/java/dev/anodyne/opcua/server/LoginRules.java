package dev.anodyne.opcua.server;

import java.time.Duration;

/**
 * How wrong log-ins are slowed down. From the n-th wrong one within the window on, the next is only
 * looked at after a wait that doubles from one second to the longest; what comes before is refused
 * unseen and does not prolong the wait.
 *
 * @param wrongPerUser wrong ones of one user from one address, at least 1
 * @param wrongPerAddress wrong ones of all users from one address; who has logged in from there
 *     before still may
 * @param wrongPerUserAnywhere wrong ones of one user from all addresses; addresses from which it
 *     has logged in before still may
 * @param window how long a wrong one counts
 * @param longestWait the longest wait
 */
public record LoginRules(
    int wrongPerUser,
    int wrongPerAddress,
    int wrongPerUserAnywhere,
    Duration window,
    Duration longestWait) {
  public static final LoginRules DEFAULT =
      new LoginRules(5, 20, 50, Duration.ofMinutes(1), Duration.ofMinutes(1));
}
