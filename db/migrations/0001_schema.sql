-- Generated, then edited by hand: events, event_values and access_log are partitioned by month.
CREATE TABLE "account_identities" (
	"provider" text NOT NULL,
	"subject" text NOT NULL,
	"account_id" bigint NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "account_identities_provider_subject_pk" PRIMARY KEY("provider","subject")
);
--> statement-breakpoint
CREATE TABLE "accounts" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "accounts_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"email" text,
	"password_hash" text,
	"last_sign_in_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "accounts_email_unique" UNIQUE("email"),
	CONSTRAINT "accounts_email_folded" CHECK ("accounts"."email" = lower("accounts"."email"))
);
--> statement-breakpoint
CREATE TABLE "agent_roles" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "agent_roles_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"agent_id" bigint NOT NULL,
	"territory_id" bigint NOT NULL,
	"organisation_id" bigint NOT NULL,
	"level" text DEFAULT 'basic' NOT NULL,
	"is_secretary" boolean DEFAULT false NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "agent_roles_once_per_organisation" UNIQUE("agent_id","organisation_id"),
	CONSTRAINT "agent_roles_level" CHECK (level in ('basic', 'admin', 'intervenant'))
);
--> statement-breakpoint
CREATE TABLE "agent_services" (
	"agent_id" bigint NOT NULL,
	"service_id" bigint NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "agent_services_agent_id_service_id_pk" PRIMARY KEY("agent_id","service_id")
);
--> statement-breakpoint
CREATE TABLE "agents" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "agents_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"email" text,
	"first_name" text,
	"last_name" text NOT NULL,
	"password_hash" text,
	"rdv_notifications" text DEFAULT 'others' NOT NULL,
	"opening_notifications" text DEFAULT 'all' NOT NULL,
	"absence_notifications" text DEFAULT 'all' NOT NULL,
	"displays_saturdays" boolean DEFAULT false NOT NULL,
	"displays_cancelled_rdvs" boolean DEFAULT true NOT NULL,
	"external_id" text,
	"calendar_uid" text,
	"invited_at" timestamp (3) with time zone,
	"activated_at" timestamp (3) with time zone,
	"last_sign_in_at" timestamp (3) with time zone,
	"deleted_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "agents_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "agents_calendar_uid_unique" UNIQUE("calendar_uid"),
	CONSTRAINT "agents_email_folded" CHECK ("agents"."email" = lower("agents"."email")),
	CONSTRAINT "agents_rdv_notifications" CHECK (rdv_notifications in ('all', 'others', 'soon', 'none'))
);
--> statement-breakpoint
CREATE TABLE "login_links" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "login_links_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"agent_id" bigint NOT NULL,
	"purpose" text NOT NULL,
	"token_hash" text NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "login_links_token_unique" UNIQUE("token_hash"),
	CONSTRAINT "login_links_purpose" CHECK (purpose in ('sign-in', 'reset-password'))
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"agent_id" bigint,
	"account_id" bigint,
	"seen_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"revoked_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "sessions_one_owner" CHECK (num_nonnulls(agent_id, account_id) = 1)
);
--> statement-breakpoint
CREATE TABLE "territory_roles" (
	"agent_id" bigint NOT NULL,
	"territory_id" bigint NOT NULL,
	"is_admin" boolean DEFAULT false NOT NULL,
	"may_manage_groups" boolean DEFAULT false NOT NULL,
	"may_manage_access" boolean DEFAULT false NOT NULL,
	"may_invite_agents" boolean DEFAULT false NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "territory_roles_agent_id_territory_id_pk" PRIMARY KEY("agent_id","territory_id")
);
--> statement-breakpoint
CREATE TABLE "agent_times" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "agent_times_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"agent_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"rdv_id" bigint,
	"starts_at" timestamp (3) with time zone NOT NULL,
	"ends_at" timestamp (3) with time zone NOT NULL,
	"occupies" boolean NOT NULL,
	"exclusive" boolean DEFAULT true NOT NULL,
	"during" "tstzrange" GENERATED ALWAYS AS (tstzrange(starts_at, ends_at)) STORED NOT NULL,
	"starts_min" integer GENERATED ALWAYS AS (floor(extract(epoch from (starts_at - '1970-01-01 00:00:00+00'::timestamptz)) / 60)::integer) STORED NOT NULL,
	"ends_min" integer GENERATED ALWAYS AS (ceil(extract(epoch from (ends_at - '1970-01-01 00:00:00+00'::timestamptz)) / 60)::integer) STORED NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "agent_times_once_per_rdv" UNIQUE("rdv_id","agent_id"),
	CONSTRAINT "agent_times_kind" CHECK ((kind = 'rdv') = (rdv_id is not null) and kind in ('rdv', 'hold')),
	CONSTRAINT "agent_times_end_after_start" CHECK ("agent_times"."ends_at" > "agent_times"."starts_at" and "agent_times"."ends_at" <= "agent_times"."starts_at" + interval '24 hours')
);
--> statement-breakpoint
CREATE TABLE "booking_drafts" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"territory_id" bigint NOT NULL,
	"answers" jsonb NOT NULL,
	"errors" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"rdv_id" bigint,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "participations" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "participations_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"territory_id" bigint NOT NULL,
	"rdv_id" bigint NOT NULL,
	"usager_id" bigint NOT NULL,
	"status" text DEFAULT 'unknown' NOT NULL,
	"notifies_lifecycle" boolean NOT NULL,
	"notifies_reminder" boolean NOT NULL,
	"author_kind" text NOT NULL,
	"author_id" bigint,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "participations_once_per_rdv" UNIQUE("rdv_id","usager_id"),
	CONSTRAINT "participations_status" CHECK (status in ('unknown', 'seen', 'excused', 'revoked', 'noshow')),
	CONSTRAINT "participations_author_kind" CHECK (author_kind in ('agent', 'usager', 'prescripteur', 'system'))
);
--> statement-breakpoint
CREATE TABLE "rdv_links" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "rdv_links_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"rdv_id" bigint NOT NULL,
	"participation_id" bigint NOT NULL,
	"token_hash" text,
	"revoked_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "rdv_links_token_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "rdvs" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "rdvs_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"uuid" uuid DEFAULT gen_random_uuid() NOT NULL,
	"territory_id" bigint NOT NULL,
	"organisation_id" bigint NOT NULL,
	"motif_id" bigint NOT NULL,
	"lieu_id" bigint,
	"starts_at" timestamp (3) with time zone NOT NULL,
	"ends_at" timestamp (3) with time zone NOT NULL,
	"status" text DEFAULT 'unknown' NOT NULL,
	"occupies" boolean GENERATED ALWAYS AS (status in ('unknown', 'seen', 'noshow')) STORED NOT NULL,
	"is_collective" boolean DEFAULT false NOT NULL,
	"title" text,
	"max_seats" smallint,
	"seats_taken" integer DEFAULT 0 NOT NULL,
	"is_overbooked" boolean DEFAULT false NOT NULL,
	"home_address" text,
	"context" text,
	"cancelled_at" timestamp (3) with time zone,
	"author_kind" text NOT NULL,
	"author_id" bigint,
	"booking_key" uuid,
	"sequence" integer DEFAULT 0 NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "rdvs_uuid_unique" UNIQUE("uuid"),
	CONSTRAINT "rdvs_booking_key_unique" UNIQUE("booking_key"),
	CONSTRAINT "rdvs_wall" UNIQUE("territory_id","id"),
	CONSTRAINT "rdvs_time" UNIQUE("id","starts_at","ends_at","occupies"),
	CONSTRAINT "rdvs_end_after_start" CHECK ("rdvs"."ends_at" > "rdvs"."starts_at" and "rdvs"."ends_at" <= "rdvs"."starts_at" + interval '24 hours'),
	CONSTRAINT "rdvs_status" CHECK (status in ('unknown', 'seen', 'excused', 'revoked', 'noshow')),
	CONSTRAINT "rdvs_author_kind" CHECK (author_kind in ('agent', 'usager', 'prescripteur', 'system')),
	CONSTRAINT "rdvs_collective_status" CHECK (not "rdvs"."is_collective" or "rdvs"."status" in ('unknown', 'seen', 'revoked')),
	CONSTRAINT "rdvs_cancelled_at" CHECK (("rdvs"."cancelled_at" is not null) = ("rdvs"."status" in ('excused', 'revoked'))),
	CONSTRAINT "rdvs_seats_positive" CHECK ("rdvs"."max_seats" > 0),
	CONSTRAINT "rdvs_seats_taken" CHECK ("rdvs"."seats_taken" >= 0),
	CONSTRAINT "rdvs_seats_left" CHECK ("rdvs"."is_overbooked" or "rdvs"."max_seats" is null or "rdvs"."seats_taken" <= "rdvs"."max_seats")
);
--> statement-breakpoint
CREATE TABLE "lieux" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "lieux_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"territory_id" bigint NOT NULL,
	"organisation_id" bigint NOT NULL,
	"name" text NOT NULL,
	"address" text NOT NULL,
	"city_code" text,
	"city_name" text,
	"post_code" text,
	"latitude" double precision,
	"longitude" double precision,
	"phone" text,
	"phone_e_164" text,
	"hours" text,
	"accessibility_note" text,
	"availability" text DEFAULT 'enabled' NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "lieux_wall" UNIQUE("territory_id","id"),
	CONSTRAINT "lieux_availability" CHECK (availability in ('enabled', 'disabled', 'single_use')),
	CONSTRAINT "lieux_coordinates_together" CHECK (("lieux"."latitude" is null) = ("lieux"."longitude" is null))
);
--> statement-breakpoint
CREATE TABLE "motif_categories" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "motif_categories_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"name" text NOT NULL,
	"short_name" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "motif_categories_name_unique" UNIQUE("name"),
	CONSTRAINT "motif_categories_short_name_unique" UNIQUE("short_name")
);
--> statement-breakpoint
CREATE TABLE "motifs" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "motifs_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"territory_id" bigint NOT NULL,
	"organisation_id" bigint NOT NULL,
	"service_id" bigint NOT NULL,
	"category_id" bigint,
	"name" text NOT NULL,
	"public_name" text,
	"sms_label" text,
	"color" text NOT NULL,
	"duration_min" smallint DEFAULT 30 NOT NULL,
	"location_type" text DEFAULT 'public_office' NOT NULL,
	"is_collective" boolean DEFAULT false NOT NULL,
	"bookable_by" text DEFAULT 'agents' NOT NULL,
	"min_lead_min" integer DEFAULT 30 NOT NULL,
	"max_lead_min" integer DEFAULT 129600 NOT NULL,
	"restriction" text,
	"instructions" text,
	"cancel_warning" text,
	"is_for_secretariat" boolean DEFAULT false NOT NULL,
	"is_follow_up" boolean DEFAULT false NOT NULL,
	"visibility" text DEFAULT 'visible_and_notified' NOT NULL,
	"is_confidential" boolean DEFAULT false NOT NULL,
	"sectorisation_level" text DEFAULT 'departement' NOT NULL,
	"usager_may_move" boolean DEFAULT true NOT NULL,
	"usager_may_cancel" boolean DEFAULT true NOT NULL,
	"asks_birth_date" boolean DEFAULT false NOT NULL,
	"deleted_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "motifs_wall" UNIQUE("territory_id","id"),
	CONSTRAINT "motifs_location_type" CHECK (location_type in ('public_office', 'phone', 'home', 'visio')),
	CONSTRAINT "motifs_bookable_by" CHECK (bookable_by in ('agents', 'agents_and_prescripteurs', 'agents_and_prescripteurs_and_invited_users', 'everyone')),
	CONSTRAINT "motifs_visibility" CHECK (visibility in ('visible_and_notified', 'visible_and_not_notified', 'invisible')),
	CONSTRAINT "motifs_sectorisation_level" CHECK (sectorisation_level in ('departement', 'organisation', 'agent')),
	CONSTRAINT "motifs_duration_bounded" CHECK ("motifs"."duration_min" between 1 and 1440),
	CONSTRAINT "motifs_lead_ordered" CHECK ("motifs"."min_lead_min" >= 30 and "motifs"."max_lead_min" > "motifs"."min_lead_min" and "motifs"."max_lead_min" <= 527040),
	CONSTRAINT "motifs_collective_on_site" CHECK (not "motifs"."is_collective" or "motifs"."location_type" = 'public_office'),
	CONSTRAINT "motifs_secretariat_or_follow_up" CHECK (not ("motifs"."is_for_secretariat" and "motifs"."is_follow_up")),
	CONSTRAINT "motifs_color_hex" CHECK ("motifs"."color" ~ '^#[0-9a-f]{6}$')
);
--> statement-breakpoint
CREATE TABLE "organisations" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "organisations_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"territory_id" bigint NOT NULL,
	"name" text NOT NULL,
	"hours" text,
	"phone" text,
	"phone_e_164" text,
	"email" text,
	"website" text,
	"external_id" text,
	"verticale" text DEFAULT 'rdv_solidarites' NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "organisations_name_unique" UNIQUE("territory_id","name"),
	CONSTRAINT "organisations_external_id_unique" UNIQUE("territory_id","external_id"),
	CONSTRAINT "organisations_wall" UNIQUE("territory_id","id"),
	CONSTRAINT "organisations_verticale" CHECK (verticale in ('rdv_insertion', 'rdv_solidarites', 'rdv_aide_numerique', 'rdv_mairie'))
);
--> statement-breakpoint
CREATE TABLE "services" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "services_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"name" text NOT NULL,
	"short_name" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "territories" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "territories_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"department_number" text NOT NULL,
	"name" text NOT NULL,
	"zone" text NOT NULL,
	"phone" text,
	"phone_e_164" text,
	"sms_provider" text,
	"sms_configuration" text,
	"max_open_rdvs_per_motif" smallint DEFAULT 2 NOT NULL,
	"cancel_notice_min" integer DEFAULT 240 NOT NULL,
	"usagers_visible_throughout" boolean DEFAULT false NOT NULL,
	"enables_notes" boolean DEFAULT false NOT NULL,
	"enables_affiliation" boolean DEFAULT false NOT NULL,
	"enables_family_situation" boolean DEFAULT false NOT NULL,
	"enables_children_count" boolean DEFAULT false NOT NULL,
	"enables_case_number" boolean DEFAULT false NOT NULL,
	"enables_address_details" boolean DEFAULT false NOT NULL,
	"enables_housing" boolean DEFAULT false NOT NULL,
	"enables_context" boolean DEFAULT false NOT NULL,
	"enables_waiting_room_mail" boolean DEFAULT false NOT NULL,
	"enables_waiting_room_color" boolean DEFAULT false NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "territories_name_unique" UNIQUE("name"),
	CONSTRAINT "territories_open_rdvs_positive" CHECK ("territories"."max_open_rdvs_per_motif" > 0),
	CONSTRAINT "territories_cancel_notice_positive" CHECK ("territories"."cancel_notice_min" >= 0)
);
--> statement-breakpoint
CREATE TABLE "territory_services" (
	"territory_id" bigint NOT NULL,
	"service_id" bigint NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "territory_services_territory_id_service_id_pk" PRIMARY KEY("territory_id","service_id")
);
--> statement-breakpoint
CREATE TABLE "referents" (
	"usager_id" bigint NOT NULL,
	"agent_id" bigint NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "referents_usager_id_agent_id_pk" PRIMARY KEY("usager_id","agent_id")
);
--> statement-breakpoint
CREATE TABLE "usager_organisations" (
	"territory_id" bigint NOT NULL,
	"usager_id" bigint NOT NULL,
	"organisation_id" bigint NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "usager_organisations_usager_id_organisation_id_pk" PRIMARY KEY("usager_id","organisation_id")
);
--> statement-breakpoint
CREATE TABLE "usagers" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "usagers_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"territory_id" bigint NOT NULL,
	"responsible_id" bigint,
	"account_id" bigint,
	"first_name" text NOT NULL,
	"last_name" text NOT NULL,
	"birth_name" text,
	"born_on" date,
	"email" text,
	"phone" text,
	"phone_e_164" text,
	"address" text,
	"address_details" text,
	"city_code" text,
	"city_name" text,
	"post_code" text,
	"affiliation_fund" text,
	"affiliation_number" text,
	"family_situation" text,
	"children_count" smallint,
	"housing" text,
	"case_number" text,
	"notes" text,
	"notify_by_sms" boolean DEFAULT true NOT NULL,
	"notify_by_email" boolean DEFAULT true NOT NULL,
	"created_through" text DEFAULT 'unknown' NOT NULL,
	"maybe_same_as_id" bigint,
	"folded_name" text GENERATED ALWAYS AS (fold(last_name || ' ' || first_name)) STORED NOT NULL,
	"deleted_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "usagers_wall" UNIQUE("territory_id","id"),
	CONSTRAINT "usagers_not_own_responsible" CHECK ("usagers"."responsible_id" <> "usagers"."id"),
	CONSTRAINT "usagers_children_count" CHECK ("usagers"."children_count" >= 0),
	CONSTRAINT "usagers_email_folded" CHECK ("usagers"."email" = lower("usagers"."email")),
	CONSTRAINT "usagers_created_through" CHECK (created_through in ('unknown', 'agent_creation', 'user_sign_up', 'franceconnect_sign_up', 'user_relative_creation', 'agent_creation_api', 'prescripteur', 'online_booking'))
);
--> statement-breakpoint
CREATE TABLE "access_log" (
	"id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "access_log_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"occurred_at" timestamp (3) with time zone NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_id" bigint,
	"impersonator_id" bigint,
	"territory_id" bigint,
	"subject_kind" text NOT NULL,
	"subject_id" bigint NOT NULL,
	"purpose" text NOT NULL,
	"request_id" text NOT NULL,
	CONSTRAINT "access_log_occurred_at_id_pk" PRIMARY KEY("occurred_at","id")
) PARTITION BY RANGE ("occurred_at");
--> statement-breakpoint
CREATE TABLE "captured_messages" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "captured_messages_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"channel" text NOT NULL,
	"recipient" text NOT NULL,
	"sender" text NOT NULL,
	"subject" text,
	"text" text NOT NULL,
	"html" text,
	"has_calendar" boolean DEFAULT false NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "captured_messages_channel" CHECK (channel in ('mail', 'sms'))
);
--> statement-breakpoint
CREATE TABLE "event_values" (
	"event_id" bigint NOT NULL,
	"occurred_at" timestamp (3) with time zone NOT NULL,
	"field" text NOT NULL,
	"old_value" jsonb,
	"new_value" jsonb,
	"usager_id" bigint,
	CONSTRAINT "event_values_occurred_at_event_id_field_pk" PRIMARY KEY("occurred_at","event_id","field")
) PARTITION BY RANGE ("occurred_at");
--> statement-breakpoint
CREATE TABLE "events" (
	"id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "events_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"occurred_at" timestamp (3) with time zone NOT NULL,
	"kind" text NOT NULL,
	"territory_id" bigint,
	"subject_kind" text NOT NULL,
	"subject_id" bigint NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_id" bigint,
	"impersonator_id" bigint,
	"request_id" text NOT NULL,
	"payload" jsonb DEFAULT '{}'::jsonb NOT NULL,
	CONSTRAINT "events_occurred_at_id_pk" PRIMARY KEY("occurred_at","id")
) PARTITION BY RANGE ("occurred_at");
--> statement-breakpoint
CREATE TABLE "installation" (
	"id" smallint PRIMARY KEY DEFAULT 1 NOT NULL,
	"environment" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "installation_single_row" CHECK ("installation"."id" = 1),
	CONSTRAINT "installation_environment" CHECK (environment in ('production', 'recette', 'demo', 'development', 'test'))
);
--> statement-breakpoint
CREATE TABLE "rate_limits" (
	"key" text PRIMARY KEY NOT NULL,
	"points" integer NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "worker_heartbeats" (
	"worker_id" text PRIMARY KEY NOT NULL,
	"beat_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "absence_exceptions" (
	"absence_id" bigint NOT NULL,
	"on_day" date NOT NULL,
	"kind" text NOT NULL,
	"to_day" date,
	"start_min" smallint,
	"end_min" smallint,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "absence_exceptions_absence_id_on_day_pk" PRIMARY KEY("absence_id","on_day"),
	CONSTRAINT "absence_exceptions_whole" CHECK (case kind
  when 'cancelled' then num_nonnulls(to_day, start_min, end_min) = 0
  when 'moved' then num_nonnulls(to_day, start_min, end_min) = 3 and start_min >= 0 and end_min > start_min and end_min <= 1440
  else false end)
);
--> statement-breakpoint
CREATE TABLE "absences" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "absences_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"agent_id" bigint NOT NULL,
	"zone" text NOT NULL,
	"title" text NOT NULL,
	"kind" text DEFAULT 'other' NOT NULL,
	"first_day" date NOT NULL,
	"start_min" smallint NOT NULL,
	"last_day" date NOT NULL,
	"end_min" smallint NOT NULL,
	"rrule" text,
	"ends_on" date,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "absences_kind" CHECK (kind in ('leave', 'training', 'meeting', 'other')),
	CONSTRAINT "absences_minutes" CHECK ("absences"."start_min" between 0 and 1440 and "absences"."end_min" between 0 and 1440),
	CONSTRAINT "absences_end_after_start" CHECK (("absences"."last_day", "absences"."end_min") > ("absences"."first_day", "absences"."start_min"))
);
--> statement-breakpoint
CREATE TABLE "opening_exceptions" (
	"opening_id" bigint NOT NULL,
	"on_day" date NOT NULL,
	"kind" text NOT NULL,
	"to_day" date,
	"start_min" smallint,
	"end_min" smallint,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "opening_exceptions_opening_id_on_day_pk" PRIMARY KEY("opening_id","on_day"),
	CONSTRAINT "opening_exceptions_whole" CHECK (case kind
  when 'cancelled' then num_nonnulls(to_day, start_min, end_min) = 0
  when 'moved' then num_nonnulls(to_day, start_min, end_min) = 3 and start_min >= 0 and end_min > start_min and end_min <= 1440
  else false end)
);
--> statement-breakpoint
CREATE TABLE "opening_motifs" (
	"territory_id" bigint NOT NULL,
	"opening_id" bigint NOT NULL,
	"motif_id" bigint NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "opening_motifs_opening_id_motif_id_pk" PRIMARY KEY("opening_id","motif_id")
);
--> statement-breakpoint
CREATE TABLE "openings" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "openings_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"territory_id" bigint NOT NULL,
	"organisation_id" bigint NOT NULL,
	"agent_id" bigint NOT NULL,
	"lieu_id" bigint,
	"title" text NOT NULL,
	"first_day" date NOT NULL,
	"start_min" smallint NOT NULL,
	"end_min" smallint NOT NULL,
	"rrule" text,
	"last_day" date,
	"on_holidays" boolean DEFAULT false NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "openings_wall" UNIQUE("territory_id","id"),
	CONSTRAINT "openings_end_after_start" CHECK ("openings"."start_min" >= 0 and "openings"."end_min" > "openings"."start_min" and "openings"."end_min" <= 1440),
	CONSTRAINT "openings_last_day_after_first" CHECK ("openings"."last_day" >= "openings"."first_day")
);
--> statement-breakpoint
CREATE TABLE "communes" (
	"code" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"department_number" text NOT NULL,
	"post_codes" text[] NOT NULL,
	"population" integer DEFAULT 0 NOT NULL,
	"folded_name" text GENERATED ALWAYS AS (fold(name)) STORED NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "account_identities" ADD CONSTRAINT "account_identities_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agent_roles" ADD CONSTRAINT "agent_roles_agent_id_agents_id_fk" FOREIGN KEY ("agent_id") REFERENCES "public"."agents"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agent_roles" ADD CONSTRAINT "agent_roles_territory_wall" FOREIGN KEY ("territory_id","organisation_id") REFERENCES "public"."organisations"("territory_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agent_services" ADD CONSTRAINT "agent_services_agent_id_agents_id_fk" FOREIGN KEY ("agent_id") REFERENCES "public"."agents"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agent_services" ADD CONSTRAINT "agent_services_service_id_services_id_fk" FOREIGN KEY ("service_id") REFERENCES "public"."services"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "login_links" ADD CONSTRAINT "login_links_agent_id_agents_id_fk" FOREIGN KEY ("agent_id") REFERENCES "public"."agents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_agent_id_agents_id_fk" FOREIGN KEY ("agent_id") REFERENCES "public"."agents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "territory_roles" ADD CONSTRAINT "territory_roles_agent_id_agents_id_fk" FOREIGN KEY ("agent_id") REFERENCES "public"."agents"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "territory_roles" ADD CONSTRAINT "territory_roles_territory_id_territories_id_fk" FOREIGN KEY ("territory_id") REFERENCES "public"."territories"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agent_times" ADD CONSTRAINT "agent_times_agent_id_agents_id_fk" FOREIGN KEY ("agent_id") REFERENCES "public"."agents"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agent_times" ADD CONSTRAINT "agent_times_follow_rdv" FOREIGN KEY ("rdv_id","starts_at","ends_at","occupies") REFERENCES "public"."rdvs"("id","starts_at","ends_at","occupies") ON DELETE cascade ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "booking_drafts" ADD CONSTRAINT "booking_drafts_territory_id_territories_id_fk" FOREIGN KEY ("territory_id") REFERENCES "public"."territories"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "booking_drafts" ADD CONSTRAINT "booking_drafts_rdv_id_rdvs_id_fk" FOREIGN KEY ("rdv_id") REFERENCES "public"."rdvs"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "participations" ADD CONSTRAINT "participations_rdv_wall" FOREIGN KEY ("territory_id","rdv_id") REFERENCES "public"."rdvs"("territory_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "participations" ADD CONSTRAINT "participations_usager_wall" FOREIGN KEY ("territory_id","usager_id") REFERENCES "public"."usagers"("territory_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rdv_links" ADD CONSTRAINT "rdv_links_rdv_id_rdvs_id_fk" FOREIGN KEY ("rdv_id") REFERENCES "public"."rdvs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rdv_links" ADD CONSTRAINT "rdv_links_participation_id_participations_id_fk" FOREIGN KEY ("participation_id") REFERENCES "public"."participations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rdvs" ADD CONSTRAINT "rdvs_territory_wall" FOREIGN KEY ("territory_id","organisation_id") REFERENCES "public"."organisations"("territory_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rdvs" ADD CONSTRAINT "rdvs_motif_wall" FOREIGN KEY ("territory_id","motif_id") REFERENCES "public"."motifs"("territory_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rdvs" ADD CONSTRAINT "rdvs_lieu_wall" FOREIGN KEY ("territory_id","lieu_id") REFERENCES "public"."lieux"("territory_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lieux" ADD CONSTRAINT "lieux_territory_wall" FOREIGN KEY ("territory_id","organisation_id") REFERENCES "public"."organisations"("territory_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "motifs" ADD CONSTRAINT "motifs_service_id_services_id_fk" FOREIGN KEY ("service_id") REFERENCES "public"."services"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "motifs" ADD CONSTRAINT "motifs_category_id_motif_categories_id_fk" FOREIGN KEY ("category_id") REFERENCES "public"."motif_categories"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "motifs" ADD CONSTRAINT "motifs_territory_wall" FOREIGN KEY ("territory_id","organisation_id") REFERENCES "public"."organisations"("territory_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organisations" ADD CONSTRAINT "organisations_territory_id_territories_id_fk" FOREIGN KEY ("territory_id") REFERENCES "public"."territories"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "territory_services" ADD CONSTRAINT "territory_services_territory_id_territories_id_fk" FOREIGN KEY ("territory_id") REFERENCES "public"."territories"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "territory_services" ADD CONSTRAINT "territory_services_service_id_services_id_fk" FOREIGN KEY ("service_id") REFERENCES "public"."services"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "referents" ADD CONSTRAINT "referents_usager_id_usagers_id_fk" FOREIGN KEY ("usager_id") REFERENCES "public"."usagers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "referents" ADD CONSTRAINT "referents_agent_id_agents_id_fk" FOREIGN KEY ("agent_id") REFERENCES "public"."agents"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "usager_organisations" ADD CONSTRAINT "usager_organisations_usager_wall" FOREIGN KEY ("territory_id","usager_id") REFERENCES "public"."usagers"("territory_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "usager_organisations" ADD CONSTRAINT "usager_organisations_organisation_wall" FOREIGN KEY ("territory_id","organisation_id") REFERENCES "public"."organisations"("territory_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "usagers" ADD CONSTRAINT "usagers_territory_id_territories_id_fk" FOREIGN KEY ("territory_id") REFERENCES "public"."territories"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "usagers" ADD CONSTRAINT "usagers_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "usagers" ADD CONSTRAINT "usagers_responsible_wall" FOREIGN KEY ("territory_id","responsible_id") REFERENCES "public"."usagers"("territory_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "usagers" ADD CONSTRAINT "usagers_maybe_same_wall" FOREIGN KEY ("territory_id","maybe_same_as_id") REFERENCES "public"."usagers"("territory_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "absence_exceptions" ADD CONSTRAINT "absence_exceptions_absence_id_absences_id_fk" FOREIGN KEY ("absence_id") REFERENCES "public"."absences"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "absences" ADD CONSTRAINT "absences_agent_id_agents_id_fk" FOREIGN KEY ("agent_id") REFERENCES "public"."agents"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "opening_exceptions" ADD CONSTRAINT "opening_exceptions_opening_id_openings_id_fk" FOREIGN KEY ("opening_id") REFERENCES "public"."openings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "opening_motifs" ADD CONSTRAINT "opening_motifs_opening_wall" FOREIGN KEY ("territory_id","opening_id") REFERENCES "public"."openings"("territory_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "opening_motifs" ADD CONSTRAINT "opening_motifs_motif_wall" FOREIGN KEY ("territory_id","motif_id") REFERENCES "public"."motifs"("territory_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "openings" ADD CONSTRAINT "openings_agent_id_agents_id_fk" FOREIGN KEY ("agent_id") REFERENCES "public"."agents"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "openings" ADD CONSTRAINT "openings_territory_wall" FOREIGN KEY ("territory_id","organisation_id") REFERENCES "public"."organisations"("territory_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "openings" ADD CONSTRAINT "openings_lieu_wall" FOREIGN KEY ("territory_id","lieu_id") REFERENCES "public"."lieux"("territory_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "account_identities_account" ON "account_identities" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "agent_roles_organisation" ON "agent_roles" USING btree ("organisation_id");--> statement-breakpoint
CREATE INDEX "agent_services_service" ON "agent_services" USING btree ("service_id");--> statement-breakpoint
CREATE UNIQUE INDEX "agents_email_unique" ON "agents" USING btree ("email") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "login_links_agent" ON "login_links" USING btree ("agent_id");--> statement-breakpoint
CREATE INDEX "sessions_agent" ON "sessions" USING btree ("agent_id");--> statement-breakpoint
CREATE INDEX "sessions_account" ON "sessions" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "sessions_expiry" ON "sessions" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "territory_roles_territory" ON "territory_roles" USING btree ("territory_id");--> statement-breakpoint
CREATE INDEX "agent_times_busy" ON "agent_times" USING btree ("agent_id","starts_min","ends_min") WHERE occupies;--> statement-breakpoint
CREATE INDEX "agent_times_agent_start" ON "agent_times" USING btree ("agent_id","starts_at");--> statement-breakpoint
CREATE INDEX "booking_drafts_expiry" ON "booking_drafts" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "booking_drafts_rdv" ON "booking_drafts" USING btree ("rdv_id");--> statement-breakpoint
CREATE INDEX "participations_usager" ON "participations" USING btree ("usager_id");--> statement-breakpoint
CREATE INDEX "rdv_links_rdv" ON "rdv_links" USING btree ("rdv_id");--> statement-breakpoint
CREATE INDEX "rdv_links_participation" ON "rdv_links" USING btree ("participation_id");--> statement-breakpoint
CREATE INDEX "rdvs_organisation_start" ON "rdvs" USING btree ("organisation_id","starts_at");--> statement-breakpoint
CREATE INDEX "rdvs_motif_start" ON "rdvs" USING btree ("motif_id","starts_at");--> statement-breakpoint
CREATE INDEX "rdvs_lieu_start" ON "rdvs" USING btree ("lieu_id","starts_at");--> statement-breakpoint
CREATE INDEX "lieux_organisation" ON "lieux" USING btree ("organisation_id");--> statement-breakpoint
CREATE UNIQUE INDEX "motifs_name_unique" ON "motifs" USING btree ("organisation_id","service_id","location_type","name") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "motifs_bookable" ON "motifs" USING btree ("territory_id","bookable_by") WHERE deleted_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "services_name_unique" ON "services" USING btree (lower("name"));--> statement-breakpoint
CREATE UNIQUE INDEX "services_short_name_unique" ON "services" USING btree (lower("short_name"));--> statement-breakpoint
CREATE INDEX "territories_department" ON "territories" USING btree ("department_number");--> statement-breakpoint
CREATE INDEX "referents_agent" ON "referents" USING btree ("agent_id");--> statement-breakpoint
CREATE INDEX "usager_organisations_organisation" ON "usager_organisations" USING btree ("organisation_id");--> statement-breakpoint
CREATE UNIQUE INDEX "usagers_email_unique" ON "usagers" USING btree ("territory_id","email") WHERE deleted_at is null and maybe_same_as_id is null;--> statement-breakpoint
CREATE INDEX "usagers_phone" ON "usagers" USING btree ("territory_id","phone_e_164");--> statement-breakpoint
CREATE INDEX "usagers_email" ON "usagers" USING btree ("territory_id","email");--> statement-breakpoint
CREATE INDEX "usagers_responsible" ON "usagers" USING btree ("territory_id","responsible_id");--> statement-breakpoint
CREATE INDEX "usagers_name_search" ON "usagers" USING gin ("folded_name" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "usagers_account" ON "usagers" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "access_log_subject" ON "access_log" USING btree ("subject_kind","subject_id","occurred_at");--> statement-breakpoint
CREATE INDEX "captured_messages_recent" ON "captured_messages" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "event_values_usager" ON "event_values" USING btree ("usager_id");--> statement-breakpoint
CREATE INDEX "events_subject" ON "events" USING btree ("subject_kind","subject_id","occurred_at");--> statement-breakpoint
CREATE INDEX "events_actor" ON "events" USING btree ("actor_kind","actor_id","occurred_at");--> statement-breakpoint
CREATE INDEX "events_id" ON "events" USING btree ("id");--> statement-breakpoint
CREATE INDEX "rate_limits_expiry" ON "rate_limits" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "absences_agent" ON "absences" USING btree ("agent_id","ends_on");--> statement-breakpoint
CREATE INDEX "opening_motifs_motif" ON "opening_motifs" USING btree ("motif_id","opening_id");--> statement-breakpoint
CREATE INDEX "openings_agent" ON "openings" USING btree ("agent_id","last_day");--> statement-breakpoint
CREATE INDEX "openings_lieu" ON "openings" USING btree ("lieu_id");--> statement-breakpoint
CREATE INDEX "communes_name_search" ON "communes" USING gin ("folded_name" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "communes_post_codes" ON "communes" USING gin ("post_codes");--> statement-breakpoint
CREATE INDEX "communes_department" ON "communes" USING btree ("department_number");