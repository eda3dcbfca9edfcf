-- One dialect for SQLite and PostgreSQL; what differs stands in placeholders:
--   ${identity}      a number that the database gives to each new row
--   ${clustered}     rows stand in the order of their key (SQLite: WITHOUT ROWID)
-- Times are microseconds since 1970 UTC. Units are part of the columns' names.

CREATE TABLE charges (
  charge_no ${identity},
  charge_id TEXT NOT NULL UNIQUE,
  connector TEXT NOT NULL,
  battery_id TEXT,
  cell TEXT,
  layout TEXT,
  estimator TEXT,
  policy TEXT,
  policy_version TEXT,
  policy_digest TEXT,
  started_by TEXT,
  target_soc DOUBLE PRECISION,
  begun_us BIGINT NOT NULL,
  ended_us BIGINT,
  state TEXT NOT NULL,
  reason TEXT NOT NULL,
  target_reached SMALLINT,
  -- 0: telemetry as it was told, 1: one row a minute, 2: none any more
  telemetry_detail SMALLINT NOT NULL DEFAULT 0,
  start_soc DOUBLE PRECISION,
  end_soc DOUBLE PRECISION,
  energy_wh DOUBLE PRECISION,
  charge_ah DOUBLE PRECISION,
  max_power_w DOUBLE PRECISION,
  max_cell_voltage_v DOUBLE PRECISION,
  max_temperature_k DOUBLE PRECISION,
  min_anode_potential_v DOUBLE PRECISION,
  min_anode_potential_bound_v DOUBLE PRECISION,
  fallback_share DOUBLE PRECISION,
  samples BIGINT
);
CREATE INDEX charges_by_begin ON charges (begun_us);
CREATE INDEX charges_by_connector ON charges (connector, begun_us);
CREATE INDEX charges_by_battery ON charges (battery_id, begun_us);

-- One row a decision, and one for each change of the command in between: measured, believed,
-- wanted and commanded.
CREATE TABLE telemetry (
  charge_no BIGINT NOT NULL,
  time_us BIGINT NOT NULL,
  cell_current_a DOUBLE PRECISION,
  max_cell_voltage_v DOUBLE PRECISION,
  min_cell_voltage_v DOUBLE PRECISION,
  max_temperature_k DOUBLE PRECISION,
  min_temperature_k DOUBLE PRECISION,
  pack_current_a DOUBLE PRECISION,
  pack_voltage_v DOUBLE PRECISION,
  pack_power_w DOUBLE PRECISION,
  soc DOUBLE PRECISION,
  anode_potential_v DOUBLE PRECISION,
  anode_potential_bound_v DOUBLE PRECISION,
  anode_surface_stoichiometry DOUBLE PRECISION,
  anode_surface_stoichiometry_separator DOUBLE PRECISION,
  cathode_surface_stoichiometry DOUBLE PRECISION,
  core_temperature_k DOUBLE PRECISION,
  voltage_bias_v DOUBLE PRECISION,
  wanted_current_a DOUBLE PRECISION,
  guard_pack_current_a DOUBLE PRECISION,
  commanded_pack_current_a DOUBLE PRECISION,
  commanded_pack_ceiling_v DOUBLE PRECISION,
  commanded_heat_w DOUBLE PRECISION,
  current_limit_a DOUBLE PRECISION,
  power_limit_w DOUBLE PRECISION,
  solve_ms DOUBLE PRECISION,
  estimate_ms DOUBLE PRECISION,
  cycle_ms DOUBLE PRECISION,
  state TEXT,
  link TEXT,
  estimate TEXT,
  decision TEXT,
  solve_status TEXT,
  active_constraint TEXT,
  guard TEXT,
  PRIMARY KEY (charge_no, time_us)
) ${clustered};

-- What becomes of it after some time: the mean of a minute, with its lowest and highest.
CREATE TABLE telemetry_minutes (
  charge_no BIGINT NOT NULL,
  time_us BIGINT NOT NULL,
  samples BIGINT NOT NULL,
  cell_current_a DOUBLE PRECISION,
  cell_current_a_min DOUBLE PRECISION,
  cell_current_a_max DOUBLE PRECISION,
  max_cell_voltage_v DOUBLE PRECISION,
  max_cell_voltage_v_min DOUBLE PRECISION,
  max_cell_voltage_v_max DOUBLE PRECISION,
  min_cell_voltage_v DOUBLE PRECISION,
  min_cell_voltage_v_min DOUBLE PRECISION,
  min_cell_voltage_v_max DOUBLE PRECISION,
  max_temperature_k DOUBLE PRECISION,
  max_temperature_k_min DOUBLE PRECISION,
  max_temperature_k_max DOUBLE PRECISION,
  min_temperature_k DOUBLE PRECISION,
  pack_current_a DOUBLE PRECISION,
  pack_voltage_v DOUBLE PRECISION,
  pack_power_w DOUBLE PRECISION,
  pack_power_w_min DOUBLE PRECISION,
  pack_power_w_max DOUBLE PRECISION,
  soc DOUBLE PRECISION,
  soc_min DOUBLE PRECISION,
  soc_max DOUBLE PRECISION,
  anode_potential_v DOUBLE PRECISION,
  anode_potential_v_min DOUBLE PRECISION,
  anode_potential_v_max DOUBLE PRECISION,
  anode_potential_bound_v DOUBLE PRECISION,
  anode_potential_bound_v_min DOUBLE PRECISION,
  anode_potential_bound_v_max DOUBLE PRECISION,
  anode_surface_stoichiometry DOUBLE PRECISION,
  anode_surface_stoichiometry_separator DOUBLE PRECISION,
  cathode_surface_stoichiometry DOUBLE PRECISION,
  core_temperature_k DOUBLE PRECISION,
  voltage_bias_v DOUBLE PRECISION,
  wanted_current_a DOUBLE PRECISION,
  guard_pack_current_a DOUBLE PRECISION,
  commanded_pack_current_a DOUBLE PRECISION,
  commanded_pack_ceiling_v DOUBLE PRECISION,
  commanded_heat_w DOUBLE PRECISION,
  current_limit_a DOUBLE PRECISION,
  power_limit_w DOUBLE PRECISION,
  solve_ms DOUBLE PRECISION,
  solve_ms_min DOUBLE PRECISION,
  solve_ms_max DOUBLE PRECISION,
  estimate_ms DOUBLE PRECISION,
  cycle_ms DOUBLE PRECISION,
  PRIMARY KEY (charge_no, time_us)
) ${clustered};

CREATE VIEW commands AS
  SELECT c.charge_id, c.connector, t.time_us, t.wanted_current_a, t.guard_pack_current_a,
    t.commanded_pack_current_a, t.commanded_pack_ceiling_v, t.commanded_heat_w, t.decision,
    t.active_constraint, t.guard
  FROM telemetry t JOIN charges c ON c.charge_no = t.charge_no;

CREATE VIEW estimates AS
  SELECT c.charge_id, c.connector, t.time_us, t.estimate, t.soc, t.anode_potential_v,
    t.anode_potential_bound_v, t.anode_surface_stoichiometry,
    t.anode_surface_stoichiometry_separator, t.cathode_surface_stoichiometry,
    t.core_temperature_k, t.voltage_bias_v
  FROM telemetry t JOIN charges c ON c.charge_no = t.charge_no;

CREATE TABLE state_changes (
  connector TEXT NOT NULL,
  time_us BIGINT NOT NULL,
  charge_id TEXT,
  state TEXT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (connector, time_us)
) ${clustered};
CREATE INDEX state_changes_by_charge ON state_changes (charge_id, time_us);
CREATE INDEX state_changes_by_time ON state_changes (time_us);

CREATE TABLE batteries (
  battery_id TEXT PRIMARY KEY,
  cell TEXT NOT NULL,
  layout TEXT NOT NULL,
  first_seen_us BIGINT NOT NULL,
  last_seen_us BIGINT NOT NULL,
  -- what was learned about it, as its file says it; nothing before the first time
  record TEXT
);

CREATE TABLE audit (
  audit_id TEXT PRIMARY KEY,
  time_us BIGINT NOT NULL,
  source TEXT NOT NULL,
  kind TEXT NOT NULL,
  done SMALLINT NOT NULL,
  status TEXT NOT NULL,
  user_name TEXT,
  address TEXT,
  application TEXT,
  subject TEXT NOT NULL,
  message TEXT NOT NULL
);
CREATE INDEX audit_by_time ON audit (time_us, audit_id);

CREATE TABLE alarms (
  event_id TEXT PRIMARY KEY,
  time_us BIGINT NOT NULL,
  alarm_id TEXT NOT NULL,
  owner TEXT NOT NULL,
  what TEXT NOT NULL,
  enabled SMALLINT NOT NULL,
  active SMALLINT NOT NULL,
  acknowledged SMALLINT NOT NULL,
  confirmed SMALLINT NOT NULL,
  severity SMALLINT NOT NULL,
  level TEXT,
  message TEXT NOT NULL,
  user_name TEXT NOT NULL,
  comment_text TEXT NOT NULL
);
CREATE INDEX alarms_by_time ON alarms (time_us, event_id);
CREATE INDEX alarms_by_alarm ON alarms (alarm_id, time_us);

CREATE TABLE history_variables (
  variable_no ${identity},
  variable TEXT NOT NULL UNIQUE
);
CREATE TABLE history (
  variable_no BIGINT NOT NULL,
  time_us BIGINT NOT NULL,
  reading DOUBLE PRECISION,
  status BIGINT NOT NULL,
  PRIMARY KEY (variable_no, time_us)
) ${clustered};
