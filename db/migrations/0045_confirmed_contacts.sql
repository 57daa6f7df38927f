ALTER TABLE "usagers" ADD COLUMN "phone_confirmed" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "usagers" ADD COLUMN "email_confirmed" boolean DEFAULT false NOT NULL;--> statement-breakpoint
-- An agent wrote it, or somebody who had confirmed it when they signed up. What the public typed is not; nor what nobody says who wrote.
UPDATE "usagers" SET "phone_confirmed" = "phone_e_164" is not null, "email_confirmed" = "email" is not null
WHERE "created_through" in ('agent_creation', 'agent_creation_api');--> statement-breakpoint
UPDATE "usagers" SET "email_confirmed" = true
WHERE "created_through" in ('user_sign_up', 'franceconnect_sign_up') and "email" is not null;--> statement-breakpoint
-- What an agent wrote since, unless somebody else wrote over it.
UPDATE "usagers" u SET
  "phone_confirmed" = u."phone_confirmed" or (u."phone_e_164" is not null and coalesce(said.phone_by = 'agent', false)),
  "email_confirmed" = u."email_confirmed" or (u."email" is not null and coalesce(said.email_by = 'agent', false))
FROM (
  SELECT subject_id,
    (array_agg(actor_kind order by id desc) filter (where payload->'fields' ? 'phone'))[1] as phone_by,
    (array_agg(actor_kind order by id desc) filter (where payload->'fields' ? 'email'))[1] as email_by
  FROM "events" WHERE kind = 'usager.changed' and subject_kind = 'usager' GROUP BY subject_id
) said
WHERE said.subject_id = u."id";--> statement-breakpoint
ALTER TABLE "usagers" ADD CONSTRAINT "usagers_phone_confirmed" CHECK ("usagers"."phone_e_164" is not null or not "usagers"."phone_confirmed");--> statement-breakpoint
ALTER TABLE "usagers" ADD CONSTRAINT "usagers_email_confirmed" CHECK ("usagers"."email" is not null or not "usagers"."email_confirmed");
