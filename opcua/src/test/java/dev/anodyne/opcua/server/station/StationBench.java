package dev.anodyne.opcua.server.station;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import dev.anodyne.core.charging.NanoClock;
import dev.anodyne.opcua.security.ApplicationIdentity;
import dev.anodyne.opcua.security.PasswordHash;
import dev.anodyne.opcua.security.PkiDirectory;
import dev.anodyne.opcua.security.Role;
import dev.anodyne.opcua.security.UserAccount;
import dev.anodyne.opcua.security.UserDirectory;
import dev.anodyne.opcua.server.SecureServerConfig;
import dev.anodyne.opcua.server.audit.AuditEntry;
import dev.anodyne.opcua.server.audit.AuditTrail;
import dev.anodyne.opcua.server.history.MemoryHistory;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.eclipse.milo.opcua.sdk.client.DiscoveryClient;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.sdk.client.OpcUaClientConfig;
import org.eclipse.milo.opcua.sdk.client.identity.UsernameProvider;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.enumerated.BrowseDirection;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodResult;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.eclipse.milo.opcua.stack.core.types.structured.ReferenceDescription;

/** A station server without a controller, and a client that has logged in. */
final class StationBench implements AutoCloseable {
  static final String OPERATOR = "operator";
  static final String OBSERVER = "observer";
  static final String PASSWORD = "correct horse";

  /** One hash for all tests: hashing takes its time on purpose. */
  static final PasswordHash HASH = PasswordHash.of(PASSWORD);

  final List<StationCommand> commands = new CopyOnWriteArrayList<>();
  final MemoryHistory history = new MemoryHistory(5000);
  final StationServer server;
  final OpcUaClient client;
  final int types;
  final int instances;
  final int di;
  final List<AuditEntry> notes = new CopyOnWriteArrayList<>();
  private final Path directory;
  private final PkiDirectory serverPki;
  private final List<PkiDirectory> opened = new ArrayList<>();

  /** What the controller answers to the next commands. */
  volatile Function<StationCommand, CompletionStage<CommandAnswer>> answer =
      command -> CompletableFuture.completedFuture(CommandAnswer.accepted("Done."));

  /** One whose snapshots grow old by the same clock: see {@link Snapshots#heard}. */
  StationBench(Path directory, Clock clock, String... chargers) throws Exception {
    this(directory, clock, () -> Snapshots.heard(clock.instant()), chargers);
  }

  StationBench(Path directory, Clock clock, NanoClock age, String... chargers) throws Exception {
    this(
        directory,
        clock,
        age,
        new UserDirectory(
            Map.of(
                OPERATOR,
                UserAccount.withPassword(Role.ADMIN, HASH),
                OBSERVER,
                UserAccount.withPassword(Role.ADMIN, HASH),
                "third",
                UserAccount.withPassword(Role.ADMIN, HASH)),
            null),
        (user, action) -> user.equals(OPERATOR) || action == Authorization.Action.READ_HISTORY,
        chargers);
  }

  /** One with other users, of whom one is the operator. */
  StationBench(
      Path directory,
      Clock clock,
      UserDirectory users,
      Authorization authorization,
      String... chargers)
      throws Exception {
    this(directory, clock, NanoClock.SYSTEM, users, authorization, chargers);
  }

  private StationBench(
      Path directory,
      Clock clock,
      NanoClock age,
      UserDirectory users,
      Authorization authorization,
      String... chargers)
      throws Exception {
    this(directory, clock, age, users, authorization, UnaryOperator.identity(), chargers);
  }

  /** One that is configured otherwise, too. */
  StationBench(
      Path directory,
      Clock clock,
      NanoClock age,
      UserDirectory users,
      Authorization authorization,
      UnaryOperator<SecureServerConfig> changed,
      String... chargers)
      throws Exception {
    this.directory = directory;
    serverPki =
        PkiDirectory.open(
            directory.resolve("server"),
            ApplicationIdentity.onThisHost("Station", "urn:anodyne:test:station"));
    server = start(clock, age, users, authorization, changed, chargers);
    client = connect(OPERATOR);
    var table = client.readNamespaceTable();
    types = table.getIndex(StationUris.TYPES).intValue();
    instances = table.getIndex(StationUris.INSTANCES).intValue();
    di = table.getIndex(StationUris.DI).intValue();
  }

  private StationServer start(
      Clock clock,
      NanoClock age,
      UserDirectory users,
      Authorization authorization,
      UnaryOperator<SecureServerConfig> changed,
      String... chargers)
      throws IOException {
    List<StationLayout.Bay> bays = new ArrayList<>();
    for (String id : chargers) {
      bays.add(
          new StationLayout.Bay(
              id,
              new Nameplate(
                  "Vendor", "Fast 250", null, "4711", null, "2.1", "asset-9", "Bay " + id),
              "96s2p of lgm50",
              "physics",
              250_000,
              0.8));
    }
    return StationServer.start(
        changed.apply(
            new SecureServerConfig(
                    "Station", "127.0.0.1", freePort(), "127.0.0.1", serverPki, users)
                .with(AuditTrail.QUIET_LOG.and(notes::add))),
        new StationLayout("Depot", "0.1.0", bays),
        (command, user) -> {
          commands.add(command);
          return answer.apply(command);
        },
        authorization,
        history,
        clock,
        age);
  }

  /** Another client, with a certificate of its own. */
  OpcUaClient connect(String user) throws Exception {
    ApplicationIdentity identity =
        ApplicationIdentity.onThisHost("Scada " + user, "urn:anodyne:test:scada:" + user);
    PkiDirectory pki = PkiDirectory.open(directory.resolve("client-" + user), identity);
    opened.add(pki);
    PkiDirectory.trustEachOther(serverPki, pki);
    EndpointDescription endpoint =
        DiscoveryClient.getEndpoints(server.endpointUrl() + "/discovery")
            .get(15, TimeUnit.SECONDS)
            .stream()
            .filter(e -> SecurityPolicy.Basic256Sha256.getUri().equals(e.getSecurityPolicyUri()))
            .findFirst()
            .orElseThrow();
    OpcUaClient made =
        OpcUaClient.create(
            OpcUaClientConfig.builder()
                .setApplicationName(LocalizedText.english(identity.name()))
                .setApplicationUri(identity.uri())
                .setEndpoint(endpoint)
                .setKeyPair(pki.keyPair())
                .setCertificate(pki.certificate())
                .setCertificateChain(new X509Certificate[] {pki.certificate()})
                .setCertificateValidator(pki.validatorOfServers())
                .setIdentityProvider(new UsernameProvider(user, PASSWORD))
                .setRequestTimeout(uint(15_000))
                .build());
    made.connectAsync().get(15, TimeUnit.SECONDS);
    return made;
  }

  NodeId node(String identifier) {
    return new NodeId(instances, identifier);
  }

  NodeId type(String identifier) {
    return new NodeId(types, identifier);
  }

  DataValue read(String identifier) throws Exception {
    return read(node(identifier), AttributeId.Value);
  }

  DataValue read(NodeId id, AttributeId attribute) throws Exception {
    return client.read(
            0.0, TimestampsToReturn.Both, List.of(new ReadValueId(id, attribute.uid(), null, null)))
        .getResults()[0];
  }

  Object decoded(NodeId id) throws Exception {
    ExtensionObject value = (ExtensionObject) read(id, AttributeId.Value).value().value();
    return value.decode(client.getStaticEncodingContext());
  }

  long write(String identifier, Object value) throws Exception {
    return client
        .writeValues(List.of(node(identifier)), List.of(DataValue.valueOnly(new Variant(value))))
        .get(0)
        .value();
  }

  static CallMethodResult call(OpcUaClient client, NodeId object, NodeId method, Object... inputs)
      throws Exception {
    Variant[] variants = new Variant[inputs.length];
    for (int i = 0; i < inputs.length; i++) {
      variants[i] = new Variant(inputs[i]);
    }
    return client.call(List.of(new CallMethodRequest(object, method, variants))).getResults()[0];
  }

  CallMethodResult call(String object, String method, Object... inputs) throws Exception {
    return call(client, node(object), type(method), inputs);
  }

  List<ReferenceDescription> browse(NodeId id, NodeId references) throws Exception {
    ReferenceDescription[] found =
        client
            .browse(
                new BrowseDescription(
                    id, BrowseDirection.Forward, references, true, uint(0), uint(63)))
            .getReferences();
    return found == null ? List.of() : List.of(found);
  }

  List<String> children(NodeId id) throws Exception {
    return browse(id, NodeIds.HierarchicalReferences).stream()
        .map(reference -> reference.getBrowseName().name())
        .toList();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    client.disconnectAsync();
    server.close();
    opened.forEach(PkiDirectory::close);
    serverPki.close();
  }
}
