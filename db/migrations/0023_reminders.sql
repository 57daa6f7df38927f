CREATE TABLE "reminders" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "reminders_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"territory_id" bigint NOT NULL,
	"rdv_id" bigint NOT NULL,
	"starts_at" timestamp (3) with time zone NOT NULL,
	"lead_min" integer NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"done_at" timestamp (3) with time zone,
	CONSTRAINT "reminders_once" UNIQUE("rdv_id","starts_at","lead_min")
);
--> statement-breakpoint
ALTER TABLE "messages" DROP CONSTRAINT "messages_once";--> statement-breakpoint
ALTER TABLE "messages" DROP CONSTRAINT "messages_news";--> statement-breakpoint
ALTER TABLE "motifs" ADD COLUMN "reminder_leads_min" integer[];--> statement-breakpoint
ALTER TABLE "territories" ADD COLUMN "sends_from_min" smallint DEFAULT 480 NOT NULL;--> statement-breakpoint
ALTER TABLE "territories" ADD COLUMN "sends_until_min" smallint DEFAULT 1200 NOT NULL;--> statement-breakpoint
ALTER TABLE "territories" ADD COLUMN "sends_on" smallint[] DEFAULT '{1,2,3,4,5,6}' NOT NULL;--> statement-breakpoint
ALTER TABLE "territories" ADD COLUMN "reminder_leads_min" integer[] DEFAULT '{2880}' NOT NULL;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "reminder_id" bigint;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "leaves_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "reminders" ADD CONSTRAINT "reminders_rdv_wall" FOREIGN KEY ("territory_id","rdv_id") REFERENCES "public"."rdvs"("territory_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "reminders_due" ON "reminders" USING btree ("due_at") WHERE done_at is null;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_reminder_id_reminders_id_fk" FOREIGN KEY ("reminder_id") REFERENCES "public"."reminders"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "messages_once" ON "messages" USING btree ("participation_id","channel","version") WHERE reminder_id is null;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_once_per_reminder" UNIQUE("participation_id","channel","reminder_id");--> statement-breakpoint
ALTER TABLE "motifs" ADD CONSTRAINT "motifs_reminders" CHECK (cardinality(reminder_leads_min) <= 3 and 60 <= all(reminder_leads_min) and 30240 >= all(reminder_leads_min));--> statement-breakpoint
ALTER TABLE "territories" ADD CONSTRAINT "territories_sending_hours" CHECK (0 <= "territories"."sends_from_min" and "territories"."sends_from_min" < "territories"."sends_until_min" and "territories"."sends_until_min" <= 1440);--> statement-breakpoint
ALTER TABLE "territories" ADD CONSTRAINT "territories_sending_days" CHECK (cardinality("territories"."sends_on") > 0 and "territories"."sends_on" <@ '{1,2,3,4,5,6,7}'::smallint[]);--> statement-breakpoint
ALTER TABLE "territories" ADD CONSTRAINT "territories_reminders" CHECK (cardinality(reminder_leads_min) <= 3 and 60 <= all(reminder_leads_min) and 30240 >= all(reminder_leads_min));--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_reminder" CHECK (("messages"."reminder_id" is not null) = ("messages"."news" = 'reminder'));--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_news" CHECK (news in ('created', 'moved', 'cancelled', 'reminder', 'placed', 'added', 'removed', 'people', 'opening-created', 'opening-changed', 'opening-deleted', 'absence-created', 'absence-changed', 'absence-deleted'));--> statement-breakpoint
INSERT INTO "reminders" ("territory_id", "rdv_id", "starts_at", "lead_min", "due_at")
SELECT "territory_id", "id", "starts_at", 2880, "starts_at" - interval '48 hours' FROM "rdvs"
WHERE "status" = 'unknown' AND "starts_at" - interval '48 hours' > now();
