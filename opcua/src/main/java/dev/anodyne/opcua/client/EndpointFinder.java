package dev.anodyne.opcua.client;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.milo.opcua.sdk.client.DiscoveryClient;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;

/** Asks a server where it can be talked to. */
final class EndpointFinder {
  private static final String DISCOVERY = "/discovery";

  private EndpointFinder() {}

  /**
   * Asks and chooses.
   *
   * @throws LinkException when the server does not answer or offers nothing that will do
   */
  static ServerOffer find(OpcUaChargerConfig config) throws LinkException, InterruptedException {
    return EndpointChoice.of(config.endpointUrl(), config.security(), ask(config));
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
            url,
            transport -> {
              transport.setConnectTimeout(uint(config.connectTimeout().toMillis()));
              ClientResources.share(transport);
            })
        .get(config.connectTimeout().toMillis(), TimeUnit.MILLISECONDS);
  }
}
