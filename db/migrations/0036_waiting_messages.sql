ALTER TABLE "messages" DROP CONSTRAINT "messages_news";--> statement-breakpoint
ALTER TABLE "messages" DROP CONSTRAINT "messages_to_one";--> statement-breakpoint
ALTER TABLE "messages" DROP CONSTRAINT "messages_told_otherwise";--> statement-breakpoint
ALTER TABLE "message_wordings" DROP CONSTRAINT "message_wordings_event";--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "entry_id" bigint;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_entry_wall" FOREIGN KEY ("territory_id","entry_id") REFERENCES "public"."waitlist_entries"("territory_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "messages_of_waits_to_tell_otherwise" ON "messages" USING btree ("entry_id","offer_id") WHERE state in ('failed', 'uncertain') and num_nonnulls(entry_id, offer_id) = 1 and told_otherwise_at is null;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_once_per_wait" UNIQUE("entry_id","channel");--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_of_wait" CHECK (("messages"."entry_id" is not null) = ("messages"."news" = 'waiting'));--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_entry_territory" CHECK ("messages"."entry_id" is null or "messages"."territory_id" is not null);--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_news" CHECK (news in ('created', 'moved', 'cancelled', 'reminder', 'waiting', 'offer', 'placed', 'added', 'removed', 'people', 'arrived', 'opening-created', 'opening-changed', 'opening-deleted', 'absence-created', 'absence-changed', 'absence-deleted', 'openings-closed', 'digest', 'export'));--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_to_one" CHECK (num_nonnulls("messages"."participation_id", "messages"."agent_id", "messages"."offer_id", "messages"."entry_id") = 1);--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_told_otherwise" CHECK (case when "messages"."told_otherwise_at" is null then "messages"."told_otherwise_by" is null
          else "messages"."told_otherwise_by" is not null and "messages"."agent_id" is null and "messages"."state" in ('failed', 'uncertain') end);--> statement-breakpoint
ALTER TABLE "message_wordings" ADD CONSTRAINT "message_wordings_event" CHECK (case audience when 'agent' then channel = 'mail' and news in ('moved', 'cancelled', 'placed', 'added', 'removed', 'people', 'arrived') else news in ('created', 'moved', 'cancelled', 'reminder', 'waiting', 'offer', 'series') end);