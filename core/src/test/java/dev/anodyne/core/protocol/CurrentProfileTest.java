package dev.anodyne.core.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CurrentProfileTest {
  private static CurrentProfile parse(String csv) throws IOException {
    return CurrentProfile.parse(new StringReader(csv), "p.csv");
  }

  @Test
  void readsColumnsByNameWhateverElseIsThere() throws IOException {
    CurrentProfile profile =
        parse(
            "\uFEFF# cycler export\nStep,\"Current [A]\",Time [s]\n1,0,100\n1,2.5,110\n2,-1,110\n");
    assertThat(profile.length()).isEqualTo(3);
    assertThat(profile.secondsAt(2)).isEqualTo(10.0);
    assertThat(profile.ampsAt(1)).isEqualTo(2.5);
    assertThat(profile.ampsAt(2)).isEqualTo(-1.0);
    assertThat(profile.durationSeconds()).isEqualTo(10.0);
  }

  @Test
  void namesFileLineAndValue() {
    assertThatThrownBy(() -> parse("Time [s],Current [A]\n0,1\n1,abc\n"))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("p.csv, line 3")
        .hasMessageContaining("'abc'");
    assertThatThrownBy(() -> parse("Time [s],Current [A]\n1,1\n0,1\n"))
        .hasMessageContaining("line 3")
        .hasMessageContaining("decrease");
    assertThatThrownBy(() -> parse("t,Current [A]\n0,1\n"))
        .hasMessageContaining("'Time [s]' is missing");
    assertThatThrownBy(() -> parse("Time [s],Current [A]\n0,1\n"))
        .hasMessageContaining("at least two");
    assertThatThrownBy(() -> parse("Time [s],Current [A]\n5,1\n5,2\n"))
        .hasMessageContaining("longer than 0 s");
    assertThatThrownBy(() -> CurrentProfile.read(Path.of("no-such.csv")))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("does not exist");
  }
}
