package dev.anodyne.controller.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.anodyne.controller.config.SiteConfig.Battery;
import dev.anodyne.controller.config.SiteConfig.Share;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks {@code site:}: the grid connection that the connectors share. */
final class SiteReader {
  private static final double MOST_WATTS = 1e8;
  private static final String KEY = "site";

  private static final List<String> KEYS =
      List.of(
          "limitWatts",
          "limits",
          "lowestLimitWatts",
          "safeLimitWatts",
          "baseLoadWatts",
          "budgetSeconds",
          "planSeconds",
          "tariff",
          "shifts",
          "departureMarginMinutes",
          "battery",
          "generation",
          "connectors",
          "maxWatts",
          "cableAmps",
          "fallbackWatts",
          "minWatts",
          "weight",
          "priority",
          "efficiency",
          "rampSeconds");

  private static final List<String> SHARE_KEYS = KEYS.subList(13, KEYS.size());

  private static final List<String> BATTERY_KEYS =
      List.of(
          "powerWatts", "capacityWattHours", "efficiency", "minSoc", "maxSoc", "startSoc", "firm");

  private final YamlFile file;

  SiteReader(YamlFile file) {
    this.file = file;
  }

  /** Reads it; null when it is not there. */
  @Nullable SiteConfig read(@Nullable JsonNode written, List<ConnectorConfig> connectors) {
    if (written == null || written.isNull()) {
      return null;
    }
    if (!written.isObject()) {
      throw file.wrong(KEY, written.asText(), "a mapping with limitWatts", null, null);
    }
    YamlMap site = new YamlMap(file, KEY, written);
    site.only(KEYS);
    double limit =
        site.number("limitWatts", 1, MOST_WATTS)
            .orElseThrow(
                () -> site.missing("limitWatts", "what the grid connection gives, above 0 W"));
    Steps limits = steps(site, "limits", "maxWatts");
    double least = limit;
    if (limits != null) {
      for (Steps.Step step : limits.steps()) {
        if (step.value() > limit) {
          throw site.refused(
              "limits", "'" + watts(step.value()) + "' is above limitWatts, " + watts(limit));
        }
        least = Math.min(least, step.value());
      }
    }
    double lowest = site.number("lowestLimitWatts", 0, MOST_WATTS).orElse(least);
    notAbove(site, "lowestLimitWatts", lowest, least, "the lowest of limitWatts and limits");
    double safe = site.number("safeLimitWatts", 0, MOST_WATTS).orElse(lowest);
    notAbove(site, "safeLimitWatts", safe, limit, "limitWatts");
    if (safe < lowest) {
      throw site.refused(
          "safeLimitWatts",
          "'" + watts(safe) + "' is below lowestLimitWatts, " + watts(lowest) + ", the lowest");
    }
    Share usual =
        share(site, new Share(limit, Double.POSITIVE_INFINITY, 0, 0, 1, 5, 0.92, 5), limit);
    SiteConfig config =
        new SiteConfig(
            limit,
            limits,
            lowest,
            safe,
            site.number("baseLoadWatts", 0, MOST_WATTS).orElse(0),
            site.number("budgetSeconds", 3, 300).orElse(10),
            site.number("planSeconds", 10, 3600).orElse(60),
            tariff(site),
            site.flag("shifts").orElse(site.has("tariff")),
            site.number("departureMarginMinutes", 0, 240).orElse(10),
            battery(site),
            site.map("generation").map(g -> generation(g)).orElse(null),
            site.map("generation").map(g -> firmShare(g)).orElse(0.0),
            usual,
            connectors(site, usual, limit, connectors));
    fits(site, config, connectors);
    return config;
  }

  private static void notAbove(YamlMap site, String name, double value, double most, String whose) {
    if (value > most) {
      throw site.refused(name, "'" + watts(value) + "' is above " + whose + ", " + watts(most));
    }
  }

  /** What chargers draw when nobody commands them must fit below the lowest limit. */
  private static void fits(YamlMap site, SiteConfig config, List<ConnectorConfig> connectors) {
    List<String> ids = connectors.stream().map(ConnectorConfig::id).toList();
    double fallback = config.fallbackWatts(ids);
    double free = config.lowestLimitWatts() - config.baseLoadWatts();
    if (fallback > free) {
      throw site.refused(
          site.has("lowestLimitWatts") ? "lowestLimitWatts" : "limitWatts",
          "the fall-backs of all connectors ("
              + watts(fallback)
              + ") and baseLoadWatts ("
              + watts(config.baseLoadWatts())
              + ") do not fit below the lowest limit, "
              + watts(config.lowestLimitWatts())
              + ".\nMaybe lower fallbackWatts, or raise lowestLimitWatts");
    }
    for (String id : ids) {
      Share share = config.share(id);
      double room = config.limitWatts() - config.baseLoadWatts() - fallback + share.fallbackWatts();
      if (share.minWatts() > room) {
        throw site.refused(
            config.connectors().containsKey(id) ? "connectors." + id + ".minWatts" : "minWatts",
            "'"
                + watts(share.minWatts())
                + "' of connector "
                + id
                + " never fits: base load and fall-backs leave "
                + watts(room)
                + " of limitWatts");
      }
    }
  }

  private static Map<String, Share> connectors(
      YamlMap site, Share usual, double limit, List<ConnectorConfig> connectors) {
    Map<String, Share> shares = new LinkedHashMap<>();
    List<String> ids = connectors.stream().map(ConnectorConfig::id).toList();
    site.map("connectors")
        .ifPresent(
            map -> {
              map.only(ids);
              for (String id : map.names()) {
                YamlMap own =
                    map.map(id).orElseThrow(() -> map.missing(id, String.join(", ", SHARE_KEYS)));
                own.only(SHARE_KEYS);
                shares.put(id, share(own, usual, limit));
              }
            });
    return shares;
  }

  private static Share share(YamlMap map, Share usual, double limit) {
    double most = map.number("maxWatts", 1, MOST_WATTS).orElse(usual.maxWatts());
    Share share =
        new Share(
            most,
            map.number("cableAmps", 1, 10_000).orElse(usual.cableAmps()),
            map.number("fallbackWatts", 0, MOST_WATTS).orElse(usual.fallbackWatts()),
            map.number("minWatts", 0, MOST_WATTS).orElse(usual.minWatts()),
            map.number("weight", 0.01, 100).orElse(usual.weight()),
            (int) map.whole("priority", 1, 10).orElse(usual.priority()),
            map.number("efficiency", 0.5, 1).orElse(usual.efficiency()),
            map.number("rampSeconds", 0, 120).orElse(usual.rampSeconds()));
    double highest = Math.min(most, limit);
    if (share.fallbackWatts() > highest) {
      throw map.refused(
          map.has("fallbackWatts") ? "fallbackWatts" : "maxWatts",
          "fallbackWatts, "
              + watts(share.fallbackWatts())
              + ", is above what the charger can draw, "
              + watts(highest));
    }
    if (share.minWatts() > highest) {
      throw map.refused(
          map.has("minWatts") ? "minWatts" : "maxWatts",
          "minWatts, "
              + watts(share.minWatts())
              + ", is above what the charger can draw, "
              + watts(highest));
    }
    return share;
  }

  private @Nullable Steps tariff(YamlMap site) {
    String name = site.text("tariff", "a file with header " + TariffFile.BY_TIME_OF_DAY).orElse("");
    if (name.isEmpty()) {
      return null;
    }
    try {
      Steps tariff = TariffFile.read(file.resolve(name));
      if (!tariff.isByTimeOfDay()) {
        throw site.refused("tariff", "'" + name + "' is not by time of day; a site's must be");
      }
      return tariff;
    } catch (IllegalArgumentException e) {
      throw site.refused("tariff", e);
    }
  }

  private static @Nullable Battery battery(YamlMap site) {
    YamlMap b = site.map("battery").orElse(null);
    if (b == null) {
      return null;
    }
    b.only(BATTERY_KEYS);
    double least = b.number("minSoc", 0, 1).orElse(0.1);
    double most = b.number("maxSoc", 0, 1).orElse(0.95);
    if (least >= most) {
      throw b.refused("minSoc", "'" + least + "' is not below maxSoc, " + most);
    }
    return new Battery(
        b.number("powerWatts", 1, MOST_WATTS)
            .orElseThrow(() -> b.missing("powerWatts", "above 0 W")),
        b.number("capacityWattHours", 1, 1e9)
            .orElseThrow(() -> b.missing("capacityWattHours", "above 0 W·h")),
        b.number("efficiency", 0.5, 1).orElse(0.95),
        least,
        most,
        b.number("startSoc", 0, 1).orElse(0.5),
        b.flag("firm").orElse(false));
  }

  private static @Nullable Steps generation(YamlMap g) {
    g.only(List.of("forecast", "firmShare"));
    Steps forecast = steps(g, "forecast", "watts");
    if (forecast == null) {
      throw g.missing("forecast", "a list of {from: \"06:00\", watts: W}");
    }
    return forecast;
  }

  private static double firmShare(YamlMap g) {
    return g.number("firmShare", 0, 1).orElse(0);
  }

  /** A list of times of day, with a power from each on. */
  private static @Nullable Steps steps(YamlMap map, String name, String power) {
    List<YamlMap> written = map.maps(name, 200);
    if (written.isEmpty()) {
      return null;
    }
    List<Steps.Step> steps = new ArrayList<>();
    for (YamlMap one : written) {
      one.only(List.of("from", power));
      String allowed = "a time of day such as \"06:30\"";
      String from = one.text("from", allowed).orElseThrow(() -> one.missing("from", allowed));
      Moment moment;
      try {
        moment = Moment.of(from);
      } catch (IllegalArgumentException e) {
        throw one.refused("from", e);
      }
      if (!moment.isTimeOfDay()) {
        throw one.refuse("from", from, allowed, null);
      }
      double watts =
          one.number(power, 0, MOST_WATTS)
              .orElseThrow(() -> one.missing(power, "a power of at least 0 W"));
      steps.add(new Steps.Step(moment, watts));
    }
    try {
      return new Steps(steps);
    } catch (IllegalArgumentException e) {
      throw map.refused(name, e);
    }
  }

  private static String watts(double watts) {
    return Math.round(watts) + " W";
  }
}
