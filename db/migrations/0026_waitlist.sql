CREATE TABLE "waitlist_entries" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "waitlist_entries_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"territory_id" bigint NOT NULL,
	"motif_id" bigint NOT NULL,
	"lieu_id" bigint,
	"usager_id" bigint NOT NULL,
	"rdv_id" bigint,
	"participation_id" bigint,
	"contact_phone" text,
	"contact_email" text,
	"home_address" text,
	"offer_count" smallint DEFAULT 0 NOT NULL,
	"token_hash" text,
	"ended_at" timestamp (3) with time zone,
	"ended_by" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "waitlist_entries_wall" UNIQUE("territory_id","id"),
	CONSTRAINT "waitlist_entries_token_unique" UNIQUE("token_hash"),
	CONSTRAINT "waitlist_entries_participation" CHECK (("waitlist_entries"."rdv_id" is null) = ("waitlist_entries"."participation_id" is null)),
	CONSTRAINT "waitlist_entries_offers" CHECK ("waitlist_entries"."offer_count" between 0 and 3),
	CONSTRAINT "waitlist_entries_ended_by" CHECK (ended_by in ('left', 'served', 'exhausted', 'over')),
	CONSTRAINT "waitlist_entries_ended" CHECK (("waitlist_entries"."ended_at" is null) = ("waitlist_entries"."ended_by" is null))
);
--> statement-breakpoint
CREATE TABLE "waitlist_offers" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "waitlist_offers_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"territory_id" bigint NOT NULL,
	"entry_id" bigint NOT NULL,
	"agent_id" bigint NOT NULL,
	"starts_at" timestamp (3) with time zone NOT NULL,
	"ends_at" timestamp (3) with time zone NOT NULL,
	"is_held" boolean NOT NULL,
	"until_at" timestamp (3) with time zone NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"settled_at" timestamp (3) with time zone,
	"token_hash" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "waitlist_offers_wall" UNIQUE("territory_id","id"),
	CONSTRAINT "waitlist_offers_token_unique" UNIQUE("token_hash"),
	CONSTRAINT "waitlist_offers_state" CHECK (state in ('open', 'accepted', 'declined', 'expired', 'taken', 'lost', 'unreached', 'withdrawn')),
	CONSTRAINT "waitlist_offers_settled" CHECK (("waitlist_offers"."settled_at" is null) = ("waitlist_offers"."state" = 'open')),
	CONSTRAINT "waitlist_offers_end_after_start" CHECK ("waitlist_offers"."ends_at" > "waitlist_offers"."starts_at"),
	CONSTRAINT "waitlist_offers_before_start" CHECK ("waitlist_offers"."until_at" <= "waitlist_offers"."starts_at")
);
--> statement-breakpoint
ALTER TABLE "messages" DROP CONSTRAINT "messages_news";--> statement-breakpoint
ALTER TABLE "messages" DROP CONSTRAINT "messages_to_one";--> statement-breakpoint
ALTER TABLE "agent_times" ADD COLUMN "offer_id" bigint;--> statement-breakpoint
ALTER TABLE "territories" ADD COLUMN "waitlist_hold_min" smallint DEFAULT 120;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "offer_id" bigint;--> statement-breakpoint
ALTER TABLE "waitlist_entries" ADD CONSTRAINT "waitlist_entries_motif_wall" FOREIGN KEY ("territory_id","motif_id") REFERENCES "public"."motifs"("territory_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waitlist_entries" ADD CONSTRAINT "waitlist_entries_lieu_wall" FOREIGN KEY ("territory_id","lieu_id") REFERENCES "public"."lieux"("territory_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waitlist_entries" ADD CONSTRAINT "waitlist_entries_usager_wall" FOREIGN KEY ("territory_id","usager_id") REFERENCES "public"."usagers"("territory_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waitlist_entries" ADD CONSTRAINT "waitlist_entries_rdv_wall" FOREIGN KEY ("territory_id","rdv_id") REFERENCES "public"."rdvs"("territory_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waitlist_entries" ADD CONSTRAINT "waitlist_entries_participation_wall" FOREIGN KEY ("rdv_id","participation_id") REFERENCES "public"."participations"("rdv_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waitlist_offers" ADD CONSTRAINT "waitlist_offers_agent_id_agents_id_fk" FOREIGN KEY ("agent_id") REFERENCES "public"."agents"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waitlist_offers" ADD CONSTRAINT "waitlist_offers_entry_wall" FOREIGN KEY ("territory_id","entry_id") REFERENCES "public"."waitlist_entries"("territory_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "waitlist_entries_once_per_rdv" ON "waitlist_entries" USING btree ("rdv_id") WHERE ended_at is null and rdv_id is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "waitlist_entries_once" ON "waitlist_entries" USING btree ("usager_id","motif_id",coalesce(lieu_id, 0)) WHERE ended_at is null and rdv_id is null;--> statement-breakpoint
CREATE INDEX "waitlist_entries_waiting" ON "waitlist_entries" USING btree ("territory_id","motif_id","lieu_id") WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX "waitlist_entries_usager" ON "waitlist_entries" USING btree ("usager_id");--> statement-breakpoint
CREATE INDEX "waitlist_entries_rdv" ON "waitlist_entries" USING btree ("rdv_id");--> statement-breakpoint
CREATE UNIQUE INDEX "waitlist_offers_one_open" ON "waitlist_offers" USING btree ("entry_id") WHERE state = 'open';--> statement-breakpoint
CREATE INDEX "waitlist_offers_until" ON "waitlist_offers" USING btree ("until_at") WHERE state = 'open';--> statement-breakpoint
CREATE INDEX "waitlist_offers_entry" ON "waitlist_offers" USING btree ("entry_id","starts_at");--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_offer_wall" FOREIGN KEY ("territory_id","offer_id") REFERENCES "public"."waitlist_offers"("territory_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agent_times" ADD CONSTRAINT "agent_times_once_per_offer" UNIQUE("offer_id");--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_once_per_offer" UNIQUE("offer_id","channel");--> statement-breakpoint
ALTER TABLE "agent_times" ADD CONSTRAINT "agent_times_offer" CHECK (offer_id is null or kind = 'hold');--> statement-breakpoint
ALTER TABLE "territories" ADD CONSTRAINT "territories_waitlist_hold" CHECK ("territories"."waitlist_hold_min" between 15 and 1440);--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_of_offer" CHECK (("messages"."offer_id" is not null) = ("messages"."news" = 'offer'));--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_offer_territory" CHECK ("messages"."offer_id" is null or "messages"."territory_id" is not null);--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_news" CHECK (news in ('created', 'moved', 'cancelled', 'reminder', 'offer', 'placed', 'added', 'removed', 'people', 'opening-created', 'opening-changed', 'opening-deleted', 'absence-created', 'absence-changed', 'absence-deleted'));--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_to_one" CHECK (num_nonnulls("messages"."participation_id", "messages"."agent_id", "messages"."offer_id") = 1);--> statement-breakpoint
-- Hand-written: the two tables' files would import each other. A hold goes with its offer.
ALTER TABLE "agent_times" ADD CONSTRAINT "agent_times_offer_wall" FOREIGN KEY ("offer_id") REFERENCES "public"."waitlist_offers"("id") ON DELETE cascade;
