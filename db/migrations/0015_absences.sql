ALTER TABLE "absence_exceptions" DROP CONSTRAINT "absence_exceptions_whole";--> statement-breakpoint
ALTER TABLE "absences" ADD COLUMN "color" text;--> statement-breakpoint
ALTER TABLE "absence_exceptions" ADD CONSTRAINT "absence_exceptions_whole" CHECK (case kind
  when 'cancelled' then num_nonnulls(to_day, start_min, end_min) = 0
  when 'moved' then num_nonnulls(to_day, start_min, end_min) = 3 and start_min between 0 and 1440 and end_min between 0 and 1440
  else false end);--> statement-breakpoint
ALTER TABLE "absences" ADD CONSTRAINT "absences_color_hex" CHECK ("absences"."color" ~ '^#[0-9a-f]{6}$');