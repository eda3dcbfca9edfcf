package dev.anodyne.opcua.attack;

import dev.anodyne.opcua.server.station.StationUnderAttack;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import javax.crypto.Cipher;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.structured.ActivateSessionResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.CreateSessionResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.UserNameIdentityToken;
import org.eclipse.milo.opcua.stack.core.util.CertificateUtil;

/** Passwords as clients send them. */
final class Passwords {
  static final String OAEP = "http://www.w3.org/2001/04/xmlenc#rsa-oaep";
  static final String OAEP_CIPHER = "RSA/ECB/OAEPWithSHA-1AndMGF1Padding";
  static final String RIGHT = "correct horse";

  private Passwords() {}

  /**
   * A secret: its length, the password and the server's nonce, encrypted.
   *
   * @param length what it says its length is; −1 for what it is
   */
  static byte[] secret(
      StationUnderAttack station,
      CreateSessionResponse session,
      String cipher,
      int length,
      String password)
      throws Exception {
    ByteArrayOutputStream plain = new ByteArrayOutputStream();
    byte[] word = password.getBytes(StandardCharsets.UTF_8);
    byte[] nonce = session.getServerNonce().bytesOrEmpty();
    plain.writeBytes(new Wire().u32(length < 0 ? word.length + nonce.length : length).bytes());
    plain.writeBytes(word);
    plain.writeBytes(nonce);
    Cipher rsa = Cipher.getInstance(cipher);
    rsa.init(
        Cipher.ENCRYPT_MODE,
        CertificateUtil.decodeCertificate(Certificates.server(station)).getPublicKey());
    return rsa.doFinal(plain.toByteArray());
  }

  /** Logs in as the operator, with the right password. */
  static void logIn(RawClient client, StationUnderAttack station) throws Exception {
    CreateSessionResponse session = client.create(station.url());
    byte[] secret = secret(station, session, OAEP_CIPHER, -1, RIGHT);
    var token =
        new UserNameIdentityToken(
            "username", StationUnderAttack.OPERATOR, ByteString.of(secret), OAEP);
    var answer =
        client.ask(Requests.activate(session.getAuthenticationToken(), Requests.encoded(token)));
    if (!(answer instanceof ActivateSessionResponse)) {
      throw new IOException("Not logged in: " + answer);
    }
  }
}
