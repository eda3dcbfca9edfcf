package dev.anodyne.controller.cli;

import static org.assertj.core.api.Assertions.assertThat;

/** The form of every refusal: exit 2, one line, perhaps a hint, no stack trace, no result. */
final class BadInput {
  private BadInput() {}

  static void assertRefused(Invocation invocation, String... mentions) {
    assertThat(invocation.exitCode()).as(invocation.err()).isEqualTo(2);
    assertThat(invocation.out()).isEmpty();
    String[] lines = invocation.err().strip().split("\\R");
    assertThat(lines).as(invocation.err()).hasSizeBetween(1, 2);
    assertThat(lines[0]).startsWith("anodyne: ");
    for (String mention : mentions) {
      assertThat(lines[0]).contains(mention);
    }
    if (lines.length == 2) {
      assertThat(lines[1]).startsWith("Maybe ");
    }
    assertThat(invocation.err()).doesNotContain("Exception", "\tat ");
  }
}
