package dev.anodyne.controller.config;

import dev.anodyne.opcua.security.Role;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who may use the HTTP API, and how much of it.
 *
 * @param tokens by name; empty: everybody is {@code anonymous}
 * @param anonymous what those may do who show no token; null: nothing
 * @param tls certificate and key; null: plain HTTP
 * @param hosts names that the server answers to besides its address; empty: any, unless it listens
 *     on this machine only
 * @param corsOrigins other web sites whose pages may use the API, such as {@code
 *     https://board.example}; empty: none
 * @param requestsPerSecond of one token or address, above 0
 * @param burst how many of them may come at once, at least 1
 * @param browserSession how long a browser stays logged in
 * @param policies folder of the policies that are made over the API; null: none can be made
 */
public record ApiConfig(
    Map<String, Token> tokens,
    @Nullable Role anonymous,
    @Nullable Tls tls,
    List<String> hosts,
    List<String> corsOrigins,
    double requestsPerSecond,
    int burst,
    Duration browserSession,
    @Nullable Path policies) {
  /** Requests a second unless configured otherwise. */
  public static final double REQUESTS_PER_SECOND = 100;

  /** Requests at once unless configured otherwise. */
  public static final int BURST = 400;

  /** How long a browser stays logged in unless configured otherwise: a shift. */
  public static final Duration BROWSER_SESSION = Duration.ofHours(12);

  /** Without tokens, for this machine only: whoever is on it runs the station. */
  public static final ApiConfig LOCAL =
      new ApiConfig(
          Map.of(),
          Role.OPERATOR,
          null,
          List.of(),
          List.of(),
          REQUESTS_PER_SECOND,
          BURST,
          BROWSER_SESSION,
          null);

  public ApiConfig {
    tokens = Map.copyOf(tokens);
    hosts = List.copyOf(hosts);
    corsOrigins = List.copyOf(corsOrigins);
  }

  /**
   * A token.
   *
   * <p>It is kept as its SHA-256. A slow hash would add nothing: a token is random and of at least
   * 128 bits, which nobody can try through, and it is checked with every request.
   *
   * @param role what its owner may do
   * @param sha256 of its UTF-8, 64 hexadecimal digits
   */
  public record Token(Role role, String sha256) {
    /** Hides the hash: it must not reach a log. */
    @Override
    public String toString() {
      return "Token[" + role.word() + "]";
    }
  }

  /**
   * Certificate and key, in PEM.
   *
   * @param certificate the server's own first, then those of the issuers
   * @param key PKCS #8, without a password
   */
  public record Tls(Path certificate, Path key) {}
}
