-- What Drizzle has no word for.

-- The last word on double booking. Not deferrable, so that inserts may say "on conflict do nothing" (they never deadlock).
ALTER TABLE agent_times ADD CONSTRAINT agent_times_no_double_booking
  EXCLUDE USING gist (agent_id WITH =, during WITH &&) WHERE (occupies AND exclusive);--> statement-breakpoint

-- Seats of collective RDVs: counted by the database, checked by rdvs_seats_left.
CREATE FUNCTION count_seats() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  before_seat integer := 0;
  after_seat integer := 0;
BEGIN
  IF tg_op <> 'INSERT' AND old.status IN ('unknown', 'seen', 'noshow') THEN before_seat := 1; END IF;
  IF tg_op <> 'DELETE' AND new.status IN ('unknown', 'seen', 'noshow') THEN after_seat := 1; END IF;
  IF after_seat <> before_seat THEN
    UPDATE rdvs SET seats_taken = seats_taken + after_seat - before_seat
      WHERE id = coalesce(new.rdv_id, old.rdv_id) AND is_collective;
  END IF;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER participations_count_seats AFTER INSERT OR UPDATE OF status OR DELETE ON participations
  FOR EACH ROW EXECUTE FUNCTION count_seats();--> statement-breakpoint

-- The ledger is append-only; retention drops whole months.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', tg_table_name USING errcode = 'restrict_violation';
END $$;--> statement-breakpoint
CREATE TRIGGER events_append_only BEFORE UPDATE OR DELETE ON events
  FOR EACH ROW EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE TRIGGER access_log_append_only BEFORE UPDATE OR DELETE ON access_log
  FOR EACH ROW EXECUTE FUNCTION refuse_change();--> statement-breakpoint

-- One partition a month, made ahead by the worker; the default one catches what no month was made for.
CREATE TABLE events_default PARTITION OF events DEFAULT;--> statement-breakpoint
CREATE TABLE event_values_default PARTITION OF event_values DEFAULT;--> statement-breakpoint
CREATE TABLE access_log_default PARTITION OF access_log DEFAULT;--> statement-breakpoint
CREATE FUNCTION make_month_partitions(first_month date, months integer) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  parent text;
  month date;
  child text;
  made integer := 0;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('make_month_partitions'));
  FOREACH parent IN ARRAY ARRAY['events', 'event_values', 'access_log'] LOOP
    FOR i IN 0 .. months - 1 LOOP
      month := (date_trunc('month', first_month) + make_interval(months => i))::date;
      child := format('%s_%s', parent, to_char(month, 'YYYY_MM'));
      CONTINUE WHEN to_regclass(child) IS NOT NULL;
      EXECUTE format('CREATE TABLE %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)', child, parent,
        month::timestamp AT TIME ZONE 'UTC', (month + interval '1 month')::timestamp AT TIME ZONE 'UTC');
      made := made + 1;
    END LOOP;
  END LOOP;
  RETURN made;
END $$;--> statement-breakpoint
SELECT make_month_partitions((current_date - interval '1 month')::date, 15);
