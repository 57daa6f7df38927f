ALTER TABLE "exports" DROP CONSTRAINT "exports_format";--> statement-breakpoint
ALTER TABLE "exports" DROP CONSTRAINT "exports_failure";--> statement-breakpoint
ALTER TABLE "exports" ADD CONSTRAINT "exports_format" CHECK (format in ('csv', 'xlsx', 'pdf', 'pdf-large'));--> statement-breakpoint
ALTER TABLE "exports" ADD CONSTRAINT "exports_failure" CHECK (failure in ('too-many', 'interrupted', 'no-longer', 'nobody'));