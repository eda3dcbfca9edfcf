package dev.anodyne.controller.lab.study;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Locale;

/** Writes a study's charges, one a line. */
final class StudyFiles {
  static final String HEADER =
      "Battery,Session,Age,Ambient [°C],From SoC,Film [nm],Lost lithium,Lost anode,Lost cathode,"
          + "Added resistance [Ohm],Voltage noise [V],Voltage bias [V],Current gain,"
          + "Temperature bias [K],Sensors known,Earlier sessions,Reached,Minutes,"
          + "Lowest anode potential [V],Plating exposure [V.s],Time of lowest [s],SoC there,"
          + "Current there [A],Estimate there [V],Bound there [V],Median gap [V],RMSE [V],"
          + "Constraint there";

  private StudyFiles() {}

  static void write(Writer out, List<StudyRow> rows) throws IOException {
    out.write(HEADER + "\n");
    for (StudyRow r : rows) {
      out.write(line(r) + "\n");
    }
  }

  private static String line(StudyRow r) {
    var a = r.battery().ageing();
    var c = r.charge();
    var l = r.lowest();
    return String.format(
        Locale.ROOT,
        "%d,%d,%s,%.0f,%.2f,%.1f,%.3f,%.3f,%.3f,%.5f,%.5f,%.4f,%.4f,%.1f,%s,%d,%s,%.2f,%.5f,%.5f,"
            + "%.0f,%.4f,%.3f,%.5f,%.5f,%.5f,%.5f,%s",
        r.battery().number(),
        r.number(),
        r.battery().age().name().toLowerCase(Locale.ROOT),
        c.celsius(),
        c.fromSoc(),
        a.seiGrowthM().mean() * 1e9,
        a.lossOfLithium().mean(),
        a.lossOfAnode().mean(),
        a.lossOfCathode().mean(),
        a.resistanceOhm().mean(),
        c.sensors().voltage().noise(),
        c.sensors().voltage().bias(),
        c.sensors().current().gain(),
        c.sensors().temperature().bias(),
        c.sensorsName().isEmpty() ? "no" : "yes",
        r.sessions(),
        r.reached(),
        r.minutes(),
        r.lowestVolts(),
        r.exposureVoltSeconds(),
        l.timeSeconds(),
        l.soc(),
        l.chargeCurrentAmps(),
        l.estimatedAnodePotentialVolts(),
        l.anodePotentialLowerBoundVolts(),
        r.gapVolts(),
        r.rmseVolts(),
        l.activeConstraint());
  }
}
