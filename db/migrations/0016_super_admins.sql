CREATE TABLE "impersonations" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "impersonations_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"super_admin_id" bigint NOT NULL,
	"session_id" uuid,
	"agent_id" bigint NOT NULL,
	"reason" text NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"writes_since" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "impersonations_reason" CHECK (char_length(btrim("impersonations"."reason")) between 10 and 500),
	CONSTRAINT "impersonations_short" CHECK ("impersonations"."expires_at" > "impersonations"."started_at" and "impersonations"."expires_at" <= "impersonations"."started_at" + interval '30 minutes')
);
--> statement-breakpoint
CREATE TABLE "recovery_codes" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "recovery_codes_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"second_factor_id" bigint NOT NULL,
	"code_hash" text NOT NULL,
	"used_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "recovery_codes_code_unique" UNIQUE("second_factor_id","code_hash")
);
--> statement-breakpoint
CREATE TABLE "second_factors" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "second_factors_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"agent_id" bigint,
	"super_admin_id" bigint,
	"sealed_secret" text NOT NULL,
	"confirmed_at" timestamp (3) with time zone,
	"last_step" bigint DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "second_factors_agent_unique" UNIQUE("agent_id"),
	CONSTRAINT "second_factors_super_admin_unique" UNIQUE("super_admin_id"),
	CONSTRAINT "second_factors_one_owner" CHECK (num_nonnulls(agent_id, super_admin_id) = 1)
);
--> statement-breakpoint
CREATE TABLE "super_admins" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "super_admins_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"email" text NOT NULL,
	"first_name" text NOT NULL,
	"last_name" text NOT NULL,
	"password_hash" text NOT NULL,
	"last_sign_in_at" timestamp (3) with time zone,
	"disabled_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "super_admins_email_unique" UNIQUE("email"),
	CONSTRAINT "super_admins_email_folded" CHECK ("super_admins"."email" = lower("super_admins"."email"))
);
--> statement-breakpoint
ALTER TABLE "sessions" DROP CONSTRAINT "sessions_one_owner";--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "super_admin_id" bigint;--> statement-breakpoint
ALTER TABLE "territories" ADD COLUMN "allows_impersonated_writes" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "impersonations" ADD CONSTRAINT "impersonations_super_admin_id_super_admins_id_fk" FOREIGN KEY ("super_admin_id") REFERENCES "public"."super_admins"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "impersonations" ADD CONSTRAINT "impersonations_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."sessions"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "impersonations" ADD CONSTRAINT "impersonations_agent_id_agents_id_fk" FOREIGN KEY ("agent_id") REFERENCES "public"."agents"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recovery_codes" ADD CONSTRAINT "recovery_codes_second_factor_id_second_factors_id_fk" FOREIGN KEY ("second_factor_id") REFERENCES "public"."second_factors"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "second_factors" ADD CONSTRAINT "second_factors_agent_id_agents_id_fk" FOREIGN KEY ("agent_id") REFERENCES "public"."agents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "second_factors" ADD CONSTRAINT "second_factors_super_admin_id_super_admins_id_fk" FOREIGN KEY ("super_admin_id") REFERENCES "public"."super_admins"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "impersonations_one_at_a_time" ON "impersonations" USING btree ("session_id") WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX "impersonations_agent" ON "impersonations" USING btree ("agent_id","started_at");--> statement-breakpoint
CREATE INDEX "impersonations_super_admin" ON "impersonations" USING btree ("super_admin_id","started_at");--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_super_admin_id_super_admins_id_fk" FOREIGN KEY ("super_admin_id") REFERENCES "public"."super_admins"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "access_log" ADD CONSTRAINT "access_log_impersonator_id_super_admins_id_fk" FOREIGN KEY ("impersonator_id") REFERENCES "public"."super_admins"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_impersonator_id_super_admins_id_fk" FOREIGN KEY ("impersonator_id") REFERENCES "public"."super_admins"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "sessions_super_admin" ON "sessions" USING btree ("super_admin_id");--> statement-breakpoint
CREATE INDEX "events_territory" ON "events" USING btree ("territory_id","occurred_at");--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_one_owner" CHECK (num_nonnulls(agent_id, account_id, super_admin_id) = 1);--> statement-breakpoint
ALTER TABLE "access_log" ADD CONSTRAINT "access_log_impersonated_agent" CHECK (impersonator_id is null or actor_kind = 'agent');--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_impersonated_agent" CHECK (impersonator_id is null or actor_kind = 'agent');--> statement-breakpoint
-- Never into another super-admin: not even by the agent's account they may also have.
CREATE FUNCTION spare_super_admins() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM agents a JOIN super_admins s ON s.email = a.email WHERE a.id = new.agent_id) THEN
    RAISE EXCEPTION 'nobody stands in the place of a super-admin' USING errcode = 'check_violation', constraint = 'impersonations_no_super_admin';
  END IF;
  RETURN new;
END $$;--> statement-breakpoint
CREATE TRIGGER impersonations_no_super_admin BEFORE INSERT OR UPDATE OF agent_id ON impersonations
  FOR EACH ROW EXECUTE FUNCTION spare_super_admins();--> statement-breakpoint
-- Time goes forward: a code accepted once is never accepted again, whoever asks.
CREATE FUNCTION keep_step() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF new.last_step < old.last_step AND new.sealed_secret = old.sealed_secret THEN
    RAISE EXCEPTION 'a code serves once' USING errcode = 'check_violation', constraint = 'second_factors_step_forward';
  END IF;
  RETURN new;
END $$;--> statement-breakpoint
CREATE TRIGGER second_factors_step_forward BEFORE UPDATE ON second_factors
  FOR EACH ROW EXECUTE FUNCTION keep_step();
