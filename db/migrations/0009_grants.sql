CREATE TABLE "agent_group_members" (
	"group_id" bigint NOT NULL,
	"agent_id" bigint NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "agent_group_members_group_id_agent_id_pk" PRIMARY KEY("group_id","agent_id")
);
--> statement-breakpoint
CREATE TABLE "agent_groups" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "agent_groups_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"territory_id" bigint NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "agent_groups_name_unique" UNIQUE("territory_id","name"),
	CONSTRAINT "agent_groups_wall" UNIQUE("territory_id","id")
);
--> statement-breakpoint
CREATE TABLE "grants" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "grants_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"territory_id" bigint NOT NULL,
	"grantee_kind" text NOT NULL,
	"grantee_agent_id" bigint,
	"grantee_group_id" bigint,
	"grantee_organisation_id" bigint,
	"grantee_service_id" bigint,
	"target_kind" text NOT NULL,
	"target_agent_id" bigint,
	"target_group_id" bigint,
	"target_organisation_id" bigint,
	"target_service_id" bigint,
	"level" text NOT NULL,
	"scope_organisation_ids" bigint[],
	"scope_service_ids" bigint[],
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "grants_unique" UNIQUE NULLS NOT DISTINCT("territory_id","grantee_kind","grantee_agent_id","grantee_group_id","grantee_organisation_id","grantee_service_id","target_kind","target_agent_id","target_group_id","target_organisation_id","target_service_id","scope_organisation_ids","scope_service_ids"),
	CONSTRAINT "grants_level" CHECK (level in ('busy', 'read', 'write')),
	CONSTRAINT "grants_grantee" CHECK (case grantee_kind
  when 'agent' then grantee_agent_id is not null and num_nonnulls(grantee_group_id, grantee_organisation_id, grantee_service_id) = 0
  when 'group' then grantee_group_id is not null and num_nonnulls(grantee_agent_id, grantee_organisation_id, grantee_service_id) = 0
  when 'colleagues' then grantee_organisation_id is not null and num_nonnulls(grantee_agent_id, grantee_group_id) = 0
  when 'secretaries' then grantee_organisation_id is not null and num_nonnulls(grantee_agent_id, grantee_group_id, grantee_service_id) = 0
  when 'admins' then grantee_organisation_id is not null and num_nonnulls(grantee_agent_id, grantee_group_id, grantee_service_id) = 0
  else false end),
	CONSTRAINT "grants_target" CHECK (case target_kind
  when 'agent' then target_agent_id is not null and num_nonnulls(target_group_id, target_organisation_id, target_service_id) = 0
  when 'group' then target_group_id is not null and num_nonnulls(target_agent_id, target_organisation_id, target_service_id) = 0
  when 'everyone' then target_organisation_id is not null and num_nonnulls(target_agent_id, target_group_id) = 0
  else false end),
	CONSTRAINT "grants_scope" CHECK (cardinality(scope_organisation_ids) > 0 and cardinality(scope_service_ids) > 0)
);
--> statement-breakpoint
ALTER TABLE "agent_group_members" ADD CONSTRAINT "agent_group_members_group_id_agent_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."agent_groups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agent_group_members" ADD CONSTRAINT "agent_group_members_agent_id_agents_id_fk" FOREIGN KEY ("agent_id") REFERENCES "public"."agents"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agent_groups" ADD CONSTRAINT "agent_groups_territory_id_territories_id_fk" FOREIGN KEY ("territory_id") REFERENCES "public"."territories"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grants" ADD CONSTRAINT "grants_territory_id_territories_id_fk" FOREIGN KEY ("territory_id") REFERENCES "public"."territories"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grants" ADD CONSTRAINT "grants_grantee_agent_id_agents_id_fk" FOREIGN KEY ("grantee_agent_id") REFERENCES "public"."agents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grants" ADD CONSTRAINT "grants_grantee_service_id_services_id_fk" FOREIGN KEY ("grantee_service_id") REFERENCES "public"."services"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grants" ADD CONSTRAINT "grants_target_agent_id_agents_id_fk" FOREIGN KEY ("target_agent_id") REFERENCES "public"."agents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grants" ADD CONSTRAINT "grants_target_service_id_services_id_fk" FOREIGN KEY ("target_service_id") REFERENCES "public"."services"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grants" ADD CONSTRAINT "grants_grantee_group_wall" FOREIGN KEY ("territory_id","grantee_group_id") REFERENCES "public"."agent_groups"("territory_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grants" ADD CONSTRAINT "grants_grantee_organisation_wall" FOREIGN KEY ("territory_id","grantee_organisation_id") REFERENCES "public"."organisations"("territory_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grants" ADD CONSTRAINT "grants_target_group_wall" FOREIGN KEY ("territory_id","target_group_id") REFERENCES "public"."agent_groups"("territory_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grants" ADD CONSTRAINT "grants_target_organisation_wall" FOREIGN KEY ("territory_id","target_organisation_id") REFERENCES "public"."organisations"("territory_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "agent_group_members_agent" ON "agent_group_members" USING btree ("agent_id");--> statement-breakpoint
CREATE INDEX "grants_grantee_agent" ON "grants" USING btree ("grantee_agent_id");--> statement-breakpoint
CREATE INDEX "grants_grantee_group" ON "grants" USING btree ("grantee_group_id");--> statement-breakpoint
CREATE INDEX "grants_grantee_organisation" ON "grants" USING btree ("grantee_organisation_id");--> statement-breakpoint
CREATE INDEX "grants_target_agent" ON "grants" USING btree ("target_agent_id");--> statement-breakpoint
-- Who works somewhere already gets what joining gives from now on (server/access/rules/grants.ts).
INSERT INTO "grants" ("territory_id", "grantee_kind", "grantee_organisation_id", "target_kind", "target_organisation_id", "level", "scope_organisation_ids")
SELECT o."territory_id", kind, o."id", 'everyone', o."id", 'write', array[o."id"]
FROM "organisations" o, unnest(array['secretaries', 'admins']) AS kind;--> statement-breakpoint
INSERT INTO "grants" ("territory_id", "grantee_kind", "grantee_organisation_id", "grantee_service_id", "target_kind", "target_agent_id", "level", "scope_organisation_ids", "scope_service_ids")
SELECT r."territory_id", 'colleagues', r."organisation_id", s."service_id", 'agent', r."agent_id", 'write', array[r."organisation_id"], array[s."service_id"]
FROM "agent_roles" r JOIN "agent_services" s ON s."agent_id" = r."agent_id";--> statement-breakpoint
INSERT INTO "grants" ("territory_id", "grantee_kind", "grantee_organisation_id", "target_kind", "target_agent_id", "level")
SELECT r."territory_id", 'colleagues', r."organisation_id", 'agent', r."agent_id", 'busy'
FROM "agent_roles" r;
