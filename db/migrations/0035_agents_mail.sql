ALTER TABLE "messages" DROP CONSTRAINT "messages_once_per_agent";--> statement-breakpoint
ALTER TABLE "messages" DROP CONSTRAINT "messages_news";--> statement-breakpoint
ALTER TABLE "message_wordings" DROP CONSTRAINT "message_wordings_event";--> statement-breakpoint
DROP INDEX "messages_once_of_planning";--> statement-breakpoint
ALTER TABLE "agents" ADD COLUMN "arrival_notifications" text DEFAULT 'none' NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "messages_once_per_agent" ON "messages" USING btree ("rdv_id","agent_id","version") WHERE news <> 'arrived';--> statement-breakpoint
CREATE UNIQUE INDEX "messages_once_per_fact" ON "messages" USING btree ("agent_id","event_id") WHERE rdv_id is null or news = 'arrived';--> statement-breakpoint
ALTER TABLE "agents" ADD CONSTRAINT "agents_arrival_notifications" CHECK (arrival_notifications in ('all', 'none'));--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_news" CHECK (news in ('created', 'moved', 'cancelled', 'reminder', 'offer', 'placed', 'added', 'removed', 'people', 'arrived', 'opening-created', 'opening-changed', 'opening-deleted', 'absence-created', 'absence-changed', 'absence-deleted', 'openings-closed', 'digest', 'export'));--> statement-breakpoint
ALTER TABLE "message_wordings" ADD CONSTRAINT "message_wordings_event" CHECK (case audience when 'agent' then channel = 'mail' and news in ('moved', 'cancelled', 'placed', 'added', 'removed', 'people', 'arrived') else news in ('created', 'moved', 'cancelled', 'reminder', 'offer', 'series') end);