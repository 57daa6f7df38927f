CREATE TABLE "sms_gateways" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "sms_gateways_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"territory_id" bigint NOT NULL,
	"position" smallint NOT NULL,
	"kind" text NOT NULL,
	"settings" jsonb NOT NULL,
	"sealed_secret" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "sms_gateways_in_order" UNIQUE("territory_id","position") DEFERRABLE INITIALLY IMMEDIATE,
	CONSTRAINT "sms_gateways_few" CHECK ("sms_gateways"."position" between 1 and 3),
	CONSTRAINT "sms_gateways_kind" CHECK (kind in ('brevo', 'link-mobility', 'http')),
	CONSTRAINT "sms_gateways_settings" CHECK ("sms_gateways"."settings" ->> 'kind' is not distinct from "sms_gateways"."kind")
);
--> statement-breakpoint
ALTER TABLE "territories" ADD COLUMN "sms_sender" text;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "gateway" text;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "gateway_reference" text;--> statement-breakpoint
ALTER TABLE "sms_gateways" ADD CONSTRAINT "sms_gateways_territory_id_territories_id_fk" FOREIGN KEY ("territory_id") REFERENCES "public"."territories"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "territories" ADD CONSTRAINT "territories_sms_sender" CHECK ("territories"."sms_sender" ~ '^[A-Za-z0-9][A-Za-z0-9 ]{1,9}[A-Za-z0-9]$');--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_gateway" CHECK (gateway in ('brevo', 'link-mobility', 'http'));--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_gateway_reference" CHECK ("messages"."gateway_reference" is null or "messages"."gateway" is not null);