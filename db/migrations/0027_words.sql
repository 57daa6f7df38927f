CREATE TABLE "message_wordings" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "message_wordings_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"territory_id" bigint NOT NULL,
	"motif_id" bigint,
	"audience" text NOT NULL,
	"news" text NOT NULL,
	"channel" text NOT NULL,
	"subject" text,
	"body" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "message_wordings_once" UNIQUE NULLS NOT DISTINCT("territory_id","motif_id","audience","news","channel"),
	CONSTRAINT "message_wordings_audience" CHECK (audience in ('usager', 'agent')),
	CONSTRAINT "message_wordings_channel" CHECK (channel in ('mail', 'sms')),
	CONSTRAINT "message_wordings_event" CHECK (case audience when 'agent' then channel = 'mail' and news in ('moved', 'cancelled', 'placed', 'added', 'removed', 'people') else news in ('created', 'moved', 'cancelled', 'reminder', 'offer', 'series') end),
	CONSTRAINT "message_wordings_subject" CHECK (("message_wordings"."subject" is not null) = ("message_wordings"."channel" = 'mail')),
	CONSTRAINT "message_wordings_said" CHECK ("message_wordings"."subject" <> '' and "message_wordings"."body" <> '' and length("message_wordings"."body") <= 2000)
);
--> statement-breakpoint
ALTER TABLE "territories" ADD COLUMN "sms_price_millis" integer;--> statement-breakpoint
ALTER TABLE "territories" ADD COLUMN "mail_sender_name" text;--> statement-breakpoint
ALTER TABLE "territories" ADD COLUMN "mail_reply_to" text;--> statement-breakpoint
ALTER TABLE "message_wordings" ADD CONSTRAINT "message_wordings_territory_id_territories_id_fk" FOREIGN KEY ("territory_id") REFERENCES "public"."territories"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message_wordings" ADD CONSTRAINT "message_wordings_motif_wall" FOREIGN KEY ("territory_id","motif_id") REFERENCES "public"."motifs"("territory_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "territories" ADD CONSTRAINT "territories_sms_price" CHECK ("territories"."sms_price_millis" between 0 and 1000);--> statement-breakpoint
ALTER TABLE "territories" ADD CONSTRAINT "territories_mail_sender_name" CHECK ("territories"."mail_sender_name" <> '' and length("territories"."mail_sender_name") <= 60);--> statement-breakpoint
ALTER TABLE "territories" ADD CONSTRAINT "territories_mail_reply_to" CHECK ("territories"."mail_reply_to" = lower("territories"."mail_reply_to") and "territories"."mail_reply_to" like '%_@_%');