package dev.anodyne.controller.http;

import dev.anodyne.controller.config.ApiConfig;
import dev.anodyne.core.charging.NanoClock;
import dev.anodyne.opcua.security.Role;
import dev.anodyne.opcua.server.LoginRules;
import dev.anodyne.opcua.server.LoginThrottle;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.jspecify.annotations.Nullable;

/**
 * Tells who asks: by token, by the cookie of a browser that has logged in with one, or nobody.
 * Lives on one event loop.
 */
final class Access {
  static final String COOKIE = "anodyne";
  static final String CSRF = "X-Anodyne-CSRF";
  private static final int MOST_BROWSERS = 1_000;
  private static final int SECRET_BYTES = 32;
  private static final String ANY_TOKEN = "token";

  private final ApiConfig config;
  private final NanoClock clock;
  private final HttpAudit audit;
  private final LoginThrottle throttle;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Browser> browsers =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Browser> eldest) {
          return size() > MOST_BROWSERS;
        }
      };

  /** A browser that has logged in. */
  private record Browser(String user, Role role, String csrf, long endsNanos) {}

  Access(ApiConfig config, HttpAudit audit, NanoClock clock) {
    this.config = config;
    this.audit = audit;
    this.clock = clock;
    this.throttle = new LoginThrottle(LoginRules.DEFAULT, clock);
  }

  /** Whether there are tokens at all. */
  boolean isAuthenticating() {
    return !config.tokens().isEmpty();
  }

  /**
   * Who makes a request.
   *
   * @throws RefusedException 401 for a token that nobody has, 429 for too many of them
   */
  Identity identify(HttpServerRequest request) {
    String header = request.getHeader(HttpHeaders.AUTHORIZATION);
    if (header != null) {
      boolean bearer = header.regionMatches(true, 0, "Bearer ", 0, 7);
      Identity owner = bearer ? owner(header.substring(7).strip()) : null;
      if (owner == null) {
        throw unknown(address(request), "bearer token");
      }
      return owner;
    }
    Cookie cookie = request.getCookie(COOKIE);
    Browser browser = cookie == null ? null : browsers.get(hash(cookie.getValue()));
    if (browser != null && clock.nanoTime() - browser.endsNanos() < 0) {
      return new Identity(browser.user(), browser.role(), browser.csrf());
    }
    return new Identity(Identity.ANONYMOUS, config.anonymous(), null);
  }

  /**
   * Logs a browser in.
   *
   * @return who it is now
   * @throws RefusedException 401 or 429
   */
  Identity logIn(HttpServerRequest request, String token) {
    String address = address(request);
    LoginThrottle.Attempt attempt = throttle.begin(ANY_TOKEN, inet(address));
    if (attempt.isRefused()) {
      throw RefusedException.later("Too many wrong log-ins.", attempt.waitSeconds());
    }
    Identity owner = owner(token);
    Role role = owner == null ? null : owner.role();
    if (owner == null || role == null) {
      attempt.failed();
      audit.loggedIn(null, address, "browser", StatusCodes.Bad_IdentityTokenRejected);
      throw RefusedException.of(401, "Not logged in", "This token is not known here.");
    }
    attempt.succeeded();
    audit.loggedIn(owner.user(), address, "browser", StatusCodes.Good);
    String secret = secret();
    Browser browser =
        new Browser(
            owner.user(), role, secret(), clock.nanoTime() + config.browserSession().toNanos());
    logOut(request);
    browsers.put(hash(secret), browser);
    request
        .response()
        .addCookie(
            Cookie.cookie(COOKIE, secret)
                .setHttpOnly(true)
                .setSecure(request.isSSL())
                .setSameSite(CookieSameSite.STRICT)
                .setPath("/")
                .setMaxAge(config.browserSession().toSeconds()));
    return new Identity(browser.user(), browser.role(), browser.csrf());
  }

  /** Logs a browser out, if it is logged in. */
  Identity logOut(HttpServerRequest request) {
    Cookie cookie = request.getCookie(COOKIE);
    if (cookie != null) {
      Browser gone = browsers.remove(hash(cookie.getValue()));
      if (gone != null) {
        audit.loggedOut(gone.user(), address(request));
      }
      var unused = request.response().removeCookie(COOKIE);
    }
    return new Identity(Identity.ANONYMOUS, config.anonymous(), null);
  }

  /** Whether a change that a browser asks for was made on a page of this server. */
  static boolean hasCsrf(HttpServerRequest request, Identity who) {
    String given = request.getHeader(CSRF);
    return who.csrf() == null
        || (given != null
            && MessageDigest.isEqual(
                given.getBytes(StandardCharsets.UTF_8),
                who.csrf().getBytes(StandardCharsets.UTF_8)));
  }

  /** Where a request comes from. */
  static String address(HttpServerRequest request) {
    var remote = request.remoteAddress();
    String address = remote == null ? null : remote.hostAddress();
    return address == null ? "unknown" : address;
  }

  private RefusedException unknown(String address, String how) {
    LoginThrottle.Attempt attempt = throttle.begin(ANY_TOKEN, inet(address));
    if (attempt.isRefused()) {
      return RefusedException.later("Too many wrong tokens.", attempt.waitSeconds());
    }
    attempt.failed();
    audit.loggedIn(null, address, how, StatusCodes.Bad_IdentityTokenRejected);
    return RefusedException.of(
        401, "Unknown token", "Authorization must be 'Bearer' and a token that is known here.");
  }

  /** All are looked at, each in constant time: how long it takes says nothing about any of them. */
  private @Nullable Identity owner(String token) {
    byte[] given = hash(token).getBytes(StandardCharsets.US_ASCII);
    Identity owner = null;
    for (Map.Entry<String, ApiConfig.Token> one : config.tokens().entrySet()) {
      byte[] known = one.getValue().sha256().getBytes(StandardCharsets.US_ASCII);
      if (MessageDigest.isEqual(given, known)) {
        owner = new Identity(one.getKey(), one.getValue().role(), null);
      }
    }
    return owner;
  }

  private String secret() {
    byte[] bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private static String hash(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has SHA-256.", e);
    }
  }

  /** No name is looked up: the address is one already. */
  private static @Nullable InetAddress inet(String address) {
    boolean literal = address.chars().allMatch(c -> "0123456789abcdefABCDEF.:%".indexOf(c) >= 0);
    try {
      return literal ? InetAddress.getByName(address) : null;
    } catch (UnknownHostException e) {
      return null;
    }
  }
}
