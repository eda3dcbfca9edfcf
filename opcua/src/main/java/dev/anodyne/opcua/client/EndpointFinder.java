package dev.anodyne.opcua.client;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.milo.opcua.sdk.client.DiscoveryClient;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.eclipse.milo.opcua.stack.core.types.enumerated.UserTokenType;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.UserTokenPolicy;
import org.eclipse.milo.opcua.stack.core.util.EndpointUtil;

/** Asks a server where it can be talked to and picks the encrypted endpoint. */
final class EndpointFinder {
  private static final String DISCOVERY = "/discovery";

  private EndpointFinder() {}

  static EndpointDescription find(OpcUaChargerConfig config)
      throws LinkException, InterruptedException {
    List<EndpointDescription> offered = ask(config);
    return offered.stream()
        .filter(EndpointFinder::isSecure)
        .max(Comparator.comparing(EndpointDescription::getSecurityLevel))
        // The server may call itself by a name that is unknown here.
        .map(
            endpoint ->
                EndpointUtil.updateUrl(
                    endpoint,
                    EndpointUtil.getHost(config.endpointUrl()),
                    EndpointUtil.getPort(config.endpointUrl())))
        .orElseThrow(
            () ->
                new LinkException(
                    "Server "
                        + config.endpointUrl()
                        + " has no endpoint with Basic256Sha256, SignAndEncrypt and user name; it"
                        + " offers "
                        + offered.stream().map(EndpointFinder::describe).toList()
                        + ".\nMaybe encryption has to be switched on in the charger."));
  }

  /** The address itself first; servers without any open endpoint answer at …/discovery. */
  private static List<EndpointDescription> ask(OpcUaChargerConfig config)
      throws LinkException, InterruptedException {
    String url = config.endpointUrl();
    try {
      return ask(url, config);
    } catch (TimeoutException e) {
      // Nobody there: a second try would only double the wait.
      throw unreachable(url, e);
    } catch (ExecutionException atUrl) {
      try {
        return ask(url + DISCOVERY, config);
      } catch (ExecutionException | TimeoutException e) {
        throw unreachable(url, e);
      }
    }
  }

  private static LinkException unreachable(String url, Exception failure) {
    return new LinkException(
        "Charger at " + url + " cannot be reached: " + Words.of(failure) + ".", failure);
  }

  private static List<EndpointDescription> ask(String url, OpcUaChargerConfig config)
      throws ExecutionException, TimeoutException, InterruptedException {
    return DiscoveryClient.getEndpoints(
            url, transport -> transport.setConnectTimeout(uint(config.connectTimeout().toMillis())))
        .get(config.connectTimeout().toMillis(), TimeUnit.MILLISECONDS);
  }

  private static boolean isSecure(EndpointDescription endpoint) {
    UserTokenPolicy[] tokens = endpoint.getUserIdentityTokens();
    return SecurityPolicy.Basic256Sha256.getUri().equals(endpoint.getSecurityPolicyUri())
        && endpoint.getSecurityMode() == MessageSecurityMode.SignAndEncrypt
        && tokens != null
        && Arrays.stream(tokens).anyMatch(t -> t.getTokenType() == UserTokenType.UserName);
  }

  private static String describe(EndpointDescription endpoint) {
    String policy = String.valueOf(endpoint.getSecurityPolicyUri());
    return policy.substring(policy.indexOf('#') + 1) + "/" + endpoint.getSecurityMode();
  }
}
