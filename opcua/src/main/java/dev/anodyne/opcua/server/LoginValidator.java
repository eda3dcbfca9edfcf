package dev.anodyne.opcua.server;

import dev.anodyne.opcua.security.Role;
import dev.anodyne.opcua.security.UserDirectory;
import dev.anodyne.opcua.server.audit.AuditEntry;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Set;
import org.eclipse.milo.opcua.sdk.server.Session;
import org.eclipse.milo.opcua.sdk.server.identity.AbstractIdentityValidator;
import org.eclipse.milo.opcua.sdk.server.identity.AbstractUsernameIdentityValidator;
import org.eclipse.milo.opcua.sdk.server.identity.AbstractX509IdentityValidator;
import org.eclipse.milo.opcua.sdk.server.identity.DefaultAnonymousIdentity;
import org.eclipse.milo.opcua.sdk.server.identity.DefaultUsernameIdentity;
import org.eclipse.milo.opcua.sdk.server.identity.DefaultX509UserIdentity;
import org.eclipse.milo.opcua.sdk.server.identity.Identity;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.eclipse.milo.opcua.stack.core.types.enumerated.UserTokenType;
import org.eclipse.milo.opcua.stack.core.types.structured.AnonymousIdentityToken;
import org.eclipse.milo.opcua.stack.core.types.structured.SignatureData;
import org.eclipse.milo.opcua.stack.core.types.structured.UserNameIdentityToken;
import org.eclipse.milo.opcua.stack.core.types.structured.UserTokenPolicy;
import org.eclipse.milo.opcua.stack.core.types.structured.X509IdentityToken;
import org.eclipse.milo.opcua.stack.core.util.CertificateUtil;
import org.jspecify.annotations.Nullable;

/**
 * Judges log-ins. Passwords must come encrypted, whatever the channel is; certificates must prove
 * that their key is at hand, and be valid today. The library decrypts and verifies; here is decided
 * who it is, what it may do, and how often it may be wrong. A log-in that could not be decrypted is
 * answered like one with a wrong password, so that nothing can be learnt from the difference.
 */
final class LoginValidator extends AbstractIdentityValidator {
  private final UserDirectory users;
  private final LoginThrottle throttle;
  private final AuditNotes notes;
  private final Passwords passwords = new Passwords();
  private final Certificates certificates = new Certificates();

  LoginValidator(UserDirectory users, LoginThrottle throttle, AuditNotes notes) {
    this.users = users;
    this.throttle = throttle;
    this.notes = notes;
  }

  @Override
  public Set<UserTokenType> getSupportedTokenTypes() {
    return Set.of(UserTokenType.Anonymous, UserTokenType.UserName, UserTokenType.Certificate);
  }

  @Override
  protected Identity.AnonymousIdentity validateAnonymousToken(
      Session session, AnonymousIdentityToken token, UserTokenPolicy policy, SignatureData signed)
      throws UaException {
    Role role = users.anonymous().orElse(null);
    AuditEntry.LogIn login = new AuditEntry.LogIn("anonymous", null);
    if (role == null) {
      throw refused(session, null, login, StatusCodes.Bad_IdentityTokenRejected, "is not allowed");
    }
    DefaultAnonymousIdentity identity = new DefaultAnonymousIdentity();
    return accepted(session, identity, new Login(UserDirectory.ANONYMOUS, role), login);
  }

  @Override
  protected Identity.UsernameIdentity validateUsernameToken(
      Session session, UserNameIdentityToken token, UserTokenPolicy policy, SignatureData signed)
      throws UaException {
    String user = token.getUserName() == null ? "" : token.getUserName();
    AuditEntry.LogIn login = new AuditEntry.LogIn("user name", null);
    boolean encrypted =
        token.getEncryptionAlgorithm() != null && !token.getEncryptionAlgorithm().isEmpty()
            || session.getSecurityConfiguration().getSecurityMode()
                == MessageSecurityMode.SignAndEncrypt;
    if (!encrypted) {
      throw refused(
          session,
          user,
          login,
          StatusCodes.Bad_IdentityTokenRejected,
          "the password came without encryption");
    }
    LoginThrottle.Attempt attempt = attempt(session, user, login);
    try {
      Identity identity = passwords.validateIdentityToken(session, token, policy, signed);
      attempt.succeeded();
      return accepted(session, (Identity.UsernameIdentity) identity, login(user), login);
    } catch (UaException | RuntimeException e) {
      attempt.failed();
      throw refused(
          session, user, login, StatusCodes.Bad_UserAccessDenied, "user name or password is wrong");
    }
  }

  @Override
  protected Identity.X509UserIdentity validateX509Token(
      Session session, X509IdentityToken token, UserTokenPolicy policy, SignatureData signed)
      throws UaException {
    X509Certificate shown = decoded(token);
    AuditEntry.LogIn login = new AuditEntry.LogIn("certificate", shown);
    String subject = shown == null ? "" : shown.getSubjectX500Principal().getName();
    LoginThrottle.Attempt attempt = attempt(session, subject, login);
    try {
      Identity identity = certificates.validateIdentityToken(session, token, policy, signed);
      attempt.succeeded();
      String user = shown == null ? "" : users.ownerOf(shown).orElse("");
      return accepted(session, (Identity.X509UserIdentity) identity, login(user), login);
    } catch (UaException | RuntimeException e) {
      attempt.failed();
      throw refused(
          session,
          subject,
          login,
          StatusCodes.Bad_IdentityTokenRejected,
          "the certificate is no user's, is not valid today, or its key was not shown");
    }
  }

  private static @Nullable X509Certificate decoded(X509IdentityToken token) {
    try {
      return CertificateUtil.decodeCertificate(token.getCertificateData().bytesOrEmpty());
    } catch (UaException e) {
      return null;
    }
  }

  private LoginThrottle.Attempt attempt(Session session, String user, AuditEntry.LogIn login)
      throws UaException {
    LoginThrottle.Attempt attempt = throttle.begin(user, session.getClientAddress());
    if (attempt.isRefused()) {
      throw refused(
          session,
          user,
          login,
          StatusCodes.Bad_UserAccessDenied,
          "too many wrong ones, the next is looked at in " + attempt.waitSeconds() + " s");
    }
    return attempt;
  }

  private Login login(String user) throws UaException {
    return new Login(
        user,
        users
            .roleOf(user)
            .orElseThrow(() -> new UaException(StatusCodes.Bad_IdentityTokenRejected)));
  }

  private <I extends Identity> I accepted(
      Session session, I identity, Login login, AuditEntry.LogIn how) {
    identity.setUserData(login);
    notes.login(session, login.user(), how, StatusCode.GOOD, "as " + login.role().word());
    return identity;
  }

  private UaException refused(
      Session session, @Nullable String user, AuditEntry.LogIn how, long status, String why) {
    notes.login(session, user, how, new StatusCode(status), why);
    return new LoginRefused(status);
  }

  /** The library's handling of user names, which decrypts. */
  private final class Passwords extends AbstractUsernameIdentityValidator {
    @Override
    protected Identity.@Nullable UsernameIdentity authenticateUsernamePassword(
        Session session, String username, String password) {
      return users.isPassword(username, password) ? new DefaultUsernameIdentity(username) : null;
    }
  }

  /** The library's handling of certificates, which verifies that the key is at hand. */
  private final class Certificates extends AbstractX509IdentityValidator {
    @Override
    protected Identity.@Nullable X509UserIdentity authenticateCertificate(
        Session session, X509Certificate certificate) {
      try {
        certificate.checkValidity();
      } catch (CertificateException e) {
        return null;
      }
      return users.ownerOf(certificate).isPresent()
          ? new DefaultX509UserIdentity(certificate)
          : null;
    }
  }
}
