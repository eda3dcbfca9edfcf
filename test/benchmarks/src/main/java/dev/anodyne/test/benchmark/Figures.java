package dev.anodyne.test.benchmark;

import dev.anodyne.core.p2d.KernelBenchmark;
import dev.anodyne.estimators.Estimators;
import dev.anodyne.test.benchmark.Figure.Effort;
import dev.anodyne.test.benchmark.Reading.Extra;
import dev.anodyne.test.benchmark.Reading.Rate;
import dev.anodyne.test.benchmark.Reading.Slowest;
import dev.anodyne.test.benchmark.Reading.Time;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All figures, in the order of the table, with what each must reach. */
final class Figures {
  /** What a period of a second leaves for the estimate of each of many cells, µs. */
  private static final double UPDATE_MICROSECONDS = 300;

  /** Nothing is asked. */
  private static final double ANY = Double.NaN;

  static final Figure BASELINE =
      new Figure(
          "baseline",
          "Yardstick: textbook block-tridiagonal solve, 60 blocks of 3×3",
          Subject.of(BaselineBenchmark.class, "kernel"),
          Time.microseconds(ANY),
          null,
          0,
          true,
          Effort.SHORT);

  static final String DISCHARGE = "discharge-1c";

  static final List<Figure> ALL = all();

  private Figures() {}

  /** The figure of a name. */
  static Optional<Figure> named(String name) {
    return ALL.stream().filter(f -> f.name().equals(name)).findFirst();
  }

  private static List<Figure> all() {
    List<Figure> all = new ArrayList<>();
    runs(all);
    steps(all);
    horizon(all);
    many(all);
    parts(all);
    return List.copyOf(all);
  }

  private static void runs(List<Figure> all) {
    run(all, DISCHARGE, "1C discharge to 2.5 V, chen2020, isothermal", "discharge", 2);
    run(all, "discharge-1c-rows", "– with 181 rows of all columns", "dischargeWithRows", ANY);
    run(all, "charge-2c", "2C charge, okane2022, heat + SEI + plating", "chargeOkane2022", 5);
    run(all, "charge-2c-lgm50", "2C charge, lgm50, heat + SEI + plating", "chargeLgm50", ANY);
    run(all, "drive-cycle", "600 s drive cycle at 1 Hz, chen2020", "driveChen2020", 20);
    run(all, "drive-cycle-full", "– lgm50, heat + SEI + plating", "driveLgm50", ANY);
    all.add(
        new Figure(
            "cycles-200",
            "200 cycles 1C/1C, okane2022, full ageing",
            Subject.of(CyclesBenchmark.class, "age"),
            Time.seconds(2),
            null,
            0,
            true,
            Effort.SHOTS));
  }

  private static void run(
      List<Figure> all, String name, String title, String method, double limitMilliseconds) {
    all.add(
        new Figure(
            name,
            title,
            Subject.of(RunBenchmark.class, method),
            Time.milliseconds(limitMilliseconds),
            null,
            0,
            true,
            Effort.USUAL));
  }

  private static void steps(List<Figure> all) {
    step(all, "step-1s", "1 s control step, heat + plating", "fixed", "1", "smooth", 20);
    step(all, "step-10s", "10 s control step", "fixed", "10", "smooth", 20);
    step(all, "step-1s-jumps", "1 s control step, jumps of 1C", "fixed", "1", "jumps", 20);
    step(all, "step-10s-jumps", "10 s control step, jumps of 1C", "fixed", "10", "jumps", 20);
    step(all, "adaptive-1s", "1 s with error control", "adaptive", "1", "smooth", ANY);
    step(all, "adaptive-1s-jumps", "– jumps of 1C", "adaptive", "1", "jumps", ANY);
    step(all, "adaptive-10s", "10 s with error control", "adaptive", "10", "smooth", ANY);
    step(all, "held-voltage-1s", "1 s with the voltage held", "heldVoltage", "1", "smooth", ANY);
    all.add(
        stepFigure(
            "plant-1s",
            "1 s of the plant's mesh, full ageing, error control",
            Map.of("seconds", "1", "currents", "smooth", "mesh", "plant"),
            "adaptive",
            ANY));
  }

  private static void step(
      List<Figure> all,
      String name,
      String title,
      String method,
      String seconds,
      String currents,
      double limitMicroseconds) {
    all.add(
        stepFigure(
            name,
            title,
            Map.of("seconds", seconds, "currents", currents, "mesh", "control"),
            method,
            limitMicroseconds));
  }

  private static Figure stepFigure(
      String name, String title, Map<String, String> parameters, String method, double limit) {
    return new Figure(
        name,
        title,
        new Subject(ControlStepBenchmark.class, method, parameters),
        Time.microseconds(limit),
        null,
        1,
        false,
        Effort.USUAL);
  }

  private static void horizon(List<Figure> all) {
    String simulation = "horizon";
    Time time = Time.milliseconds(ANY);
    horizon(all, simulation, "Horizon of 60 steps, 10 moves: simulation", "simulate", time, null);
    Extra asked = new Extra("× simulation", 2);
    horizon(
        all, "gradient", "– gradient of 6 outputs, forward: extra", "gradient", asked, simulation);
    horizon(
        all,
        "gradient-adjoint",
        "– gradient of one sum of outputs, adjoint: extra",
        "adjoint",
        asked,
        simulation);
    horizon(
        all,
        "gradient-parameters",
        "– 6 outputs for 8 parameters, forward: extra",
        "parameters",
        new Extra("× simulation", ANY),
        simulation);
  }

  private static void horizon(
      List<Figure> all,
      String name,
      String title,
      String method,
      Reading reading,
      @Nullable String over) {
    all.add(
        new Figure(
            name,
            title,
            Subject.of(HorizonBenchmark.class, method),
            reading,
            over,
            HorizonBenchmark.STEPS,
            false,
            Effort.USUAL));
  }

  private static void many(List<Figure> all) {
    fleet(all, "cells", "Cells at 1 Hz on one core, controller's model", "control", 25_000);
    fleet(all, "cells-plating", "– with plating", "plating", ANY);
    fleet(all, "cells-plant", "– plant's mesh, full ageing", "plant", ANY);
    pack(all, "pack", "96s2p battery at 1 Hz, plant's mesh, full ageing", "smooth");
    pack(all, "pack-jumps", "– a jump of 1C in every second", "jumps");
  }

  private static void pack(List<Figure> all, String name, String title, String currents) {
    all.add(
        new Figure(
            name,
            title,
            new Subject(PackBenchmark.class, "step", Map.of("currents", currents)),
            new Rate("× real time", 1, 10),
            null,
            0,
            true,
            Effort.USUAL));
  }

  private static void fleet(
      List<Figure> all, String name, String title, String mesh, double limit) {
    all.add(
        new Figure(
            name,
            title,
            new Subject(FleetBenchmark.class, "step", Map.of("mesh", mesh)),
            new Rate("cells", FleetBenchmark.BATCH, limit),
            null,
            0,
            true,
            Effort.USUAL));
  }

  private static void parts(List<Figure> all) {
    part(all, "newton", "One Newton iteration", KernelBenchmark.class, "newtonIteration", 1);
    part(
        all,
        "factor-solve",
        "– assembly, factor, solve",
        KernelBenchmark.class,
        "factorAndSolve",
        1);
    part(
        all,
        "curve",
        "1000 values of an open-circuit potential",
        KernelBenchmark.class,
        "curve",
        KernelBenchmark.CURVE_EVALUATIONS);
    part(
        all,
        "network",
        "Forward pass of the shipped network",
        ControllerBenchmark.class,
        "forward",
        1);
    all.add(period("estimate", "One estimate: twin, network, bound", "estimate"));
    for (String estimator : Estimators.NAMES) {
      all.add(
          new Figure(
              "update-" + estimator,
              "– p99 of one update, " + estimator + ", of an identified battery",
              new Subject(EstimatorBenchmark.class, "update", Map.of("estimator", estimator)),
              new Slowest(UPDATE_MICROSECONDS),
              null,
              0,
              true,
              Effort.USUAL));
    }
    all.add(period("mpc", "One decision of the MPC", "decide"));
  }

  private static void part(
      List<Figure> all, String name, String title, Class<?> type, String method, int steps) {
    all.add(
        new Figure(
            name,
            title,
            Subject.of(type, method),
            Time.microseconds(ANY),
            null,
            steps,
            false,
            Effort.SHORT));
  }

  private static Figure period(String name, String title, String method) {
    return new Figure(
        name,
        title,
        Subject.of(ControllerBenchmark.class, method),
        Time.microseconds(ANY),
        null,
        0,
        true,
        Effort.USUAL);
  }
}
