DROP INDEX "reminders_due";--> statement-breakpoint
CREATE INDEX "reminders_due" ON "reminders" USING btree ("due_at","starts_at","id") WHERE done_at is null;