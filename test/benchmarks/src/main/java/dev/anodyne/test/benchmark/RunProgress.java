package dev.anodyne.test.benchmark;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.Supplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** How far a run is: a bar on a terminal, elsewhere one line a figure. */
final class RunProgress implements AutoCloseable {
  private final PrintStream out;
  private final int count;
  private final @Nullable ProgressBar bar;
  private int done;

  /**
   * @param interactive true when a person watches
   * @param count how many figures there will be
   */
  RunProgress(PrintStream out, boolean interactive, int count) {
    this.out = out;
    this.count = count;
    bar =
        interactive
            ? new ProgressBarBuilder()
                .setTaskName("Measuring")
                .setInitialMax(count)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(250)
                .setConsumer(new ConsoleProgressBarConsumer(out))
                .build()
            : null;
  }

  /** Does one figure's work. */
  <T extends @Nullable Object> T during(String title, Supplier<T> work) {
    done++;
    if (bar != null) {
      bar.setExtraMessage(title);
    } else {
      out.println(String.format(Locale.ROOT, "  %d of %d  %s", done, count, title));
    }
    T result = work.get();
    if (bar != null) {
      bar.step();
    }
    return result;
  }

  /** Tells how far the present figure is. */
  void say(String step) {
    if (bar != null) {
      bar.setExtraMessage(step);
    } else {
      out.println("      " + step);
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
