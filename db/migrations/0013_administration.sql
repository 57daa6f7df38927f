ALTER TABLE "login_links" DROP CONSTRAINT "login_links_purpose";--> statement-breakpoint
ALTER TABLE "login_links" ADD COLUMN "email" text;--> statement-breakpoint
CREATE INDEX "events_rights" ON "events" USING btree ("territory_id","occurred_at") WHERE kind like any (array['grant.%', 'member.%', 'group.%']);--> statement-breakpoint
ALTER TABLE "login_links" ADD CONSTRAINT "login_links_email" CHECK (("login_links"."purpose" = 'email-change') = ("login_links"."email" is not null));--> statement-breakpoint
ALTER TABLE "login_links" ADD CONSTRAINT "login_links_purpose" CHECK (purpose in ('sign-in', 'reset-password', 'invitation', 'email-change'));--> statement-breakpoint
-- The last admin stays: what is left is counted under the lock of the organisation or the territory, so that of two at once one is refused.
-- Somebody invited who has not answered administers nothing yet: they neither count nor are kept.
CREATE FUNCTION keep_last_admin() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF old.level <> 'admin' OR (tg_op = 'UPDATE' AND new.level = 'admin' AND new.organisation_id = old.organisation_id)
     OR NOT EXISTS (SELECT FROM agents WHERE id = old.agent_id AND activated_at IS NOT NULL AND deleted_at IS NULL) THEN
    RETURN NULL;
  END IF;
  PERFORM id FROM organisations WHERE id = old.organisation_id FOR NO KEY UPDATE;
  IF NOT EXISTS (SELECT FROM agent_roles r JOIN agents a ON a.id = r.agent_id
                 WHERE r.organisation_id = old.organisation_id AND r.level = 'admin'
                   AND a.activated_at IS NOT NULL AND a.deleted_at IS NULL) THEN
    RAISE EXCEPTION 'an organisation keeps an admin' USING errcode = 'check_violation', constraint = 'agent_roles_last_admin';
  END IF;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER agent_roles_last_admin AFTER UPDATE OR DELETE ON agent_roles
  FOR EACH ROW EXECUTE FUNCTION keep_last_admin();--> statement-breakpoint
CREATE FUNCTION keep_last_territory_admin() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT old.is_admin OR (tg_op = 'UPDATE' AND new.is_admin AND new.territory_id = old.territory_id) THEN
    RETURN NULL;
  END IF;
  PERFORM id FROM territories WHERE id = old.territory_id FOR NO KEY UPDATE;
  IF NOT EXISTS (SELECT FROM territory_roles r JOIN agents a ON a.id = r.agent_id
                 WHERE r.territory_id = old.territory_id AND r.is_admin AND a.deleted_at IS NULL) THEN
    RAISE EXCEPTION 'a territory keeps an admin' USING errcode = 'check_violation', constraint = 'territory_roles_last_admin';
  END IF;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER territory_roles_last_admin AFTER UPDATE OR DELETE ON territory_roles
  FOR EACH ROW EXECUTE FUNCTION keep_last_territory_admin();
