ALTER TABLE "rdvs" ADD COLUMN "series_id" uuid;--> statement-breakpoint
ALTER TABLE "rdvs" ADD COLUMN "shows_to_usager" boolean;--> statement-breakpoint
CREATE INDEX "rdvs_series" ON "rdvs" USING btree ("series_id","starts_at") WHERE series_id is not null;