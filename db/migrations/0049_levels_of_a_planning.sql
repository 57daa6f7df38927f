ALTER TABLE "agents" DROP CONSTRAINT "agents_opening_notifications";--> statement-breakpoint
ALTER TABLE "agents" DROP CONSTRAINT "agents_absence_notifications";--> statement-breakpoint
-- What « all » said until now, of what others write alone.
UPDATE "agents" SET "opening_notifications" = case "opening_notifications" when 'all' then 'others' else 'none' end,
  "absence_notifications" = case "absence_notifications" when 'all' then 'others' else 'none' end;--> statement-breakpoint
ALTER TABLE "agents" ALTER COLUMN "opening_notifications" SET DEFAULT 'others';--> statement-breakpoint
ALTER TABLE "agents" ALTER COLUMN "absence_notifications" SET DEFAULT 'others';--> statement-breakpoint
ALTER TABLE "agents" ADD CONSTRAINT "agents_opening_notifications" CHECK (opening_notifications in ('all', 'others', 'soon', 'none'));--> statement-breakpoint
ALTER TABLE "agents" ADD CONSTRAINT "agents_absence_notifications" CHECK (absence_notifications in ('all', 'others', 'soon', 'none'));
