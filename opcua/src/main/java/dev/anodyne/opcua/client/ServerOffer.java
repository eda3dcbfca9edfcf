package dev.anodyne.opcua.client;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.UserTokenPolicy;
import org.jspecify.annotations.Nullable;

/**
 * What a server answered to discovery, and what was chosen of it. Discovery is not protected:
 * somebody in between can hide the strong endpoints, or make weak ones look strong. Therefore the
 * same question is answered again within the session, signed, and both answers have to fit (OPC
 * 10000-4, 5.6.2).
 *
 * @param chosen the endpoint that is used, with the address that was configured and the one user
 *     token policy that is used
 * @param offered everything that discovery said
 */
public record ServerOffer(EndpointDescription chosen, List<EndpointDescription> offered) {
  public ServerOffer {
    offered = List.copyOf(offered);
  }

  /** The policy and mode that are used, such as {@code Basic256Sha256/SignAndEncrypt}. */
  public String security() {
    return EndpointChoice.describe(chosen);
  }

  /**
   * Holds what the server says within the session against discovery.
   *
   * @param confirmed the server's endpoints as CreateSession tells them; may be null
   * @param security what was asked for
   * @param url the charger's configured address
   * @return what does not fit, for a person; empty when all is well
   */
  String tampered(EndpointDescription @Nullable [] confirmed, ClientSecurity security, String url) {
    List<EndpointDescription> all = confirmed == null ? List.of() : List.of(confirmed);
    if (all.isEmpty()) {
      return security.policy().isPresent()
          ? ""
          : "The server does not confirm its endpoints within the session, so nobody knows whether"
              + " stronger ones were hidden.\nMaybe securityPolicy must be set in place of auto.";
    }
    Optional<EndpointDescription> same =
        all.stream().filter(one -> EndpointChoice.isSamePlace(one, chosen)).findFirst();
    if (same.isEmpty() || !isSame(same.get())) {
      return "The server's endpoints are not those that discovery told: somebody may have changed"
          + " the answer on its way.";
    }
    if (security.policy().isEmpty() && EndpointChoice.strongest(all, security) > strength()) {
      return "Discovery has hidden a stronger endpoint than "
          + EndpointChoice.describe(chosen)
          + ": somebody may have changed the answer on its way.";
    }
    return "";
  }

  private int strength() {
    return EndpointChoice.strength(chosen);
  }

  /** Whether an endpoint is told as it was in discovery. */
  private boolean isSame(EndpointDescription confirmed) {
    return offered.stream()
        .filter(one -> EndpointChoice.isSamePlace(one, chosen))
        .anyMatch(
            told ->
                Objects.equals(told.getSecurityLevel(), confirmed.getSecurityLevel())
                    && Objects.equals(applicationUri(told), applicationUri(confirmed))
                    && tokens(told).equals(tokens(confirmed)));
  }

  static @Nullable String applicationUri(EndpointDescription endpoint) {
    return endpoint.getServer() == null ? null : endpoint.getServer().getApplicationUri();
  }

  private record Token(
      @Nullable String policyId, @Nullable Object type, @Nullable String securityPolicyUri) {}

  private static Set<Token> tokens(EndpointDescription endpoint) {
    Set<Token> tokens = new HashSet<>();
    for (UserTokenPolicy token : EndpointChoice.tokensOf(endpoint)) {
      tokens.add(
          new Token(token.getPolicyId(), token.getTokenType(), token.getSecurityPolicyUri()));
    }
    return tokens;
  }
}
