-- Generated, then edited by hand: the key comes before what points to it, and a draft keeps its territory when its RDV goes.
ALTER TABLE "booking_drafts" DROP CONSTRAINT "booking_drafts_rdv_id_rdvs_id_fk";
--> statement-breakpoint
ALTER TABLE "rdv_links" DROP CONSTRAINT "rdv_links_rdv_id_rdvs_id_fk";
--> statement-breakpoint
ALTER TABLE "rdv_links" DROP CONSTRAINT "rdv_links_participation_id_participations_id_fk";
--> statement-breakpoint
DROP INDEX "rdv_links_rdv";--> statement-breakpoint
ALTER TABLE "participations" ADD CONSTRAINT "participations_of_rdv" UNIQUE("rdv_id","id");--> statement-breakpoint
ALTER TABLE "booking_drafts" ADD CONSTRAINT "booking_drafts_rdv_wall" FOREIGN KEY ("territory_id","rdv_id") REFERENCES "public"."rdvs"("territory_id","id") ON DELETE set null ("rdv_id") ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rdv_links" ADD CONSTRAINT "rdv_links_participation_wall" FOREIGN KEY ("rdv_id","participation_id") REFERENCES "public"."participations"("rdv_id","id") ON DELETE cascade ON UPDATE no action;
