ALTER TABLE "participations" ADD COLUMN "contact_phone" text;--> statement-breakpoint
ALTER TABLE "participations" ADD COLUMN "contact_email" text;