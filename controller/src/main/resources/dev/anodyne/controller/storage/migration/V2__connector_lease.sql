-- Which node of a cluster drives which connector, until when by the database's own clock. The
-- fencing number grows with every take-over. Used with PostgreSQL only.

CREATE TABLE connector_lease (
  connector TEXT NOT NULL PRIMARY KEY,
  -- the node's name and its process: a node that was started anew is another holder
  holder TEXT NOT NULL,
  fencing BIGINT NOT NULL,
  until_us BIGINT NOT NULL
);

CREATE TABLE cluster_node (
  node TEXT NOT NULL PRIMARY KEY,
  process TEXT NOT NULL,
  until_us BIGINT NOT NULL
);
