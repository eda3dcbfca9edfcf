package dev.anodyne.test.benchmark.opcua;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import dev.anodyne.opcua.security.PkiDirectory;
import dev.anodyne.opcua.server.station.StationUris;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.eclipse.milo.opcua.sdk.client.DiscoveryClient;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.sdk.client.OpcUaClientConfig;
import org.eclipse.milo.opcua.sdk.client.identity.UsernameProvider;
import org.eclipse.milo.opcua.sdk.client.subscriptions.MonitoredItemServiceOperationResult;
import org.eclipse.milo.opcua.sdk.client.subscriptions.OpcUaMonitoredItem;
import org.eclipse.milo.opcua.sdk.client.subscriptions.OpcUaSubscription;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;

/** SCADA systems that watch everything, each over an encrypted session of its own. */
final class ScadaClients implements Part.Measured {
  private static final double PUBLISHING_MILLIS = 250;
  private static final int BATCH = 1000;

  private final Usage usage = new Usage();
  private final Latencies latencies = new Latencies();
  private final LongAdder notifications = new LongAdder();
  private final LongAdder bad = new LongAdder();
  private final List<OpcUaSubscription> subscriptions = new ArrayList<>();

  private ScadaClients() {}

  static String name(int client) {
    return "scada-" + client;
  }

  /** Arguments: the common folder, the server's address, the numbers of chargers and clients. */
  public static void main(String[] args) throws Exception {
    Part.quiet();
    ScadaClients all = new ScadaClients();
    int clients = Integer.parseInt(args[3]);
    for (int i = 0; i < clients; i++) {
      all.watch(connect(Path.of(args[0]), args[1], i), Integer.parseInt(args[2]));
      Part.say((i + 1) + " of " + clients + " clients watch");
    }
    Part.obey("", all);
    System.exit(0);
  }

  private static OpcUaClient connect(Path directory, String url, int number) throws Exception {
    PkiDirectory pki = Applications.pki(directory, name(number));
    EndpointDescription endpoint =
        DiscoveryClient.getEndpoints(url + "/discovery").get(15, TimeUnit.SECONDS).stream()
            .filter(e -> SecurityPolicy.Basic256Sha256.getUri().equals(e.getSecurityPolicyUri()))
            .findFirst()
            .orElseThrow();
    OpcUaClient client =
        OpcUaClient.create(
            OpcUaClientConfig.builder()
                .setApplicationName(LocalizedText.english(pki.identity().name()))
                .setApplicationUri(pki.identity().uri())
                .setEndpoint(endpoint)
                .setKeyPair(pki.keyPair())
                .setCertificate(pki.certificate())
                .setCertificateChain(new X509Certificate[] {pki.certificate()})
                .setCertificateValidator(pki.validatorOfServers())
                .setIdentityProvider(new UsernameProvider(Applications.USER, Applications.PASSWORD))
                .setRequestTimeout(uint(30_000))
                .build());
    client.connectAsync().get(30, TimeUnit.SECONDS);
    return client;
  }

  private void watch(OpcUaClient client, int chargers) throws Exception {
    int namespace = client.readNamespaceTable().getIndex(StationUris.INSTANCES).intValue();
    OpcUaSubscription subscription = new OpcUaSubscription(client, PUBLISHING_MILLIS);
    subscription.setSubscriptionListener(
        new OpcUaSubscription.SubscriptionListener() {
          @Override
          public void onDataReceived(
              OpcUaSubscription source, List<OpcUaMonitoredItem> items, List<DataValue> values) {
            take(values);
          }
        });
    subscription.create();
    subscriptions.add(subscription);
    List<OpcUaMonitoredItem> batch = new ArrayList<>();
    for (int i = 1; i <= chargers; i++) {
      for (String tag : Snapshots.WATCHED) {
        OpcUaMonitoredItem item =
            OpcUaMonitoredItem.newDataItem(
                new NodeId(namespace, Applications.charger(i) + "." + tag));
        item.setSamplingInterval(PUBLISHING_MILLIS);
        item.setQueueSize(uint(2));
        batch.add(item);
      }
      if (batch.size() >= BATCH || i == chargers) {
        subscription.addMonitoredItems(batch);
        for (MonitoredItemServiceOperationResult made : subscription.createMonitoredItems()) {
          if (!made.isGood()) {
            throw new IllegalStateException(
                made.monitoredItem().getReadValueId().getNodeId()
                    + ": "
                    + made.serviceResult()
                    + " "
                    + made.operationResult());
          }
        }
        batch.clear();
      }
    }
  }

  private void take(List<DataValue> values) {
    long now = System.currentTimeMillis();
    for (DataValue value : values) {
      DateTime source = value.sourceTime();
      if (!value.statusCode().isGood() || source == null) {
        bad.increment();
      } else {
        latencies.add(now - source.getJavaTime());
      }
    }
    notifications.add(values.size());
  }

  @Override
  public void begin() {
    latencies.clear();
    notifications.reset();
    bad.reset();
    usage.begin();
  }

  @Override
  public Map<String, Object> end() {
    Map<String, Object> measured = usage.end();
    measured.put("notifications", notifications.sum());
    measured.put("notifications_per_second", notifications.sum() / usage.seconds());
    measured.put("bad", bad.sum());
    measured.put("p50_ms", latencies.quantile(0.5));
    measured.put("p99_ms", latencies.quantile(0.99));
    measured.put("max_ms", latencies.quantile(1));
    return measured;
  }
}
