package dev.anodyne.opcua.server;

import dev.anodyne.opcua.security.ChannelPolicy;
import dev.anodyne.opcua.security.UserDirectory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.eclipse.milo.opcua.sdk.server.EndpointConfig;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.transport.TransportProfile;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.eclipse.milo.opcua.stack.core.types.enumerated.UserTokenType;
import org.eclipse.milo.opcua.stack.core.types.structured.UserTokenPolicy;

/**
 * What a server offers to connect to: each policy in each mode with every identity that somebody
 * has, and discovery, which is open by its nature.
 */
final class ServerEndpoints {
  private ServerEndpoints() {}

  static Set<EndpointConfig> of(SecureServerConfig config, Supplier<X509Certificate> certificate) {
    EndpointConfig.Builder base =
        EndpointConfig.newBuilder()
            .setTransportProfile(TransportProfile.TCP_UASC_UABINARY)
            .setBindAddress(config.bindAddress())
            .setBindPort(config.port())
            .setHostname(config.advertisedHost())
            .setCertificate(certificate);
    Set<EndpointConfig> endpoints = new LinkedHashSet<>();
    for (ChannelPolicy policy : config.security().policies()) {
      for (MessageSecurityMode mode : modes(policy, config.security())) {
        endpoints.add(
            base.copy()
                .setPath(SecureServerConfig.PATH)
                .setSecurityPolicy(policy.policy())
                .setSecurityMode(mode)
                .addTokenPolicies(
                    identities(policy, config.users()).toArray(UserTokenPolicy[]::new))
                .build());
      }
    }
    endpoints.add(
        base.copy()
            .setPath(SecureServerConfig.PATH + "/discovery")
            .setSecurityPolicy(SecurityPolicy.None)
            .setSecurityMode(MessageSecurityMode.None)
            .build());
    return endpoints;
  }

  private static List<MessageSecurityMode> modes(ChannelPolicy policy, ChannelSecurity security) {
    if (policy == ChannelPolicy.NONE) {
      return List.of(MessageSecurityMode.None);
    }
    return security.signOnly()
        ? List.of(MessageSecurityMode.SignAndEncrypt, MessageSecurityMode.Sign)
        : List.of(MessageSecurityMode.SignAndEncrypt);
  }

  /** Secrets are protected by a policy of their own: the channel's, or a good one without it. */
  private static List<UserTokenPolicy> identities(ChannelPolicy channel, UserDirectory users) {
    ChannelPolicy secrets = channel == ChannelPolicy.NONE ? ChannelPolicy.BASIC256_SHA256 : channel;
    String uri = secrets.policy().getUri();
    List<UserTokenPolicy> identities = new ArrayList<>();
    if (users.anonymous().isPresent()) {
      identities.add(new UserTokenPolicy("anonymous", UserTokenType.Anonymous, null, null, null));
    }
    if (users.hasPasswords()) {
      identities.add(new UserTokenPolicy("username", UserTokenType.UserName, null, null, uri));
    }
    if (users.hasCertificates()) {
      identities.add(
          new UserTokenPolicy("certificate", UserTokenType.Certificate, null, null, uri));
    }
    return identities;
  }
}
