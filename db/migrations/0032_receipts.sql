ALTER TABLE "messages" DROP CONSTRAINT "messages_failure";--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "delivered_at" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "messages_reference" ON "messages" USING btree ("gateway_reference","territory_id") WHERE gateway_reference is not null;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_delivered" CHECK ("messages"."delivered_at" is null or "messages"."channel" = 'sms');--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_failure" CHECK (failure in ('too-late', 'obsolete', 'muted', 'refused', 'no-gateway', 'gave-up', 'undelivered'));