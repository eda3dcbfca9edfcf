package dev.anodyne.opcua.client;

import java.net.ConnectException;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;

/** Failures of the link, said for a person. */
final class Words {
  private Words() {}

  /** The name of a status code, for example {@code Bad_OutOfRange}. */
  static String nameOf(StatusCode status) {
    return StatusCodes.lookup(status.value())
        .map(names -> names[0])
        .orElse(String.format("status 0x%08X", status.value()));
  }

  /** True when an answer did not come in time. */
  static boolean isLate(Throwable failure) {
    return causeOf(failure) instanceof TimeoutException;
  }

  private static Throwable causeOf(Throwable failure) {
    Throwable cause = failure;
    while ((cause instanceof CompletionException || cause instanceof ExecutionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  /** What went wrong, in a few words without a full stop. */
  static String of(Throwable failure) {
    Throwable cause = causeOf(failure);
    if (cause instanceof TimeoutException) {
      return "no answer in time";
    }
    if (cause instanceof ConnectException) {
      return "nobody listens there";
    }
    Optional<UaException> status = UaException.extract(cause);
    if (status.isPresent()) {
      return of(status.get());
    }
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }

  private static String of(UaException failure) {
    if (failure instanceof CheckedTransport.WrongAnswerException) {
      return String.valueOf(failure.getMessage());
    }
    long code = failure.getStatusCode().value();
    if (code == StatusCodes.Bad_UserAccessDenied || code == StatusCodes.Bad_IdentityTokenRejected) {
      return "user name or password refused";
    }
    if (code == StatusCodes.Bad_SecurityChecksFailed) {
      return "the server refuses this application's certificate ("
          + nameOf(failure.getStatusCode())
          + ").\nMaybe it is in the server's rejected folder and must be moved to trusted/certs";
    }
    return CertificateWords.ofOurs(failure).orElseGet(() -> nameOf(failure.getStatusCode()));
  }

  /** Why a log-in failed, in a few words without a full stop. */
  static String ofLogIn(Throwable failure, LogIn logIn) {
    return UaException.extract(causeOf(failure))
        .filter(Words::isAboutTheUser)
        .map(refused -> logIn.refusal() + " (" + nameOf(refused.getStatusCode()) + ")")
        .orElseGet(() -> of(failure));
  }

  private static boolean isAboutTheUser(UaException failure) {
    long code = failure.getStatusCode().value();
    return code == StatusCodes.Bad_UserAccessDenied
        || code == StatusCodes.Bad_IdentityTokenRejected
        || code == StatusCodes.Bad_IdentityTokenInvalid
        || code == StatusCodes.Bad_UserSignatureInvalid;
  }
}
