CREATE TABLE "place_invitations" (
	"agent_id" bigint NOT NULL,
	"territory_id" bigint NOT NULL,
	"organisation_id" bigint NOT NULL,
	"level" text NOT NULL,
	"is_secretary" boolean NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "place_invitations_agent_id_organisation_id_pk" PRIMARY KEY("agent_id","organisation_id"),
	CONSTRAINT "place_invitations_level" CHECK (level in ('basic', 'admin'))
);
--> statement-breakpoint
ALTER TABLE "grants" DROP CONSTRAINT "grants_level";--> statement-breakpoint
ALTER TABLE "place_invitations" ADD CONSTRAINT "place_invitations_agent_id_agents_id_fk" FOREIGN KEY ("agent_id") REFERENCES "public"."agents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "place_invitations" ADD CONSTRAINT "place_invitations_territory_wall" FOREIGN KEY ("territory_id","organisation_id") REFERENCES "public"."organisations"("territory_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "place_invitations_organisation" ON "place_invitations" USING btree ("organisation_id");--> statement-breakpoint
ALTER TABLE "grants" ADD CONSTRAINT "grants_none_of_place" CHECK (level <> 'none' or grantee_kind in ('colleagues', 'secretaries', 'admins'));--> statement-breakpoint
ALTER TABLE "grants" ADD CONSTRAINT "grants_level" CHECK (level in ('none', 'busy', 'read', 'write'));