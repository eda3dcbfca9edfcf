package dev.anodyne.controller.config;

import dev.anodyne.opcua.security.Role;
import dev.anodyne.opcua.security.UserAccount;
import dev.anodyne.opcua.server.ChannelSecurity;
import dev.anodyne.opcua.server.LoginRules;
import dev.anodyne.opcua.server.ServerLimits;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who may do what at the station's own OPC UA server, and how much of it.
 *
 * @param channel how clients may connect
 * @param users who may log in, and as what
 * @param anonymous what clients without an identity may do; null keeps them out
 * @param limits what clients may make it keep
 * @param logins how wrong log-ins are slowed down
 * @param clearText users whose password stands in the configuration as it is
 */
public record OpcUaSecurity(
    ChannelSecurity channel,
    Map<String, UserAccount> users,
    @Nullable Role anonymous,
    ServerLimits limits,
    LoginRules logins,
    List<String> clearText) {
  public OpcUaSecurity {
    users = Map.copyOf(users);
    clearText = List.copyOf(clearText);
  }
}
