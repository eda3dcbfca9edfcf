package dev.anodyne.controller.config;

import dev.anodyne.opcua.security.ChannelPolicy;
import dev.anodyne.opcua.security.Role;
import dev.anodyne.opcua.security.UserAccount;
import dev.anodyne.opcua.security.UserDirectory;
import dev.anodyne.opcua.server.ChannelSecurity;
import dev.anodyne.opcua.server.LoginRules;
import dev.anodyne.opcua.server.ServerLimit;
import dev.anodyne.opcua.server.ServerLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Checks policies, identities, limits and log-in rules of the station's own OPC UA server. */
final class OpcUaSecurityReader {
  private static final String KEY = "opcua";
  private static final int MOST_WRONG = 1_000;
  private static final int LONGEST_SECONDS = 3_600;

  private final YamlFile file;

  OpcUaSecurityReader(YamlFile file) {
    this.file = file;
  }

  OpcUaSecurity read(StationYaml.OpcUa yaml, String bind) {
    List<String> clearText = new ArrayList<>();
    Map<String, UserAccount> users = users(yaml.users(), clearText);
    Role anonymous = anonymous(yaml.anonymous());
    if (users.isEmpty() && anonymous == null) {
      throw wrong(
          "users", null, "at least one user with password, passwordFile or certificateFile");
    }
    return new OpcUaSecurity(
        channel(yaml, bind),
        users,
        anonymous,
        limits(yaml.limits()),
        logins(yaml.logins()),
        clearText);
  }

  private ChannelSecurity channel(StationYaml.OpcUa yaml, String bind) {
    List<ChannelPolicy> policies = ChannelPolicy.PROTECTING;
    if (yaml.securityPolicies() != null) {
      policies = new ArrayList<>();
      for (int i = 0; i < yaml.securityPolicies().size(); i++) {
        policies.add(policy("securityPolicies[" + i + "]", yaml.securityPolicies().get(i)));
      }
    }
    if (policies.isEmpty()) {
      throw wrong("securityPolicies", "[]", policyWords());
    }
    ChannelSecurity channel =
        new ChannelSecurity(
            policies.stream().distinct().toList(),
            Boolean.TRUE.equals(yaml.allowSignOnly()),
            Boolean.TRUE.equals(yaml.allowNoneBeyondLoopback()));
    if (!channel.isAllowedOn(bind)) {
      throw file.wrong(
          KEY + ".securityPolicies",
          "None",
          "None only where no other machine can connect, and " + bind + " is open to others",
          "bind: 127.0.0.1, or allowNoneBeyondLoopback: true if everybody on the network may read"
              + " along",
          null);
    }
    return channel;
  }

  private ChannelPolicy policy(String key, @Nullable String word) {
    return ChannelPolicy.of(String.valueOf(word))
        .orElseThrow(
            () ->
                file.wrong(
                    KEY + "." + key,
                    word,
                    policyWords(),
                    "Basic256".equals(word) || "Basic128Rsa15".equals(word)
                        ? "Basic256Sha256: the older ones rest on broken hashes and are not offered"
                        : null,
                    null));
  }

  private static String policyWords() {
    return Arrays.stream(ChannelPolicy.values())
        .map(ChannelPolicy::word)
        .collect(Collectors.joining(", "));
  }

  private Map<String, UserAccount> users(
      @Nullable Map<String, StationYaml.@Nullable User> written, List<String> clearText) {
    Map<String, UserAccount> users = new LinkedHashMap<>();
    Map<String, StationYaml.@Nullable User> given = written == null ? Map.of() : written;
    OpcUaUserReader reader = new OpcUaUserReader(file);
    given.forEach(
        (name, user) -> {
          String key = "users." + name;
          if (name.isBlank() || name.length() > 128 || name.equals(UserDirectory.ANONYMOUS)) {
            throw wrong(key, name, "1 to 128 characters, and not " + UserDirectory.ANONYMOUS);
          }
          Role role = user == null ? Role.OBSERVER : role(key + ".role", user.role());
          users.put(name, reader.read(key, user, role));
          if (reader.isClearText(key, user)) {
            clearText.add(name);
          }
        });
    return users;
  }

  private @Nullable Role anonymous(StationYaml.@Nullable Anonymous written) {
    return written == null ? null : role("anonymous.role", written.role());
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

  private ServerLimits limits(@Nullable Map<String, @Nullable Integer> written) {
    ServerLimits limits = ServerLimits.DEFAULT;
    Map<String, @Nullable Integer> given = written == null ? Map.of() : written;
    for (Map.Entry<String, @Nullable Integer> entry : given.entrySet()) {
      String key = "limits." + entry.getKey();
      ServerLimit limit =
          ServerLimit.of(entry.getKey())
              .orElseThrow(
                  () ->
                      file.unknownKey(
                          KEY + "." + key,
                          entry.getKey(),
                          Arrays.stream(ServerLimit.values()).map(ServerLimit::key).toList(),
                          null));
      limits = limits.with(limit, within(key, entry.getValue(), limit.least(), limit.most(), null));
    }
    return limits;
  }

  private LoginRules logins(StationYaml.@Nullable Logins y) {
    LoginRules usual = LoginRules.DEFAULT;
    if (y == null) {
      return usual;
    }
    return new LoginRules(
        within("logins.wrongPerUser", y.wrongPerUser(), 1, MOST_WRONG, usual.wrongPerUser()),
        within(
            "logins.wrongPerAddress", y.wrongPerAddress(), 1, MOST_WRONG, usual.wrongPerAddress()),
        within(
            "logins.wrongPerUserAnywhere",
            y.wrongPerUserAnywhere(),
            1,
            MOST_WRONG,
            usual.wrongPerUserAnywhere()),
        seconds("logins.windowSeconds", y.windowSeconds(), usual.window()),
        seconds("logins.longestWaitSeconds", y.longestWaitSeconds(), usual.longestWait()));
  }

  private Duration seconds(String key, @Nullable Integer written, Duration usual) {
    return Duration.ofSeconds(within(key, written, 1, LONGEST_SECONDS, (int) usual.toSeconds()));
  }

  private int within(
      String key, @Nullable Integer written, int least, int most, @Nullable Integer usual) {
    Integer value = written == null ? usual : written;
    if (value == null || value < least || value > most) {
      throw wrong(key, value, least + " to " + most);
    }
    return value;
  }

  private ConfigException wrong(String key, @Nullable Object value, String allowed) {
    return file.wrong(KEY + "." + key, value, allowed, null, null);
  }
}
