package dev.anodyne.opcua.client;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.jspecify.annotations.Nullable;

/** What is wrong with a certificate, said for a person: the server's, or this application's. */
final class CertificateWords {
  /** Statuses of which both sides may accuse each other's certificate. */
  private static final Map<Long, String> WRONG =
      Map.ofEntries(
          Map.entry(StatusCodes.Bad_CertificateUntrusted, "is not trusted"),
          // What the path builder says when no trusted certificate leads to it.
          Map.entry(StatusCodes.Bad_SecurityChecksFailed, "is not trusted"),
          Map.entry(StatusCodes.Bad_CertificateTimeInvalid, "has expired, or is not valid yet"),
          Map.entry(
              StatusCodes.Bad_CertificateIssuerTimeInvalid,
              "has an issuer that has expired, or is not valid yet"),
          Map.entry(StatusCodes.Bad_CertificateUriInvalid, "carries another application URI"),
          Map.entry(StatusCodes.Bad_CertificateHostNameInvalid, "carries another host name"),
          Map.entry(StatusCodes.Bad_CertificateRevoked, "is revoked"),
          Map.entry(StatusCodes.Bad_CertificateIssuerRevoked, "has an issuer that is revoked"),
          Map.entry(
              StatusCodes.Bad_CertificateRevocationUnknown,
              "may be revoked: its issuer's revocation list is missing"),
          Map.entry(
              StatusCodes.Bad_CertificateIssuerRevocationUnknown,
              "may be revoked: its issuer's own issuer's revocation list is missing"),
          Map.entry(
              StatusCodes.Bad_CertificateUseNotAllowed, "is not made for this use (key usage)"),
          Map.entry(
              StatusCodes.Bad_CertificateIssuerUseNotAllowed,
              "has an issuer that may not issue (key usage)"),
          Map.entry(StatusCodes.Bad_CertificateChainIncomplete, "has an issuer that is not known"),
          Map.entry(StatusCodes.Bad_CertificateInvalid, "cannot be read"),
          Map.entry(
              StatusCodes.Bad_CertificatePolicyCheckFailed, "does not fit the security policy"));

  private CertificateWords() {}

  /** What this side found wrong with the server's, without a full stop. */
  static String ofServers(
      UaException failure, @Nullable String applicationUri, List<String> hostNames) {
    long code = failure.getStatusCode().value();
    String status = Words.nameOf(failure.getStatusCode());
    String what =
        "the server's certificate "
            + WRONG.getOrDefault(code, "does not pass the checks")
            + " ("
            + status
            + ")";
    return what + hint(code, applicationUri, hostNames);
  }

  private static String hint(long code, @Nullable String applicationUri, List<String> hostNames) {
    if (code == StatusCodes.Bad_CertificateUntrusted
        || code == StatusCodes.Bad_CertificateChainIncomplete
        || code == StatusCodes.Bad_SecurityChecksFailed) {
      return ".\nMaybe it is in this application's rejected folder and must be moved to"
          + " trusted/certs: anodyne opcua trust shows it";
    }
    if (code == StatusCodes.Bad_CertificateUriInvalid) {
      return ".\nMaybe the charger needs a new certificate: it calls itself " + applicationUri;
    }
    if (code == StatusCodes.Bad_CertificateHostNameInvalid) {
      return ".\nMaybe endpoint must name a host that stands in the certificate; it names "
          + String.join(", ", hostNames);
    }
    if (code == StatusCodes.Bad_CertificateTimeInvalid) {
      return ".\nMaybe the charger needs a new certificate, or this machine's clock is wrong";
    }
    if (code == StatusCodes.Bad_CertificateRevocationUnknown
        || code == StatusCodes.Bad_CertificateIssuerRevocationUnknown) {
      return ".\nMaybe the list belongs into issuers/crl or trusted/crl";
    }
    return "";
  }

  /** What a server said about this application's; empty when the status is about something else. */
  static Optional<String> ofOurs(UaException failure) {
    long code = failure.getStatusCode().value();
    String wrong = WRONG.get(code);
    if (wrong == null) {
      return Optional.empty();
    }
    String hint =
        code == StatusCodes.Bad_CertificateUntrusted
                || code == StatusCodes.Bad_CertificateChainIncomplete
            ? ".\nMaybe it is in the server's rejected folder and must be moved to trusted/certs"
            : "";
    return Optional.of(
        "the server says that this application's certificate "
            + wrong
            + " ("
            + Words.nameOf(failure.getStatusCode())
            + ")"
            + hint);
  }
}
