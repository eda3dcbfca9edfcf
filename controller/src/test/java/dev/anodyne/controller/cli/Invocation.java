package dev.anodyne.controller.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** Runs one command line in process and keeps what it said. */
record Invocation(int exitCode, String out, String err) {
  static Invocation of(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Terminal terminal = new Terminal(new PrintWriter(out), new PrintWriter(err), false);
    int code = Main.run(terminal, args);
    terminal.out().flush();
    terminal.err().flush();
    return new Invocation(code, out.toString(), err.toString());
  }
}
