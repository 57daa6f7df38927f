-- btree_gist: one exclusion constraint on (agent, range). unaccent, pg_trgm: names found without their accents.
CREATE EXTENSION IF NOT EXISTS btree_gist;--> statement-breakpoint
CREATE EXTENSION IF NOT EXISTS unaccent;--> statement-breakpoint
CREATE EXTENSION IF NOT EXISTS pg_trgm;--> statement-breakpoint
-- unaccent() is only stable because its dictionary could change; ours does not, and a generated column needs immutable.
CREATE FUNCTION fold(value text) RETURNS text
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN lower(translate(public.unaccent('public.unaccent'::regdictionary, value), '''’-', '   '));
