ALTER TABLE "account_challenges" ADD COLUMN "sendings" smallint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "account_identities" ADD COLUMN "usual_last_name" text;--> statement-breakpoint
ALTER TABLE "participations" ADD COLUMN "sequence" integer DEFAULT 0 NOT NULL;