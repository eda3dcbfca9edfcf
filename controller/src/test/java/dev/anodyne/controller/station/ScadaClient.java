package dev.anodyne.controller.station;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.anodyne.controller.config.StationConfig;
import dev.anodyne.opcua.security.ApplicationIdentity;
import dev.anodyne.opcua.security.PkiDirectory;
import dev.anodyne.opcua.server.station.CommandAnswer;
import dev.anodyne.opcua.server.station.CommandResult;
import dev.anodyne.opcua.server.station.StationUris;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.milo.opcua.sdk.client.DiscoveryClient;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.sdk.client.OpcUaClientConfig;
import org.eclipse.milo.opcua.sdk.client.identity.UsernameProvider;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodResult;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;
import org.eclipse.milo.opcua.stack.core.util.CertificateUtil;

/** A SCADA system on a station's server: user {@code scada}, password {@code correct horse}. */
public final class ScadaClient implements AutoCloseable {
  private final PkiDirectory pki;
  private final OpcUaClient client;

  private ScadaClient(PkiDirectory pki, OpcUaClient client) {
    this.pki = pki;
    this.client = client;
  }

  /**
   * Logs in; both sides trust each other, the station without a restart.
   *
   * @param folder for the client's own certificate
   */
  public static ScadaClient connect(String url, StationConfig config, Path folder)
      throws Exception {
    PkiDirectory pki =
        PkiDirectory.open(
            folder.resolve("scada"),
            ApplicationIdentity.onThisHost("Scada", "urn:anodyne:test:scada"));
    Path own = config.opcua().pki();
    Files.write(own.resolve("trusted/certs/scada.der"), pki.certificate().getEncoded());
    pki.trust(
        CertificateUtil.decodeCertificate(Files.readAllBytes(own.resolve("own/certs/own.der"))));
    EndpointDescription endpoint =
        DiscoveryClient.getEndpoints(url + "/discovery").get(15, TimeUnit.SECONDS).stream()
            .filter(e -> SecurityPolicy.Basic256Sha256.getUri().equals(e.getSecurityPolicyUri()))
            .findFirst()
            .orElseThrow();
    OpcUaClient client =
        OpcUaClient.create(
            OpcUaClientConfig.builder()
                .setApplicationName(LocalizedText.english("Scada"))
                .setApplicationUri(pki.identity().uri())
                .setEndpoint(endpoint)
                .setKeyPair(pki.keyPair())
                .setCertificate(pki.certificate())
                .setCertificateChain(new X509Certificate[] {pki.certificate()})
                .setCertificateValidator(pki.validatorOfServers())
                .setIdentityProvider(new UsernameProvider("scada", "correct horse"))
                .build());
    // The station's watcher of its trust folder takes a moment.
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(300))
        .ignoreExceptions()
        .until(() -> client.connectAsync().get(10, TimeUnit.SECONDS) != null);
    return new ScadaClient(pki, client);
  }

  /** The state of a connector's session. */
  public String state(String connector) throws Exception {
    Object value = read(connector + ".Session.CurrentState").value().value();
    return value instanceof LocalizedText text ? String.valueOf(text.text()) : "";
  }

  /** A value of the station. */
  public DataValue read(String id) throws Exception {
    return client
        .readValues(0.0, TimestampsToReturn.Both, List.of(node(StationUris.INSTANCES, id)))
        .get(0);
  }

  /** Calls a method, such as {@code ChargerType.Reset}; it must be carried out or refused. */
  public CommandAnswer call(String object, String method, Object... inputs) throws Exception {
    Variant[] variants = new Variant[inputs.length];
    for (int i = 0; i < inputs.length; i++) {
      variants[i] = new Variant(inputs[i]);
    }
    CallMethodResult result =
        client.call(
                List.of(
                    new CallMethodRequest(
                        node(StationUris.INSTANCES, object),
                        node(StationUris.TYPES, method),
                        variants)))
            .getResults()[0];
    assertThat(result.getStatusCode().isGood()).as("%s", result.getStatusCode()).isTrue();
    return new CommandAnswer(
        CommandResult.values()[(Integer) result.getOutputArguments()[0].value()],
        String.valueOf(result.getOutputArguments()[1].value()));
  }

  private NodeId node(String uri, String id) throws Exception {
    return new NodeId(client.readNamespaceTable().getIndex(uri), id);
  }

  @Override
  public void close() {
    client.disconnectAsync();
    pki.close();
  }
}
