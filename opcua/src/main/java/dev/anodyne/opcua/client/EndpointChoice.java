package dev.anodyne.opcua.client;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.milo.opcua.stack.core.Stack;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.types.enumerated.UserTokenType;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.UserTokenPolicy;
import org.eclipse.milo.opcua.stack.core.util.EndpointUtil;
import org.jspecify.annotations.Nullable;

/** Picks of a server's endpoints the one to use, or says in words why none will do. */
final class EndpointChoice {
  private final String url;
  private final ClientSecurity security;
  private final List<EndpointDescription> offered;

  private EndpointChoice(String url, ClientSecurity security, List<EndpointDescription> offered) {
    this.url = url;
    this.security = security;
    this.offered = offered;
  }

  /** An endpoint together with the way in which the user is told. */
  private record Candidate(EndpointDescription endpoint, UserTokenPolicy token) {}

  /**
   * The strongest policy wins, then the server's own security level. The user's token is protected
   * by a policy of today as well, the strongest that is offered.
   *
   * @param url the configured address: its host and port are kept, whatever the server calls itself
   * @throws LinkException when nothing will do
   */
  static ServerOffer of(String url, ClientSecurity security, List<EndpointDescription> offered)
      throws LinkException {
    EndpointChoice choice = new EndpointChoice(url, security, offered);
    Candidate best = choice.best();
    return new ServerOffer(choice.reachable(best), offered);
  }

  private Candidate best() throws LinkException {
    List<EndpointDescription> fitting =
        offered.stream().filter(one -> fits(one, security)).toList();
    if (fitting.isEmpty()) {
      throw noneFits();
    }
    List<Candidate> candidates = new ArrayList<>();
    for (EndpointDescription endpoint : fitting) {
      token(endpoint, security).ifPresent(token -> candidates.add(new Candidate(endpoint, token)));
    }
    Candidate best =
        candidates.stream()
            .max(
                Comparator.comparingInt((Candidate one) -> strength(one.endpoint()))
                    .thenComparing(one -> level(one.endpoint())))
            .orElseThrow(() -> noTokenFits(fitting));
    requireNamed(best.endpoint());
    return best;
  }

  /** What a certificate is held against must be there. */
  private void requireNamed(EndpointDescription endpoint) throws LinkException {
    String uri = ServerOffer.applicationUri(endpoint);
    boolean certified =
        endpoint.getServerCertificate() != null && !endpoint.getServerCertificate().isNullOrEmpty();
    boolean named = uri != null && !uri.isEmpty();
    if (endpoint.getServer() == null || !(named || security.isNone())) {
      throw new LinkException("Server " + url + " does not tell its application URI.");
    }
    if (!certified && !(security.isNone() && security.logIn() instanceof LogIn.Anonymous)) {
      throw new LinkException("Server " + url + " does not show a certificate.");
    }
  }

  private EndpointDescription reachable(Candidate best) {
    EndpointDescription endpoint =
        EndpointUtil.updateUrl(
            best.endpoint(), EndpointUtil.getHost(url), EndpointUtil.getPort(url));
    return new EndpointDescription(
        endpoint.getEndpointUrl() == null ? url : endpoint.getEndpointUrl(),
        endpoint.getServer(),
        endpoint.getServerCertificate(),
        endpoint.getSecurityMode(),
        endpoint.getSecurityPolicyUri(),
        new UserTokenPolicy[] {best.token()},
        endpoint.getTransportProfileUri(),
        endpoint.getSecurityLevel());
  }

  private LinkException noneFits() {
    boolean onlyNone =
        offered.stream()
            .allMatch(one -> SecurityPolicy.None.getUri().equals(one.getSecurityPolicyUri()));
    String wanted =
        security.policy().map(SecurityPolicy::name).orElse("a security policy of today")
            + (security.isNone() ? "" : " and " + security.usedMode());
    String hint =
        onlyNone
            ? "Maybe encryption has to be switched on in the charger. Without it, securityPolicy:"
                + " None must be written; it is for this machine alone unless"
                + " allowNoneBeyondLoopback says otherwise."
            : "Maybe securityPolicy or securityMode must be one of these.";
    return new LinkException(
        "Server "
            + url
            + " has no endpoint with "
            + wanted
            + "; it offers "
            + described()
            + ".\n"
            + hint);
  }

  private LinkException noTokenFits(List<EndpointDescription> fitting) {
    String kind = security.logIn().kind();
    List<UserTokenType> types =
        fitting.stream()
            .flatMap(one -> tokensOf(one).stream())
            .map(UserTokenPolicy::getTokenType)
            .toList();
    if (!types.contains(security.logIn().tokenType())) {
      return new LinkException(
          "Server "
              + url
              + " takes no log-in by "
              + kind
              + "; it takes "
              + LogIn.kindsOf(types)
              + ".\nMaybe another log-in must be configured, here or in the charger.");
    }
    return new LinkException(
        "Server "
            + url
            + " takes a log-in by "
            + kind
            + " only in clear text or with an outdated cipher, so none is sent.\nMaybe the charger's"
            + " user token policy can be set to Basic256Sha256 or newer.");
  }

  private List<String> described() {
    return offered.stream().map(EndpointChoice::describe).distinct().toList();
  }

  /** Policy and mode in one word. */
  static String describe(EndpointDescription endpoint) {
    String policy = String.valueOf(endpoint.getSecurityPolicyUri());
    return policy.substring(policy.indexOf('#') + 1) + "/" + endpoint.getSecurityMode();
  }

  /** Whether two descriptions are about the same endpoint; addresses differ from asker to asker. */
  static boolean isSamePlace(EndpointDescription one, EndpointDescription other) {
    return Objects.equals(one.getSecurityPolicyUri(), other.getSecurityPolicyUri())
        && one.getSecurityMode() == other.getSecurityMode()
        && Objects.equals(one.getTransportProfileUri(), other.getTransportProfileUri());
  }

  /** The strength of the best endpoint that could be used; below 0 when none could. */
  static int strongest(List<EndpointDescription> endpoints, ClientSecurity security) {
    return endpoints.stream()
        .filter(one -> fits(one, security) && token(one, security).isPresent())
        .mapToInt(EndpointChoice::strength)
        .max()
        .orElse(-1);
  }

  static int strength(EndpointDescription endpoint) {
    return policyOf(endpoint.getSecurityPolicyUri()).map(ClientSecurity::strength).orElse(-1);
  }

  private static int level(EndpointDescription endpoint) {
    return endpoint.getSecurityLevel() == null ? 0 : endpoint.getSecurityLevel().intValue();
  }

  private static boolean fits(EndpointDescription endpoint, ClientSecurity security) {
    String profile = endpoint.getTransportProfileUri();
    boolean isTcp = profile == null || profile.equals(Stack.TCP_UASC_UABINARY_TRANSPORT_URI);
    Optional<SecurityPolicy> policy = policyOf(endpoint.getSecurityPolicyUri());
    boolean wanted =
        security.policy().isPresent()
            ? policy.equals(security.policy())
            : policy.filter(ClientSecurity.PROTECTING::contains).isPresent();
    return isTcp && wanted && endpoint.getSecurityMode() == security.usedMode();
  }

  /** How the user is told at an endpoint; empty when not at all, or not safely. */
  private static Optional<UserTokenPolicy> token(
      EndpointDescription endpoint, ClientSecurity security) {
    LogIn logIn = security.logIn();
    return tokensOf(endpoint).stream()
        .filter(token -> token.getTokenType() == logIn.tokenType())
        .filter(token -> logIn instanceof LogIn.Anonymous || strength(token, endpoint) >= 0)
        .max(Comparator.comparingInt(token -> strength(token, endpoint)));
  }

  /** A token without a policy of its own takes the endpoint's. */
  private static int strength(UserTokenPolicy token, EndpointDescription endpoint) {
    String own = token.getSecurityPolicyUri();
    String uri = own == null || own.isEmpty() ? endpoint.getSecurityPolicyUri() : own;
    return policyOf(uri).map(ClientSecurity::strength).orElse(-1);
  }

  static List<UserTokenPolicy> tokensOf(EndpointDescription endpoint) {
    UserTokenPolicy[] tokens = endpoint.getUserIdentityTokens();
    return tokens == null ? List.of() : Arrays.stream(tokens).filter(Objects::nonNull).toList();
  }

  private static Optional<SecurityPolicy> policyOf(@Nullable String uri) {
    return uri == null ? Optional.empty() : SecurityPolicy.fromUriSafe(uri);
  }
}
