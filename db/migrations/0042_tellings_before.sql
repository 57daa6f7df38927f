ALTER TABLE "messages" DROP CONSTRAINT "messages_failure";--> statement-breakpoint
ALTER TABLE "tellings" ADD COLUMN "before_is_on" boolean;--> statement-breakpoint
ALTER TABLE "tellings" ADD COLUMN "before_starts_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "tellings" ADD COLUMN "before_ends_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "tellings" ADD COLUMN "before_lieu_id" bigint;--> statement-breakpoint
ALTER TABLE "tellings" ADD COLUMN "told_by" bigint;--> statement-breakpoint
ALTER TABLE "tellings" ADD COLUMN "told_by_version" integer;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_failure" CHECK (failure in ('too-late', 'obsolete', 'muted', 'refused', 'no-gateway', 'gave-up', 'undelivered', 'no-contact'));--> statement-breakpoint
ALTER TABLE "tellings" ADD CONSTRAINT "tellings_before_whole" CHECK (num_nulls("tellings"."before_is_on", "tellings"."before_starts_at", "tellings"."before_ends_at") in (0, 3) and ("tellings"."before_is_on" is not null or "tellings"."before_lieu_id" is null));--> statement-breakpoint
ALTER TABLE "tellings" ADD CONSTRAINT "tellings_by_whole" CHECK (("tellings"."told_by" is null) = ("tellings"."told_by_version" is null));