package dev.anodyne.test.benchmark;

import dev.anodyne.test.benchmark.Figure.Effort;
import java.io.PrintStream;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.Statistics;

/**
 * Runs one benchmark method in a process of its own: one thread, serial collector, 1 GB. Methods
 * are compiled in the foreground: warming up then takes the same calls however busy the machine is.
 */
final class Measuring {
  private static final List<String> FLAGS =
      List.of("-Xms1g", "-Xmx1g", "-XX:+UseSerialGC", "-Xbatch");

  private static final String ALLOCATION = "gc.alloc.rate.norm";

  private final PrintStream log;

  /**
   * @param log where JMH's own account goes
   */
  Measuring(PrintStream log) {
    this.log = log;
  }

  /**
   * Times every invocation; then, where a figure states it, counts what an invocation allocates.
   * That is a run of its own, because sampling times fills the heap with samples.
   *
   * @throws RunnerException when the benchmark itself failed
   */
  Sample measure(Figure figure) throws RunnerException {
    Effort effort = figure.effort();
    ChainedOptionsBuilder timing =
        options(figure.subject())
            .warmupIterations(effort.warmUps)
            .measurementIterations(effort.measurements);
    if (effort.seconds > 0) {
      TimeValue time = TimeValue.milliseconds(Math.round(1e3 * effort.seconds));
      timing.warmupTime(time).measurementTime(time);
    }
    Statistics time = run(timing.build(), figure).getPrimaryResult().getStatistics();
    return new Sample(
        time.getPercentile(50),
        time.getPercentile(10),
        time.getPercentile(90),
        time.getPercentile(99),
        figure.steps() == 0 ? Double.NaN : bytes(figure));
  }

  private double bytes(Figure figure) throws RunnerException {
    Options options =
        options(figure.subject())
            .mode(Mode.AverageTime)
            .warmupIterations(2)
            .warmupTime(TimeValue.milliseconds(600))
            .measurementIterations(1)
            .measurementTime(TimeValue.milliseconds(1000))
            .addProfiler(GCProfiler.class)
            .build();
    Result<?> counted = run(options, figure).getSecondaryResults().get(ALLOCATION);
    if (counted == null) {
      throw new RunnerException(figure.name() + ": this Java machine does not count allocations");
    }
    return counted.getScore();
  }

  private static ChainedOptionsBuilder options(Subject subject) {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include(subject.pattern())
            .forks(1)
            .threads(1)
            .shouldFailOnError(true)
            .jvmArgs(FLAGS.toArray(new String[0]))
            .jvmArgsAppend("-Djava.library.path=" + System.getProperty("java.library.path", ""));
    subject.parameters().forEach((name, value) -> options.param(name, value));
    return options;
  }

  private RunResult run(Options options, Figure figure) throws RunnerException {
    OutputFormat account = OutputFormatFactory.createFormatInstance(log, VerboseMode.NORMAL);
    Collection<RunResult> results = new Runner(options, account).run();
    if (results.size() != 1) {
      throw new RunnerException(figure.name() + " is not one benchmark but " + results.size());
    }
    return results.iterator().next();
  }
}
