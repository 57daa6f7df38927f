ALTER TABLE "absences" ADD COLUMN "version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "openings" ADD COLUMN "version" integer DEFAULT 1 NOT NULL;