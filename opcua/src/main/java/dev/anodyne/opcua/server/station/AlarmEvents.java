package dev.anodyne.opcua.server.station;

import dev.anodyne.opcua.server.alarm.AlarmChange;
import dev.anodyne.opcua.server.alarm.AlarmKind;
import dev.anodyne.opcua.server.event.EventRouter;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;

/** Shows every change of an alarm in the address space, and tells it to whoever watches. */
final class AlarmEvents implements Consumer<AlarmChange> {
  private final ConditionNodes nodes;
  private final EventRouter router;
  private final Supplier<X509Certificate> certificate;

  /**
   * For a server.
   *
   * @param certificate the server's own, as it is now
   */
  AlarmEvents(ConditionNodes nodes, EventRouter router, Supplier<X509Certificate> certificate) {
    this.nodes = nodes;
    this.router = router;
    this.certificate = certificate;
  }

  @Override
  public void accept(AlarmChange change) {
    ConditionNode condition = nodes.of(change.alarm());
    if (condition == null) {
      return;
    }
    condition.show(change.now());
    if (change.alarm().spec().kind() == AlarmKind.CERTIFICATE_EXPIRATION) {
      showCertificate(condition);
    }
    // Everybody who has logged in may see alarms: a session without a log-in has no items.
    router.tell(condition.node(), condition.notifiers(), session -> true);
  }

  /** The certificate that the alarm is about. */
  void showCertificate(ConditionNode condition) {
    X509Certificate own = certificate.get();
    DateTime now = DateTime.now();
    condition.put("ExpirationDate", new DateTime(own.getNotAfter()), now);
    condition.put("CertificateType", NodeIds.RsaSha256ApplicationCertificateType, now);
    try {
      condition.put("Certificate", ByteString.of(own.getEncoded()), now);
    } catch (CertificateEncodingException e) {
      condition.put("Certificate", null, now);
    }
  }
}
