package dev.anodyne.opcua.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ubyte;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.milo.opcua.stack.core.Stack;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.enumerated.ApplicationType;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.eclipse.milo.opcua.stack.core.types.enumerated.UserTokenType;
import org.eclipse.milo.opcua.stack.core.types.structured.ApplicationDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.UserTokenPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which endpoint is used, and what is never sent. */
class EndpointChoiceTest {
  private static final String URL = "opc.tcp://localhost:4840/charger";
  private static final LogIn USER = new LogIn.Password("controller", "secret");
  private static final UserTokenPolicy NAME = token(UserTokenType.UserName, null);
  private static final ClientSecurity AUTO = ClientSecurity.best(USER);

  @Test
  void theStrongestPolicyWinsWhateverTheServerSaysOfItsLevel() throws Exception {
    EndpointDescription old = encrypted(SecurityPolicy.Basic256Sha256, 200, NAME);
    EndpointDescription strong = encrypted(SecurityPolicy.Aes256_Sha256_RsaPss, 1, NAME);
    EndpointDescription middle = encrypted(SecurityPolicy.Aes128_Sha256_RsaOaep, 100, NAME);
    assertThat(chosen(AUTO, old, strong, middle)).isEqualTo(strong.getSecurityPolicyUri());
    assertThat(chosen(AUTO, old, middle)).isEqualTo(middle.getSecurityPolicyUri());
    assertThat(chosen(ClientSecurity.only(SecurityPolicy.Basic256Sha256, USER), old, strong))
        .isEqualTo(old.getSecurityPolicyUri());
  }

  @Test
  void theServersLevelDecidesBetweenEqualPolicies() throws Exception {
    EndpointDescription low = encrypted(SecurityPolicy.Basic256Sha256, 1, NAME);
    EndpointDescription high = encrypted(SecurityPolicy.Basic256Sha256, 9, NAME);
    assertThat(choose(AUTO, low, high, low).chosen().getSecurityLevel()).isEqualTo(ubyte(9));
  }

  @Test
  void hostAndPortStayTheConfiguredOnes() throws Exception {
    EndpointDescription elsewhere = encrypted(SecurityPolicy.Basic256Sha256, 1, NAME);
    assertThat(choose(AUTO, elsewhere).chosen().getEndpointUrl())
        .isEqualTo("opc.tcp://localhost:4840/own/path");
  }

  @Test
  void aServerWithoutEncryptionIsRefusedInOneLineAndAHint() {
    EndpointDescription open = endpoint(SecurityPolicy.None, MessageSecurityMode.None, 0, NAME);
    assertThatThrownBy(() -> choose(AUTO, open))
        .isInstanceOf(LinkException.class)
        .hasMessageStartingWith(
            "Server " + URL + " has no endpoint with a security policy of today")
        .hasMessageContaining("it offers [None/None].\nMaybe encryption has to be switched on");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Basic128Rsa15", "Basic256"})
  void outdatedPoliciesAreNotUsed(String name) {
    EndpointDescription outdated = encrypted(SecurityPolicy.valueOf(name), 255, NAME);
    assertThatThrownBy(() -> choose(AUTO, outdated)).hasMessageContaining(name + "/SignAndEncrypt");
    assertThatThrownBy(() -> ClientSecurity.only(SecurityPolicy.valueOf(name), USER))
        .hasMessageContaining("outdated");
  }

  @Test
  void aSignedChannelIsUsedOnlyWhenItIsAskedFor() throws Exception {
    EndpointDescription signed =
        endpoint(SecurityPolicy.Basic256Sha256, MessageSecurityMode.Sign, 1, NAME);
    assertThatThrownBy(() -> choose(AUTO, signed)).hasMessageContaining("Basic256Sha256/Sign]");
    ClientSecurity asked =
        new ClientSecurity(Optional.empty(), Optional.of(MessageSecurityMode.Sign), false, USER);
    assertThat(chosen(asked, signed)).isEqualTo(signed.getSecurityPolicyUri());
    assertThat(asked.warning(URL)).hasValueSatisfying(w -> assertThat(w).contains("not encrypted"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"None", "Basic128Rsa15", "Basic256"})
  void aPasswordIsNeverSentInClearOrWithAnOutdatedCipher(String tokenPolicy) throws Exception {
    UserTokenPolicy weak = token(UserTokenType.UserName, SecurityPolicy.valueOf(tokenPolicy));
    EndpointDescription endpoint = encrypted(SecurityPolicy.Aes256_Sha256_RsaPss, 1, weak);
    assertThatThrownBy(() -> choose(AUTO, endpoint))
        .hasMessageContaining("only in clear text or with an outdated cipher, so none is sent");
    UserTokenPolicy good = token(UserTokenType.UserName, SecurityPolicy.Basic256Sha256);
    EndpointDescription both = encrypted(SecurityPolicy.Aes256_Sha256_RsaPss, 1, weak, good);
    assertThat(choose(AUTO, both).chosen().getUserIdentityTokens()).containsExactly(good);
  }

  @Test
  void withoutAChannelAPasswordNeedsAPolicyOfItsOwn() throws Exception {
    ClientSecurity none = ClientSecurity.only(SecurityPolicy.None, USER);
    EndpointDescription clear = endpoint(SecurityPolicy.None, MessageSecurityMode.None, 0, NAME);
    assertThatThrownBy(() -> choose(none, clear)).hasMessageContaining("in clear text");
    UserTokenPolicy good = token(UserTokenType.UserName, SecurityPolicy.Basic256Sha256);
    EndpointDescription open = endpoint(SecurityPolicy.None, MessageSecurityMode.None, 0, good);
    assertThat(choose(none, open).chosen().getUserIdentityTokens()).containsExactly(good);
  }

  @Test
  void aLogInThatTheServerDoesNotTakeIsNamedWithWhatItTakes() {
    ClientSecurity certificate =
        ClientSecurity.best(new LogIn.Certificate(Path.of("user.der"), Path.of("user.pem")));
    assertThatThrownBy(() -> choose(certificate, encrypted(SecurityPolicy.Basic256Sha256, 1, NAME)))
        .hasMessageContaining("takes no log-in by user certificate; it takes user name.");
  }

  @Test
  void noneIsForThisMachineUnlessItIsAllowedBeyond() {
    ClientSecurity none = ClientSecurity.only(SecurityPolicy.None, USER);
    for (String here : List.of("localhost", "127.0.0.1", "127.9.9.9", "[::1]")) {
      assertThat(none.isAllowedAt("opc.tcp://" + here + ":4840")).as(here).isTrue();
    }
    for (String there : List.of("charger.example", "10.0.0.5", "127.example", "localhost.evil")) {
      assertThat(none.isAllowedAt("opc.tcp://" + there + ":4840")).as(there).isFalse();
    }
    assertThat(none.warning(URL)).hasValueSatisfying(w -> assertThat(w).contains("neither signed"));
    assertThat(AUTO.warning(URL)).isEmpty();
  }

  @Test
  void whatTheSessionTellsMustBeWhatDiscoveryTold() throws Exception {
    EndpointDescription used = encrypted(SecurityPolicy.Basic256Sha256, 7, NAME);
    ServerOffer offer = choose(AUTO, used);
    assertThat(tampered(offer, AUTO, used)).isEmpty();
    assertThat(tampered(offer, AUTO, encrypted(SecurityPolicy.Basic256Sha256, 8, NAME)))
        .contains("not those that discovery told");
    UserTokenPolicy other = token(UserTokenType.UserName, SecurityPolicy.Aes128_Sha256_RsaOaep);
    assertThat(tampered(offer, AUTO, encrypted(SecurityPolicy.Basic256Sha256, 7, other)))
        .contains("not those that discovery told");
    assertThat(tampered(offer, AUTO, encrypted(SecurityPolicy.Aes128_Sha256_RsaOaep, 7, NAME)))
        .contains("not those that discovery told");
  }

  @Test
  void aHiddenStrongerEndpointIsNoticedWhereTheBestWasAskedFor() throws Exception {
    EndpointDescription used = encrypted(SecurityPolicy.Basic256Sha256, 7, NAME);
    EndpointDescription hidden = encrypted(SecurityPolicy.Aes256_Sha256_RsaPss, 1, NAME);
    ServerOffer offer = choose(AUTO, used);
    assertThat(tampered(offer, AUTO, used, hidden)).contains("has hidden a stronger endpoint");
    ClientSecurity fixed = ClientSecurity.only(SecurityPolicy.Basic256Sha256, USER);
    assertThat(tampered(offer, fixed, used, hidden)).as("nothing was to be chosen").isEmpty();
    assertThat(offer.tampered(null, AUTO, URL)).contains("does not confirm its endpoints");
    assertThat(offer.tampered(new EndpointDescription[0], fixed, URL)).isEmpty();
  }

  @Test
  void aServerThatDoesNotNameItselfIsRefused() {
    EndpointDescription nameless =
        new EndpointDescription(
            URL,
            null,
            ByteString.of(new byte[] {1}),
            MessageSecurityMode.SignAndEncrypt,
            SecurityPolicy.Basic256Sha256.getUri(),
            new UserTokenPolicy[] {NAME},
            Stack.TCP_UASC_UABINARY_TRANSPORT_URI,
            ubyte(1));
    assertThatThrownBy(() -> choose(AUTO, nameless)).hasMessageContaining("application URI");
  }

  private static String tampered(
      ServerOffer offer, ClientSecurity security, EndpointDescription... confirmed) {
    return offer.tampered(confirmed, security, URL);
  }

  private static ServerOffer choose(ClientSecurity security, EndpointDescription... offered)
      throws LinkException {
    return EndpointChoice.of(URL, security, List.of(offered));
  }

  private static String chosen(ClientSecurity security, EndpointDescription... offered)
      throws LinkException {
    return choose(security, offered).chosen().getSecurityPolicyUri();
  }

  private static UserTokenPolicy token(UserTokenType type, SecurityPolicy policy) {
    String uri = policy == null ? null : policy.getUri();
    return new UserTokenPolicy(type + "/" + policy, type, null, null, uri);
  }

  private static EndpointDescription encrypted(
      SecurityPolicy policy, int level, UserTokenPolicy... tokens) {
    return endpoint(policy, MessageSecurityMode.SignAndEncrypt, level, tokens);
  }

  private static EndpointDescription endpoint(
      SecurityPolicy policy, MessageSecurityMode mode, int level, UserTokenPolicy... tokens) {
    ApplicationDescription server =
        new ApplicationDescription(
            "urn:charger",
            "urn:product",
            LocalizedText.english("Charger"),
            ApplicationType.Server,
            null,
            null,
            null);
    return new EndpointDescription(
        "opc.tcp://inner-name:4999/own/path",
        server,
        ByteString.of(new byte[] {1}),
        mode,
        policy.getUri(),
        tokens,
        Stack.TCP_UASC_UABINARY_TRANSPORT_URI,
        ubyte(level));
  }
}
