ALTER TABLE "messages" DROP CONSTRAINT "messages_news";--> statement-breakpoint
ALTER TABLE "messages" DROP CONSTRAINT "messages_to_agent";--> statement-breakpoint
ALTER TABLE "agents" ADD COLUMN "digest" text DEFAULT 'none' NOT NULL;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "on_day" date;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_once_of_digest" UNIQUE("agent_id","on_day");--> statement-breakpoint
ALTER TABLE "agents" ADD CONSTRAINT "agents_digest" CHECK (digest in ('none', 'morning', 'evening'));--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_of_digest" CHECK (("messages"."on_day" is not null) = ("messages"."news" = 'digest'));--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_news" CHECK (news in ('created', 'moved', 'cancelled', 'reminder', 'offer', 'placed', 'added', 'removed', 'people', 'opening-created', 'opening-changed', 'opening-deleted', 'absence-created', 'absence-changed', 'absence-deleted', 'digest'));--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_to_agent" CHECK (("messages"."agent_id" is null) = (num_nonnulls("messages"."event_id", "messages"."on_day") = 0));