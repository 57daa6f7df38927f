ALTER TABLE "usagers" ADD COLUMN "interpreter_language" text;--> statement-breakpoint
ALTER TABLE "usagers" ADD COLUMN "accessibility_needs" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "usagers" ADD COLUMN "accessibility_note" text;--> statement-breakpoint
ALTER TABLE "usagers" ADD COLUMN "version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "usagers" ADD CONSTRAINT "usagers_accessibility_needs" CHECK (accessibility_needs <@ array['wheelchair', 'low-vision', 'hard-of-hearing', 'companion']);--> statement-breakpoint
ALTER TABLE "usagers" ADD CONSTRAINT "usagers_needs_said" CHECK ("usagers"."interpreter_language" <> '' and "usagers"."accessibility_note" <> '');