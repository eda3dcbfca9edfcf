-- The charge that is under way at each connector of a cluster, for the node that takes it over.

CREATE TABLE charge_ledger (
  connector TEXT NOT NULL PRIMARY KEY,
  charge_id TEXT NOT NULL,
  content TEXT NOT NULL
);
