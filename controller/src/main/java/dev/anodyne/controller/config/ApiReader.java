package dev.anodyne.controller.config;

import dev.anodyne.controller.config.ApiConfig.Tls;
import dev.anodyne.controller.config.ApiConfig.Token;
import dev.anodyne.opcua.security.Role;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Checks who may use the HTTP API. */
final class ApiReader {
  private static final String KEY = "api";
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "::1", "localhost");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,60}");
  private static final Pattern HASH = Pattern.compile("(sha256:)?[0-9a-fA-F]{64}");
  private static final Pattern ORIGIN = Pattern.compile("https?://[A-Za-z0-9.:\\[\\]-]{1,200}");

  /** 128 bits as hexadecimal digits; shorter ones can be guessed. */
  private static final int LEAST_CHARACTERS = 32;

  private static final int MOST_CHARACTERS = 200;

  /** A random token of 32 hexadecimal digits has fewer once in 10¹⁰ times. */
  private static final int LEAST_DIFFERENT = 5;

  private final YamlFile file;

  ApiReader(YamlFile file) {
    this.file = file;
  }

  /**
   * The part {@code api:}; null is allowed.
   *
   * @param bind where the server listens
   */
  ApiConfig read(StationYaml.@Nullable Api yaml, String bind) {
    Map<String, Token> tokens = tokens(yaml == null ? null : yaml.tokens());
    boolean local = LOOPBACK.contains(bind);
    Role anonymous = anonymous(yaml, tokens.isEmpty() && local);
    if (tokens.isEmpty() && anonymous == null) {
      throw file.wrong(
          KEY + ".tokens",
          null,
          "at least one token, since " + bind + " is open to other machines",
          "http.bind: 127.0.0.1 is enough, or api: {anonymous: {role: observer}} if everybody on"
              + " the network may look",
          null);
    }
    StationYaml.RateLimit rate = yaml == null ? null : yaml.rateLimit();
    return new ApiConfig(
        tokens,
        anonymous,
        yaml == null ? null : tls(yaml.tls()),
        texts("hosts", yaml == null ? null : yaml.hosts(), null),
        texts("corsOrigins", yaml == null ? null : yaml.corsOrigins(), ORIGIN),
        number(
            "rateLimit.perSecond",
            rate == null ? null : rate.perSecond(),
            ApiConfig.REQUESTS_PER_SECOND,
            0.1,
            100_000),
        (int)
            number(
                "rateLimit.burst", rate == null ? null : rate.burst(), ApiConfig.BURST, 1, 100_000),
        Duration.ofSeconds(
            Math.round(
                3600
                    * number(
                        "browserHours",
                        yaml == null ? null : yaml.browserHours(),
                        ApiConfig.BROWSER_SESSION.toHours(),
                        0.1,
                        720))),
        policies(yaml));
  }

  /** It need not be there yet; what is there must be a folder. */
  private @Nullable Path policies(StationYaml.@Nullable Api yaml) {
    String written = yaml == null ? null : yaml.policies();
    if (written == null) {
      return null;
    }
    Path folder = file.resolve(written).toAbsolutePath().normalize();
    if (written.isBlank() || (Files.exists(folder) && !Files.isDirectory(folder))) {
      throw wrong("policies", written, "a folder; it is made with the first policy");
    }
    return folder;
  }

  private Map<String, Token> tokens(@Nullable Map<String, StationYaml.@Nullable ApiToken> written) {
    Map<String, Token> tokens = new LinkedHashMap<>();
    Map<String, StationYaml.@Nullable ApiToken> given = written == null ? Map.of() : written;
    Map<String, String> owners = new LinkedHashMap<>();
    given.forEach(
        (name, token) -> {
          String key = "tokens." + name;
          if (!NAME.matcher(name).matches() || name.equals("anonymous")) {
            throw wrong(key, name, "letters, digits, '.', '_' and '-', and not anonymous");
          }
          Role role = role(key + ".role", token == null ? null : token.role());
          Token read = new Token(role, hash(key, token));
          String other = owners.put(read.sha256(), name);
          if (other != null) {
            throw wrong(key, "that of " + other, "a token of its own");
          }
          tokens.put(name, read);
        });
    return tokens;
  }

  private String hash(String key, StationYaml.@Nullable ApiToken token) {
    String from = token == null ? null : token.tokenFile();
    String hash = token == null ? null : token.tokenHash();
    if (from == null == (hash == null)) {
      throw wrong(key, null, "either tokenFile or tokenHash");
    }
    if (hash != null) {
      if (!HASH.matcher(hash).matches()) {
        throw file.wrong(
            KEY + "." + key + ".tokenHash",
            hash.length() > 20 ? hash.substring(0, 8) + "…" : hash,
            "64 hexadecimal digits, the SHA-256 of the token",
            "printf %s \"$TOKEN\" | sha256sum makes one",
            null);
      }
      return hash.substring(hash.length() - 64).toLowerCase(Locale.ROOT);
    }
    try {
      return sha256(checked(key, Files.readString(file.resolve(String.valueOf(from))).strip()));
    } catch (IOException e) {
      throw file.wrong(KEY + "." + key + ".tokenFile", from, "a readable file", null, e);
    }
  }

  /** What a person thinks up is guessed; only its length and variety can be seen here. */
  private String checked(String key, String token) {
    boolean printable = token.chars().allMatch(c -> c > ' ' && c < 127);
    if (token.length() < LEAST_CHARACTERS
        || token.length() > MOST_CHARACTERS
        || token.chars().distinct().count() < LEAST_DIFFERENT
        || !printable) {
      throw file.wrong(
          KEY + "." + key + ".tokenFile",
          "a token of " + token.length() + " characters",
          LEAST_CHARACTERS + " to " + MOST_CHARACTERS + " random letters and digits",
          "openssl rand -hex 32 makes one",
          null);
    }
    return token;
  }

  private static String sha256(String token) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has SHA-256.", e);
    }
  }

  private @Nullable Role anonymous(StationYaml.@Nullable Api yaml, boolean open) {
    StationYaml.Anonymous written = yaml == null ? null : yaml.anonymous();
    if (written == null) {
      return open ? ApiConfig.LOCAL.anonymous() : null;
    }
    return role("anonymous.role", written.role());
  }

  /** Who is not said to do more looks only. */
  private Role role(String key, @Nullable String word) {
    if (word == null) {
      return Role.OBSERVER;
    }
    return Role.of(word)
        .orElseThrow(
            () ->
                wrong(
                    key,
                    word,
                    Arrays.stream(Role.values())
                        .map(Role::word)
                        .collect(Collectors.joining(", "))));
  }

  private @Nullable Tls tls(StationYaml.@Nullable Tls written) {
    if (written == null) {
      return null;
    }
    return new Tls(
        readable("tls.certificateFile", written.certificateFile()),
        readable("tls.keyFile", written.keyFile()));
  }

  private Path readable(String key, @Nullable String from) {
    Path path = from == null ? null : file.resolve(from);
    if (path == null || !Files.isReadable(path) || Files.isDirectory(path)) {
      throw wrong(key, from, "a readable file in PEM");
    }
    return path;
  }

  private List<String> texts(
      String key, @Nullable List<@Nullable String> written, @Nullable Pattern form) {
    if (written == null) {
      return List.of();
    }
    for (int i = 0; i < written.size(); i++) {
      String one = written.get(i);
      if (one == null || one.isBlank() || (form != null && !form.matcher(one).matches())) {
        throw wrong(
            key + "[" + i + "]",
            one,
            form == null ? "a host name" : "such as https://board.example, without a path");
      }
    }
    return written.stream().map(text -> String.valueOf(text).toLowerCase(Locale.ROOT)).toList();
  }

  private double number(
      String key, @Nullable Number written, double usual, double low, double high) {
    double value = written == null ? usual : written.doubleValue();
    if (!(value >= low && value <= high)) {
      throw wrong(key, written, low + " to " + high);
    }
    return value;
  }

  private ConfigException wrong(String key, @Nullable Object value, String allowed) {
    return file.wrong(KEY + "." + key, value, allowed, null, null);
  }
}
