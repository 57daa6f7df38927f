ALTER TABLE "sms_gateways" ALTER COLUMN "position" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "sms_gateways" ALTER COLUMN "sealed_secret" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "sms_gateways" ADD COLUMN "removed_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "sms_gateways" ADD CONSTRAINT "sms_gateways_removed" CHECK (num_nonnulls("sms_gateways"."position", "sms_gateways"."sealed_secret") = case when "sms_gateways"."removed_at" is null then 2 else 0 end);