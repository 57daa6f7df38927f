ALTER TABLE "participations" ADD COLUMN "stops_mail" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "participations" ADD COLUMN "stops_sms" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "waitlist_entries" ADD COLUMN "stops_sms" boolean DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX "waitlist_entries_contact_phone" ON "waitlist_entries" USING btree ("contact_phone") WHERE ended_at is null and contact_phone is not null;