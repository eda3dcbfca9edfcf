package dev.anodyne.controller.cli;

import dev.anodyne.controller.config.OpcUaConfig;
import dev.anodyne.controller.config.OpcUaSecurity;
import dev.anodyne.opcua.security.ChannelPolicy;
import dev.anodyne.opcua.security.UserAccount;
import dev.anodyne.opcua.server.LoginRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says who may do what at the station's own OPC UA server, before it is started. */
final class OpcUaSummary {
  private final OpcUaConfig opcua;
  private final OpcUaSecurity security;

  OpcUaSummary(OpcUaConfig opcua) {
    this.opcua = opcua;
    this.security = opcua.security();
  }

  /** Lines for a person, without their first indentation. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("connections: " + connections());
    new TreeMap<>(security.users())
        .forEach((name, user) -> lines.add("user " + name + ": " + user(user)));
    lines.add(
        security.anonymous() == null
            ? "without an identity: nobody"
            : "without an identity: anybody, as " + security.anonymous().word());
    LoginRules logins = security.logins();
    lines.add(
        "wrong log-ins: from the "
            + logins.wrongPerUser()
            + "th within "
            + logins.window().toSeconds()
            + " s on the next waits 1 s, then twice as long, up to "
            + logins.longestWait().toSeconds()
            + " s");
    lines.add("limits: " + limits());
    lines.add(
        "certificates: "
            + opcua.pki()
            + ", which trusts "
            + count(opcua.pki().resolve("trusted/certs"))
            + " and has refused "
            + count(opcua.pki().resolve("rejected")));
    for (String name : security.clearText()) {
      lines.add(clearText(name));
    }
    return lines;
  }

  /** The same for programs. */
  Map<String, Object> described() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("policies", security.channel().policies().stream().map(ChannelPolicy::word).toList());
    json.put("sign_only", security.channel().signOnly());
    Map<String, String> users = new TreeMap<>();
    security.users().forEach((name, user) -> users.put(name, user.role().word()));
    json.put("users", users);
    if (security.anonymous() != null) {
      json.put("anonymous", security.anonymous().word());
    }
    Map<String, Integer> limits = new TreeMap<>();
    security.limits().changed().forEach((limit, value) -> limits.put(limit.key(), value));
    json.put("limits", limits);
    json.put("clear_text_passwords", security.clearText());
    return json;
  }

  private String connections() {
    String policies =
        security.channel().policies().stream()
            .filter(policy -> policy != ChannelPolicy.NONE)
            .map(ChannelPolicy::word)
            .collect(Collectors.joining(", "));
    String modes = security.channel().signOnly() ? ", encrypted or only signed" : ", encrypted";
    String protecting = policies.isEmpty() ? "" : policies + modes;
    if (!security.channel().offersNone()) {
      return protecting;
    }
    return protecting + (protecting.isEmpty() ? "" : ", and ") + "WITHOUT PROTECTION (None)";
  }

  private static String user(UserAccount user) {
    String proof =
        Stream.of(
                user.password() == null ? "" : "password",
                user.certificate() == null
                    ? ""
                    : "certificate of " + user.certificate().getSubjectX500Principal().getName())
            .filter(text -> !text.isEmpty())
            .collect(Collectors.joining(" or "));
    return user.role().word() + ", with " + proof;
  }

  private String limits() {
    return security.limits().changed().isEmpty()
        ? "as usual"
        : security.limits().changed().entrySet().stream()
            .map(e -> e.getKey().key() + " " + e.getValue())
            .sorted()
            .collect(Collectors.joining(", ", "", ", the rest as usual"));
  }

  private String clearText(String name) {
    UserAccount user = security.users().get(name);
    String hash = user == null || user.password() == null ? "" : user.password().text();
    return "The password of user "
        + name
        + " can be read by whoever reads the file.\n  Maybe put"
        + " this in its place: '"
        + hash
        + "'";
  }

  private static String count(Path folder) {
    if (!Files.isDirectory(folder)) {
      return "nobody yet";
    }
    try (Stream<Path> files = Files.list(folder)) {
      long number = files.count();
      return number == 0 ? "nobody" : number == 1 ? "one" : String.valueOf(number);
    } catch (IOException e) {
      return "nobody that can be read";
    }
  }
}
