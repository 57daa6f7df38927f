CREATE TABLE "mails_taken" (
	"hash" text PRIMARY KEY NOT NULL,
	"taken_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "reply_forwards" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "reply_forwards_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"key" uuid NOT NULL,
	"territory_id" bigint,
	"rdv_id" bigint,
	"participation_id" bigint,
	"agent_id" bigint,
	"sealed_words" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "reply_forwards_of_rdv" CHECK (num_nonnulls(territory_id, rdv_id, participation_id) in (0, 3)),
	CONSTRAINT "reply_forwards_to_agent" CHECK ("reply_forwards"."agent_id" is null or "reply_forwards"."rdv_id" is not null)
);
--> statement-breakpoint
ALTER TABLE "captured_messages" ADD COLUMN "reply_to" text;--> statement-breakpoint
ALTER TABLE "reply_forwards" ADD CONSTRAINT "reply_forwards_agent_id_agents_id_fk" FOREIGN KEY ("agent_id") REFERENCES "public"."agents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reply_forwards" ADD CONSTRAINT "reply_forwards_rdv_wall" FOREIGN KEY ("territory_id","rdv_id") REFERENCES "public"."rdvs"("territory_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reply_forwards" ADD CONSTRAINT "reply_forwards_participation_wall" FOREIGN KEY ("rdv_id","participation_id") REFERENCES "public"."participations"("rdv_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "mails_taken_at" ON "mails_taken" USING btree ("taken_at");--> statement-breakpoint
CREATE INDEX "reply_forwards_rdv" ON "reply_forwards" USING btree ("rdv_id");--> statement-breakpoint
CREATE INDEX "reply_forwards_agent" ON "reply_forwards" USING btree ("agent_id");--> statement-breakpoint
CREATE INDEX "reply_forwards_created" ON "reply_forwards" USING btree ("created_at");