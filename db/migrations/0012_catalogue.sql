ALTER TABLE "opening_motifs" DROP CONSTRAINT "opening_motifs_motif_wall";
--> statement-breakpoint
ALTER TABLE "lieux" ADD COLUMN "version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "motifs" ADD COLUMN "version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "opening_motifs" ADD CONSTRAINT "opening_motifs_motif_wall" FOREIGN KEY ("territory_id","motif_id") REFERENCES "public"."motifs"("territory_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "lieux_name_unique" ON "lieux" USING btree ("organisation_id",lower("name")) WHERE availability = 'enabled';--> statement-breakpoint
-- How people are received, and whether together, is what the RDVs already taken were promised (domain §1.9).
CREATE FUNCTION keep_motif_kind() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM rdvs WHERE motif_id = old.id) THEN
    RAISE EXCEPTION 'a motif with RDVs keeps its kind' USING errcode = 'check_violation', constraint = 'motifs_kind_frozen';
  END IF;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER motifs_kind_frozen AFTER UPDATE OF location_type, is_collective ON motifs
  FOR EACH ROW WHEN (old.location_type <> new.location_type OR old.is_collective <> new.is_collective)
  EXECUTE FUNCTION keep_motif_kind();
