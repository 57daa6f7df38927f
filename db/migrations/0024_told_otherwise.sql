ALTER TABLE "messages" DROP CONSTRAINT "messages_failure";--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "told_otherwise_by" bigint;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "told_otherwise_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_told_otherwise_by_agents_id_fk" FOREIGN KEY ("told_otherwise_by") REFERENCES "public"."agents"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "messages_to_tell_otherwise" ON "messages" USING btree ("rdv_id") WHERE state in ('failed', 'uncertain') and participation_id is not null and told_otherwise_at is null;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_told_otherwise" CHECK (case when "messages"."told_otherwise_at" is null then "messages"."told_otherwise_by" is null
          else "messages"."told_otherwise_by" is not null and "messages"."participation_id" is not null and "messages"."state" in ('failed', 'uncertain') end);--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_failure" CHECK (failure in ('too-late', 'obsolete', 'muted', 'refused', 'no-gateway', 'gave-up'));