package dev.anodyne.opcua.client;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.milo.opcua.sdk.client.DiscoveryClient;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;

/** Asks a server where it can be talked to. */
final class EndpointFinder {
  private static final String DISCOVERY = "/discovery";

  /** Chargers of one cabinet that connect together ask once; an answer is used so long, ns. */
  private static final long FRESH_NANOS = 1_000_000_000;

  private static final Map<String, Asked> ASKED = new ConcurrentHashMap<>();

  private EndpointFinder() {}

  /** What somebody asked, and when. */
  private record Asked(CompletableFuture<List<EndpointDescription>> answer, long nanos) {
    boolean isFresh(long now) {
      return now - nanos < FRESH_NANOS && !answer.isCompletedExceptionally();
    }
  }

  /**
   * Asks and chooses.
   *
   * @throws LinkException when the server does not answer or offers nothing that will do
   */
  static ServerOffer find(OpcUaChargerConfig config) throws LinkException, InterruptedException {
    return find(config, false);
  }

  /**
   * The same.
   *
   * @param again whether nobody answered the last time
   */
  static ServerOffer find(OpcUaChargerConfig config, boolean again)
      throws LinkException, InterruptedException {
    ClientResources.Place place = ClientResources.awaitAsking(again);
    try {
      return EndpointChoice.of(config.endpointUrl(), config.security(), ask(config));
    } finally {
      place.giveBack();
    }
  }

  /** What was answered has not led to a session: the next one asks anew. */
  static void forget(OpcUaChargerConfig config) {
    ASKED.remove(config.endpointUrl());
    ASKED.remove(config.endpointUrl() + DISCOVERY);
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
    long now = System.nanoTime();
    Asked asked =
        ASKED.compute(
            url,
            (key, known) ->
                known != null && known.isFresh(now) ? known : new Asked(request(key, config), now));
    boolean answered = false;
    try {
      List<EndpointDescription> endpoints =
          asked.answer().get(config.connectTimeout().toMillis(), TimeUnit.MILLISECONDS);
      answered = true;
      return endpoints;
    } finally {
      if (!answered) {
        ASKED.remove(url, asked);
      }
    }
  }

  private static CompletableFuture<List<EndpointDescription>> request(
      String url, OpcUaChargerConfig config) {
    return DiscoveryClient.getEndpoints(
        url,
        transport -> {
          transport.setConnectTimeout(uint(config.connectTimeout().toMillis()));
          ClientResources.share(transport);
        });
  }
}
