ALTER TABLE "captured_messages" ADD COLUMN "opens_account" boolean DEFAULT false NOT NULL;--> statement-breakpoint
-- Those captured until now do not say so: by what they hold.
UPDATE "captured_messages" SET "opens_account" = true WHERE "text" ~ '[?]jeton=' OR "text" ~ 'est votre code RDV Territoires';
