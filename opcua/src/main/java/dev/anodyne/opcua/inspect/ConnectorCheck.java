package dev.anodyne.opcua.inspect;

import dev.anodyne.opcua.client.OpcUaChargerConfig;
import dev.anodyne.opcua.client.ServerOffer;
import dev.anodyne.opcua.client.ToolException;
import dev.anodyne.opcua.client.ToolSession;
import dev.anodyne.opcua.inspect.CheckReport.Certificate;
import dev.anodyne.opcua.inspect.CheckReport.RoundTrips;
import dev.anodyne.opcua.inspect.CheckReport.TagCheck;
import dev.anodyne.opcua.security.PkiDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;
import org.eclipse.milo.opcua.stack.core.util.CertificateUtil;

/**
 * A dry run of one connector: connects as a controller would, looks every mapped node up, reads all
 * of them several times, and says what would keep it from charging. Writes nothing unless told to,
 * and then only no current.
 */
public final class ConnectorCheck {
  private static final double NANOS_PER_MILLI = 1e6;

  private final String connector;
  private final OpcUaChargerConfig config;
  private final Settings settings;
  private final PkiDirectory pki;
  private final List<String> problems = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private List<TagCheck> tags = List.of();
  private Optional<RoundTrips> roundTrips = Optional.empty();
  private Optional<String> zeroWrite = Optional.empty();

  private ConnectorCheck(
      String connector, OpcUaChargerConfig config, Settings settings, PkiDirectory pki) {
    this.connector = connector;
    this.config = config;
    this.settings = settings;
    this.pki = pki;
  }

  /**
   * How much is done.
   *
   * @param reads how often everything is read, at least 2
   * @param pause between two reads
   * @param writesZero write no current, once; it ends a charge that is under way
   */
  public record Settings(int reads, Duration pause, boolean writesZero) {}

  /**
   * Runs it. Never throws for what the charger does or does not do.
   *
   * @param connector the connector's id, for the report
   */
  public static CheckReport run(String connector, OpcUaChargerConfig config, Settings settings)
      throws InterruptedException {
    try (PkiDirectory pki = PkiDirectory.open(config.pkiDirectory(), config.identity())) {
      return new ConnectorCheck(connector, config, settings, pki).run();
    }
  }

  private CheckReport run() throws InterruptedException {
    pki.notice(Instant.now()).ifPresent(notes::add);
    config.security().warning(config.endpointUrl()).ifPresent(notes::add);
    String user = config.security().logIn().toString();
    Optional<X509Certificate> server = Optional.empty();
    boolean loggedIn = false;
    try {
      ServerOffer offer = ToolSession.offer(config);
      server = certificate(offer.chosen());
      user += " over " + offer.security();
      try (ToolSession session = ToolSession.open(config, pki, offer)) {
        loggedIn = true;
        look(session);
      }
      writeZero();
    } catch (ToolException e) {
      problems.add(String.valueOf(e.getMessage()));
    }
    boolean trusted = loggedIn || server.map(this::isTrusted).orElse(false);
    if (!trusted) {
      server.ifPresent(this::adviseTrust);
    }
    String state = trusted ? "trusted" : "NOT TRUSTED";
    return new CheckReport(
        connector,
        config.endpointUrl(),
        user,
        described(pki.certificate(), "in " + config.pkiDirectory().resolve("own")),
        server.map(one -> described(one, state)),
        tags,
        roundTrips,
        zeroWrite,
        problems,
        notes);
  }

  private void look(ToolSession session) throws InterruptedException {
    NodePlan plan = NodePlan.find(session, config.mapping());
    List<NodeId> nodes = plan.nodes();
    List<DataValue> first = List.of();
    List<DataValue> last = List.of();
    double[] millis = new double[settings.reads()];
    long begin = System.nanoTime();
    for (int i = 0; i < settings.reads() && !nodes.isEmpty(); i++) {
      if (i > 0) {
        Thread.sleep(settings.pause().toMillis());
      }
      long asked = System.nanoTime();
      last =
          session.await(
              session.client().readValuesAsync(0.0, TimestampsToReturn.Source, nodes),
              "Tags cannot be read");
      millis[i] = (System.nanoTime() - asked) / NANOS_PER_MILLI;
      first = first.isEmpty() ? last : first;
    }
    Duration watched = Duration.ofNanos(System.nanoTime() - begin);
    if (!nodes.isEmpty()) {
      Arrays.sort(millis);
      roundTrips =
          Optional.of(
              new RoundTrips(
                  millis.length,
                  nodes.size(),
                  millis[millis.length / 2],
                  millis[millis.length - 1]));
    }
    TagJudge judge =
        new TagJudge(
            session, config, SpaceReader.factsOf(session, nodes), nodes, first, last, watched);
    tags = judge.all(plan);
    tags.stream().map(TagCheck::problem).filter(text -> !text.isEmpty()).forEach(problems::add);
    notes.addAll(judge.notes());
    noteSlowness();
  }

  private void noteSlowness() {
    double halfMillis = config.staleness().toMillis() / 2.0;
    roundTrips
        .filter(times -> times.worstMillis() > halfMillis)
        .ifPresent(
            times ->
                notes.add(
                    String.format(
                        Locale.ROOT,
                        "The worst round trip, %.0f ms, is above half of the staleness limit of %d"
                            + " ms: values will turn stale now and then.",
                        times.worstMillis(),
                        config.staleness().toMillis())));
  }

  private void writeZero() throws InterruptedException {
    if (!settings.writesZero()) {
      return;
    }
    ToolSession.ZeroWrite wrote = ToolSession.writeZero(config, pki);
    String what =
        wrote.written().entrySet().stream()
            .map(
                entry ->
                    entry.getKey().path()
                        + " = "
                        + Shown.number(entry.getValue())
                        + " "
                        + entry.getKey().unit().symbol())
            .collect(Collectors.joining(", "));
    if (wrote.problem().isEmpty()) {
      zeroWrite =
          Optional.of(
              String.format(
                  Locale.ROOT,
                  "wrote %s: taken after %.1f ms",
                  what,
                  wrote.nanos() / NANOS_PER_MILLI));
    } else {
      zeroWrite = Optional.of("wrote " + what + ": refused");
      problems.add(wrote.problem());
    }
  }

  private static Optional<X509Certificate> certificate(EndpointDescription endpoint) {
    try {
      return endpoint.getServerCertificate().isNullOrEmpty()
          ? Optional.empty()
          : Optional.of(
              CertificateUtil.decodeCertificate(endpoint.getServerCertificate().bytesOrEmpty()));
    } catch (UaException e) {
      return Optional.empty(); // connecting says why
    }
  }

  private boolean isTrusted(X509Certificate certificate) {
    try {
      return RejectedCertificates.trusted(config.pkiDirectory()).stream()
          .anyMatch(entry -> entry.certificate().equals(certificate));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void adviseTrust(X509Certificate certificate) {
    notes.add(
        "The charger's certificate is not trusted here. Compare the fingerprint above with the one"
            + " that the charger shows; if they are the same:\nanodyne opcua trust "
            + RejectedCertificates.fingerprint(certificate, "SHA-256")
            + " --pki "
            + config.pkiDirectory());
  }

  private static Certificate described(X509Certificate certificate, String state) {
    Instant end = certificate.getNotAfter().toInstant();
    return new Certificate(
        Shown.plain(certificate.getSubjectX500Principal().getName()),
        RejectedCertificates.fingerprint(certificate, "SHA-256"),
        end.toString(),
        end.isBefore(Instant.now()) ? state + ", EXPIRED" : state);
  }
}
