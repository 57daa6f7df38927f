CREATE TABLE "agent_tellings" (
	"rdv_id" bigint PRIMARY KEY NOT NULL,
	"event_id" bigint NOT NULL,
	"version" integer NOT NULL,
	"told_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "messages" DROP CONSTRAINT "messages_news";--> statement-breakpoint
ALTER TABLE "messages" ALTER COLUMN "territory_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "messages" ALTER COLUMN "rdv_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "messages" ALTER COLUMN "participation_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "agent_id" bigint;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "event_id" bigint;--> statement-breakpoint
ALTER TABLE "agent_tellings" ADD CONSTRAINT "agent_tellings_rdv_id_rdvs_id_fk" FOREIGN KEY ("rdv_id") REFERENCES "public"."rdvs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_agent_id_agents_id_fk" FOREIGN KEY ("agent_id") REFERENCES "public"."agents"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "messages_once_of_planning" ON "messages" USING btree ("agent_id","event_id") WHERE rdv_id is null;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_once_per_agent" UNIQUE("rdv_id","agent_id","version");--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_to_one" CHECK (num_nonnulls("messages"."participation_id", "messages"."agent_id") = 1);--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_to_agent" CHECK (("messages"."agent_id" is null) = ("messages"."event_id" is null));--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_of_rdv" CHECK ("messages"."rdv_id" is null or "messages"."territory_id" is not null);--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_of_participation" CHECK ("messages"."participation_id" is null or "messages"."rdv_id" is not null);--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_news" CHECK (news in ('created', 'moved', 'cancelled', 'placed', 'added', 'removed', 'people', 'opening-created', 'opening-changed', 'opening-deleted', 'absence-created', 'absence-changed', 'absence-deleted'));--> statement-breakpoint
-- The agents of an RDV to come know of it: its next change is news, not its being there.
INSERT INTO "agent_tellings" ("rdv_id", "event_id", "version", "told_at")
SELECT r.id, coalesce((SELECT max(id) FROM "events"), 0), 0, now() FROM "rdvs" r WHERE r.starts_at > now();
