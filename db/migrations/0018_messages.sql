CREATE TABLE "messages" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "messages_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"key" uuid DEFAULT gen_random_uuid() NOT NULL,
	"territory_id" bigint NOT NULL,
	"rdv_id" bigint NOT NULL,
	"participation_id" bigint NOT NULL,
	"version" integer NOT NULL,
	"news" text NOT NULL,
	"channel" text NOT NULL,
	"recipient" text NOT NULL,
	"previous_starts_at" timestamp (3) with time zone,
	"state" text DEFAULT 'waiting' NOT NULL,
	"failure" text,
	"attempts" smallint DEFAULT 0 NOT NULL,
	"state_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "messages_key_unique" UNIQUE("key"),
	CONSTRAINT "messages_once" UNIQUE("participation_id","channel","version"),
	CONSTRAINT "messages_news" CHECK (news in ('created', 'moved', 'cancelled')),
	CONSTRAINT "messages_channel" CHECK (channel in ('mail', 'sms')),
	CONSTRAINT "messages_state" CHECK (state in ('waiting', 'sending', 'sent', 'dropped', 'failed', 'uncertain')),
	CONSTRAINT "messages_failure" CHECK (failure in ('too-late', 'obsolete', 'muted', 'refused', 'no-gateway')),
	CONSTRAINT "messages_failure_said" CHECK (("messages"."failure" is not null) = ("messages"."state" in ('dropped', 'failed')))
);
--> statement-breakpoint
CREATE TABLE "tellings" (
	"participation_id" bigint PRIMARY KEY NOT NULL,
	"rdv_id" bigint NOT NULL,
	"is_on" boolean NOT NULL,
	"starts_at" timestamp (3) with time zone NOT NULL,
	"ends_at" timestamp (3) with time zone NOT NULL,
	"lieu_id" bigint,
	"version" integer DEFAULT 1 NOT NULL,
	"told_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_rdv_wall" FOREIGN KEY ("territory_id","rdv_id") REFERENCES "public"."rdvs"("territory_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_participation_wall" FOREIGN KEY ("rdv_id","participation_id") REFERENCES "public"."participations"("rdv_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tellings" ADD CONSTRAINT "tellings_participation_wall" FOREIGN KEY ("rdv_id","participation_id") REFERENCES "public"."participations"("rdv_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "messages_rdv" ON "messages" USING btree ("rdv_id");--> statement-breakpoint
CREATE INDEX "tellings_rdv" ON "tellings" USING btree ("rdv_id");--> statement-breakpoint
-- Whoever has an RDV to come knows of it: its next change is news, not its being there.
INSERT INTO "tellings" ("participation_id", "rdv_id", "is_on", "starts_at", "ends_at", "lieu_id", "told_at")
SELECT p.id, r.id, r.occupies AND p.status NOT IN ('excused', 'revoked'), r.starts_at, r.ends_at, r.lieu_id, now()
FROM "participations" p JOIN "rdvs" r ON r.id = p.rdv_id WHERE r.starts_at > now();
