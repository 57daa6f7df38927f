ALTER TABLE "messages" ADD COLUMN "gateway_id" bigint;--> statement-breakpoint
ALTER TABLE "sms_gateways" ADD CONSTRAINT "sms_gateways_wall" UNIQUE("territory_id","id");--> statement-breakpoint
-- Of those that left before: where there is but one gateway of that kind.
UPDATE "messages" m SET "gateway_id" = g."id" FROM "sms_gateways" g
WHERE g."territory_id" = m."territory_id" AND g."kind" = m."gateway" AND m."gateway_reference" IS NOT NULL
  AND NOT EXISTS (SELECT FROM "sms_gateways" o WHERE o."territory_id" = g."territory_id" AND o."kind" = g."kind" AND o."id" <> g."id");--> statement-breakpoint
-- A gateway that goes takes its number from its messages, not their territory: Drizzle has no word for it.
ALTER TABLE "messages" ADD CONSTRAINT "messages_gateway_wall" FOREIGN KEY ("territory_id","gateway_id") REFERENCES "public"."sms_gateways"("territory_id","id") ON DELETE set null ("gateway_id") ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "messages_gateway_id" ON "messages" USING btree ("gateway_id") WHERE gateway_id is not null;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_gateway_territory" CHECK ("messages"."gateway_id" is null or "messages"."territory_id" is not null);
