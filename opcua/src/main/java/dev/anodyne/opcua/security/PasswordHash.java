package dev.anodyne.opcua.security;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;

/**
 * A password as it is stored: salted and hashed with bcrypt (Provos and Mazières 1999), in the
 * usual {@code $2y$cost$…} form. Checking takes tens of milliseconds on purpose.
 *
 * @param text the hash in its text form
 */
public record PasswordHash(String text) {
  private static final String VERSION = "2y";
  private static final int SALT_BYTES = 16;

  /** 2¹⁰ rounds: about 50 ms on a present-day core. */
  private static final int COST = 10;

  /** Hashes of less are guessed too quickly. */
  public static final int LEAST_COST = 10;

  /** Checking one of more takes seconds. */
  public static final int MOST_COST = 14;

  /** bcrypt reads no more than this; a longer password would be cut silently. */
  private static final int MAX_PASSWORD_BYTES = 72;

  public PasswordHash {
    if (!looksHashed(text)) {
      throw new IllegalArgumentException(
          "Password hash is not bcrypt; it must look like $2y$10$ and 53 more characters.");
    }
  }

  /** Hashes a password with a fresh salt. */
  public static PasswordHash of(String password) {
    if (password.getBytes(StandardCharsets.UTF_8).length > MAX_PASSWORD_BYTES) {
      throw new IllegalArgumentException(
          "Password is longer than " + MAX_PASSWORD_BYTES + " bytes, the most that bcrypt takes.");
    }
    byte[] salt = new byte[SALT_BYTES];
    new SecureRandom().nextBytes(salt);
    return new PasswordHash(OpenBSDBCrypt.generate(VERSION, password.toCharArray(), salt, COST));
  }

  /** Takes a hash as it is, and hashes anything else. */
  public static PasswordHash ofTextOrHash(String passwordOrHash) {
    return looksHashed(passwordOrHash) ? new PasswordHash(passwordOrHash) : of(passwordOrHash);
  }

  /** True when this is the password; compares in constant time. */
  public boolean matches(String password) {
    return OpenBSDBCrypt.checkPassword(text, password.toCharArray());
  }

  /** True for the text form of a hash; anything else is a password. */
  public static boolean isHash(String passwordOrHash) {
    return looksHashed(passwordOrHash);
  }

  /** The cost of one check: 2 to the power of this many rounds. */
  public int cost() {
    return Integer.parseInt(text.substring(4, 6));
  }

  /** True when guessing is dear enough, and checking does not keep a server busy for seconds. */
  public boolean isBearable() {
    return cost() >= LEAST_COST && cost() <= MOST_COST;
  }

  private static boolean looksHashed(String text) {
    return text.matches("\\$2[aby]\\$\\d\\d\\$[./A-Za-z0-9]{53}");
  }

  /** Hides the hash: it must not reach a log. */
  @Override
  public String toString() {
    return "PasswordHash[…]";
  }
}
