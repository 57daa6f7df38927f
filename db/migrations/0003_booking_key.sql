ALTER TABLE "rdvs" DROP CONSTRAINT "rdvs_booking_key_unique";--> statement-breakpoint
ALTER TABLE "participations" ADD COLUMN "booking_key" uuid;--> statement-breakpoint
ALTER TABLE "rdvs" DROP COLUMN "booking_key";--> statement-breakpoint
ALTER TABLE "participations" ADD CONSTRAINT "participations_booking_key_unique" UNIQUE("booking_key");