CREATE TABLE "account_challenges" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "account_challenges_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"account_id" bigint,
	"phone_e_164" text,
	"email" text,
	"token_hash" text,
	"tries" smallint DEFAULT 0 NOT NULL,
	"sent_at" timestamp (3) with time zone,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone,
	"closed_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "account_challenges_token_unique" UNIQUE("token_hash"),
	CONSTRAINT "account_challenges_one_contact" CHECK (num_nonnulls(phone_e_164, email) = 1),
	CONSTRAINT "account_challenges_link" CHECK (("account_challenges"."email" is null) = ("account_challenges"."token_hash" is null)),
	CONSTRAINT "account_challenges_tries" CHECK ("account_challenges"."tries" between 0 and 5)
);
--> statement-breakpoint
ALTER TABLE "accounts" DROP CONSTRAINT "accounts_email_unique";--> statement-breakpoint
ALTER TABLE "account_identities" ADD COLUMN "first_name" text;--> statement-breakpoint
ALTER TABLE "account_identities" ADD COLUMN "last_name" text;--> statement-breakpoint
ALTER TABLE "account_identities" ADD COLUMN "born_on" date;--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "phone_e_164" text;--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "family" text;--> statement-breakpoint
ALTER TABLE "account_challenges" ADD CONSTRAINT "account_challenges_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "account_challenges_account" ON "account_challenges" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "account_challenges_expiry" ON "account_challenges" USING btree ("expires_at");--> statement-breakpoint
CREATE UNIQUE INDEX "accounts_email_unique" ON "accounts" USING btree ("email",coalesce(family, '')) WHERE email is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "accounts_phone_unique" ON "accounts" USING btree ("phone_e_164",coalesce(family, '')) WHERE phone_e_164 is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "accounts_one_password" ON "accounts" USING btree ("email") WHERE password_hash is not null;--> statement-breakpoint
CREATE INDEX "usagers_phone_anywhere" ON "usagers" USING btree ("phone_e_164");--> statement-breakpoint
CREATE INDEX "usagers_email_anywhere" ON "usagers" USING btree ("email");--> statement-breakpoint
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_password_by_email" CHECK ("accounts"."password_hash" is null or "accounts"."email" is not null);--> statement-breakpoint
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_family_said" CHECK ("accounts"."family" <> '');