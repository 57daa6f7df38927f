DROP INDEX "usagers_email";--> statement-breakpoint
CREATE INDEX "usagers_email" ON "usagers" USING btree ("territory_id","email" text_pattern_ops);