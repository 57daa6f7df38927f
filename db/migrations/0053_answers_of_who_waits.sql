ALTER TABLE "reply_forwards" DROP CONSTRAINT "reply_forwards_of_rdv";--> statement-breakpoint
ALTER TABLE "reply_forwards" DROP CONSTRAINT "reply_forwards_to_agent";--> statement-breakpoint
ALTER TABLE "reply_forwards" ADD COLUMN "entry_id" bigint;--> statement-breakpoint
ALTER TABLE "reply_forwards" ADD CONSTRAINT "reply_forwards_entry_wall" FOREIGN KEY ("territory_id","entry_id") REFERENCES "public"."waitlist_entries"("territory_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "reply_forwards_entry" ON "reply_forwards" USING btree ("entry_id");--> statement-breakpoint
ALTER TABLE "reply_forwards" ADD CONSTRAINT "reply_forwards_of_rdv" CHECK (num_nonnulls(rdv_id, participation_id) in (0, 2) and num_nonnulls(rdv_id, entry_id) = num_nonnulls(territory_id));--> statement-breakpoint
ALTER TABLE "reply_forwards" ADD CONSTRAINT "reply_forwards_to_agent" CHECK ("reply_forwards"."agent_id" is null or "reply_forwards"."territory_id" is not null);