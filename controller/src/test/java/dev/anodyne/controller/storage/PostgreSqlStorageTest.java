package dev.anodyne.controller.storage;

import dev.anodyne.controller.config.StorageConfig;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** {@link StorageContract} on a real PostgreSQL server. */
class PostgreSqlStorageTest extends StorageContract {
  private static EmbeddedPostgres server;
  private static int count;

  @BeforeAll
  static void start() throws Exception {
    server = EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @Override
  StorageConfig.Target target(String prefix) throws Exception {
    String name = prefix + count++;
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    }
    return new StorageConfig.PostgreSql(
        server.getJdbcUrl("postgres", name).replaceAll("\\?.*", ""), "postgres", "");
  }
}
