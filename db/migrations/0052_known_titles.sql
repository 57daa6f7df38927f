ALTER TABLE "tellings" DROP CONSTRAINT "tellings_before_whole";--> statement-breakpoint
ALTER TABLE "tellings" ADD COLUMN "title" text;--> statement-breakpoint
ALTER TABLE "tellings" ADD COLUMN "agent_ids" bigint[];--> statement-breakpoint
ALTER TABLE "tellings" ADD COLUMN "before_title" text;--> statement-breakpoint
ALTER TABLE "tellings" ADD COLUMN "before_agent_ids" bigint[];--> statement-breakpoint
ALTER TABLE "tellings" ADD CONSTRAINT "tellings_before_whole" CHECK (num_nulls("tellings"."before_is_on", "tellings"."before_starts_at", "tellings"."before_ends_at") in (0, 3) and ("tellings"."before_is_on" is not null or num_nonnulls("tellings"."before_lieu_id", "tellings"."before_title", "tellings"."before_agent_ids") = 0));--> statement-breakpoint
-- Nobody could change a title until now: those of sessions to come are what was said of them.
UPDATE "tellings" t SET "title" = coalesce(r."title", ''), "before_title" = CASE WHEN t."before_is_on" IS NOT NULL THEN coalesce(r."title", '') END
FROM "rdvs" r JOIN "motifs" m ON m."id" = r."motif_id"
WHERE r."id" = t."rdv_id" AND r."is_collective" AND NOT m."is_confidential" AND r."starts_at" > now();--> statement-breakpoint
-- Who follows somebody is taken to be as they were told: nobody is told anew of what changed before.
UPDATE "tellings" t SET "agent_ids" = said.ids, "before_agent_ids" = CASE WHEN t."before_is_on" IS NOT NULL THEN said.ids END
FROM "rdvs" r JOIN "motifs" m ON m."id" = r."motif_id"
CROSS JOIN LATERAL (SELECT coalesce(array_agg(part."agent_id" ORDER BY part."agent_id"), '{}') AS ids FROM "agent_times" part WHERE part."rdv_id" = r."id") said
WHERE r."id" = t."rdv_id" AND m."is_follow_up" AND NOT m."is_confidential" AND r."starts_at" > now();
