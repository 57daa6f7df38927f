DROP INDEX "accounts_email_unique";--> statement-breakpoint
DROP INDEX "accounts_phone_unique";--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "has_identity" boolean DEFAULT false NOT NULL;--> statement-breakpoint
UPDATE "accounts" a SET "has_identity" = true FROM "account_identities" i WHERE i."account_id" = a."id";--> statement-breakpoint
CREATE UNIQUE INDEX "accounts_email_unique" ON "accounts" USING btree ("email",coalesce(family, '')) WHERE email is not null and not has_identity;--> statement-breakpoint
CREATE UNIQUE INDEX "accounts_phone_unique" ON "accounts" USING btree ("phone_e_164",coalesce(family, '')) WHERE phone_e_164 is not null and not has_identity;