ALTER TABLE "agents" ADD CONSTRAINT "agents_opening_notifications" CHECK (opening_notifications in ('all', 'none'));--> statement-breakpoint
ALTER TABLE "agents" ADD CONSTRAINT "agents_absence_notifications" CHECK (absence_notifications in ('all', 'none'));--> statement-breakpoint
ALTER TABLE "usagers" ADD CONSTRAINT "usagers_affiliation_fund" CHECK (affiliation_fund in ('aucune', 'caf', 'msa'));--> statement-breakpoint
ALTER TABLE "usagers" ADD CONSTRAINT "usagers_family_situation" CHECK (family_situation in ('single', 'in_a_relationship', 'divorced'));--> statement-breakpoint
ALTER TABLE "usagers" ADD CONSTRAINT "usagers_housing" CHECK (housing in ('sdf', 'heberge', 'en_accession_propriete', 'proprietaire', 'autre', 'locataire'));