package dev.anodyne.opcua.client;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.security.CertificateValidator;
import org.jspecify.annotations.Nullable;

/**
 * What this side found wrong with a server during one session. The library passes on a status code
 * alone, and the same code may come from the server about this side: whoever says so has to know
 * who judged whom.
 */
final class Findings {
  private final AtomicReference<@Nullable String> first = new AtomicReference<>();

  /** Keeps the first; what follows is noise. */
  void add(String finding) {
    first.compareAndSet(null, finding);
  }

  /** The first, without a full stop; empty when there is none. */
  String text() {
    String finding = first.get();
    return finding == null ? "" : finding;
  }

  /** The same judge, who also tells here what he found. */
  CertificateValidator noting(CertificateValidator judge) {
    return (chain, applicationUri, hostNames) -> {
      try {
        judge.validateCertificateChain(chain, applicationUri, hostNames);
      } catch (UaException e) {
        List<String> hosts = hostNames == null ? List.of() : List.of(hostNames);
        add(CertificateWords.ofServers(e, applicationUri, hosts));
        throw e;
      }
    };
  }
}
