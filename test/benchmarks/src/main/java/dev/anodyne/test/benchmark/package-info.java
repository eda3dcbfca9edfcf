/**
 * The project's own figures: what each must reach, the JMH benchmark that measures it, and the
 * {@code anodyne benchmark} command that runs them and prints one table. Every figure is also given
 * as a multiple of {@link dev.anodyne.test.benchmark.BaselineBenchmark}, a plain textbook kernel
 * timed in the same run, so that machines can be compared.
 */
@NullMarked
package dev.anodyne.test.benchmark;

import org.jspecify.annotations.NullMarked;
