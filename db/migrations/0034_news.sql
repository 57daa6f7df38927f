CREATE TABLE "news_seen" (
	"agent_id" bigint PRIMARY KEY NOT NULL,
	"seen_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "news_seen" ADD CONSTRAINT "news_seen_agent_id_agents_id_fk" FOREIGN KEY ("agent_id") REFERENCES "public"."agents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "messages_agent" ON "messages" USING btree ("agent_id","created_at") WHERE agent_id is not null;