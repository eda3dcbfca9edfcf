package dev.anodyne.controller.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anodyne.opcua.security.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may use the API: what a station's file may say, and what is refused before it starts. */
class ApiReaderTest {
  private static final String TOKEN = "0123456789abcdef0123456789abcdef";
  @TempDir private Path folder;

  private ApiConfig read(String text) throws IOException {
    Files.writeString(folder.resolve("good.token"), TOKEN + "\n");
    Files.writeString(folder.resolve("weak.token"), "secret\n");
    Path file =
        Files.writeString(
            folder.resolve("station.yaml"),
            text
                + "connectors:\n  - {id: C1, charger: {endpoint: \"opc.tcp://127.0.0.1:9/C1\","
                + " user: u, password: p}, battery: {cell: lgm50, layout: 4s1p}}\n");
    ApiConfig api = StationConfigReader.read(file).api();
    assertThat(api).isNotNull();
    return api;
  }

  private void refused(String text, String... words) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(ConfigException.class)
        .hasMessageContainingAll(words);
  }

  @Test
  void onThisMachineOnlyEverybodyMayOperate() throws Exception {
    assertThat(read("").anonymous()).isEqualTo(Role.OPERATOR);
    assertThat(read("api: {tokens: {a: {tokenFile: good.token}}}\n").anonymous()).isNull();
  }

  @Test
  void beyondThisMachineNobodyMayWithoutSayingSo() throws Exception {
    refused("http: {bind: 0.0.0.0}\n", "api.tokens is missing", "0.0.0.0", "Maybe");
    ApiConfig open = read("http: {bind: 0.0.0.0}\napi: {anonymous: {role: observer}}\n");
    assertThat(open.anonymous()).isEqualTo(Role.OBSERVER);
  }

  @Test
  void tokensAreKeptAsHashesAndMustBeRandom() throws Exception {
    // printf %s 0123456789abcdef0123456789abcdef | sha256sum
    String hash = "3eb1bd439947eb762998e566ccc2e099c791118b2f40579cc4f7da2b5061b7f9";
    ApiConfig.Token file =
        read("api: {tokens: {a: {tokenFile: good.token, role: engineer}}}\n").tokens().get("a");
    assertThat(file.role()).isEqualTo(Role.ENGINEER);
    assertThat(file.sha256()).isEqualTo(hash);
    assertThat(file.toString()).doesNotContain(file.sha256());
    ApiConfig.Token given =
        read("api: {tokens: {a: {tokenHash: \"sha256:" + hash + "\"}}}\n").tokens().get("a");
    assertThat(given.sha256()).isEqualTo(hash);
    refused("api: {tokens: {a: {tokenFile: weak.token}}}\n", "6 characters", "openssl rand");
    refused("api: {tokens: {a: {tokenFile: none.token}}}\n", "none.token", "readable");
    refused("api: {tokens: {a: {tokenHash: abc}}}\n", "tokenHash", "64 hexadecimal");
    refused("api: {tokens: {a: {role: admin}}}\n", "either tokenFile or tokenHash");
    refused("api: {tokens: {a: {tokenFile: good.token, role: boss}}}\n", "boss", "observer");
    refused(
        "api: {tokens: {a: {tokenFile: good.token}, b: {tokenFile: good.token}}}\n",
        "a token of its own");
  }

  @Test
  void refusesWhatCannotBe() {
    refused("api: {tls: {certificateFile: no.pem, keyFile: no.pem}}\n", "certificateFile", "PEM");
    refused("api: {corsOrigins: [\"*\"]}\n", "corsOrigins[0]", "https://board.example");
    refused("api: {rateLimit: {perSecond: 0}}\n", "rateLimit.perSecond", "0.1");
    refused("api: {token: {}}\n", "station.yaml:1", "api.token", "Maybe tokens");
  }
}
