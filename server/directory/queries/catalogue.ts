import { and, asc, desc, eq, inArray, isNull, ne, sql, type SQL } from 'drizzle-orm'
import {
  agents,
  events,
  lieux,
  motifCategories,
  motifs,
  organisations,
  services,
  territories,
  territoryServices,
} from '@/db/schema'
import { AppError, found } from '@/server/kernel/errors'
import { inRead, type Ctx, type ReadCtx } from '@/server/platform/ctx'
import { instantSql } from '@/server/platform/sql'
import { mayAdministerOrganisation } from '@/server/access/policy'
import { MOTIF_COLUMNS } from './motif-columns'

const MAX_LISTED = 2000

/** The organisation, when the actor administers what it offers; beyond reach is not found. */
export async function findConfigurable(read: ReadCtx, organisationId: number) {
  const [row] = await read.db
    .select({
      organisationId: organisations.id,
      name: organisations.name,
      verticale: organisations.verticale,
      territoryId: organisations.territoryId,
      territoryName: territories.name,
    })
    .from(organisations)
    .innerJoin(territories, eq(territories.id, organisations.territoryId))
    .where(eq(organisations.id, organisationId))
  return found(row && mayAdministerOrganisation(read.actor, row) ? row : undefined)
}

/** What the forms of an organisation's catalogue offer, and where else the actor may copy a motif. */
export const getCatalogue = (ctx: Ctx, { organisationId }: { organisationId: number }) =>
  inRead(ctx, async (read) => {
    const organisation = await findConfigurable(read, organisationId)
    const { territoryId } = organisation
    const offered = await read.db
      .select({ id: services.id, name: services.name })
      .from(territoryServices)
      .innerJoin(services, eq(services.id, territoryServices.serviceId))
      .where(eq(territoryServices.territoryId, territoryId))
      .orderBy(asc(services.name))
    const categories = await read.db
      .select({ id: motifCategories.id, name: motifCategories.name })
      .from(motifCategories)
      .orderBy(asc(motifCategories.name))
    const others = await read.db
      .select({ organisationId: organisations.id, name: organisations.name, territoryId: organisations.territoryId })
      .from(organisations)
      .where(and(eq(organisations.territoryId, territoryId), ne(organisations.id, organisationId)))
      .orderBy(asc(organisations.name))
    const { actor } = read
    return {
      ...organisation,
      services: offered,
      categories,
      siblings: others.filter((other) => mayAdministerOrganisation(actor, other)),
      administersTerritory: actor.kind === 'agent' && actor.administers.includes(territoryId),
    }
  })

/** Openings that go on: their last day, if any, is not past. */
const livingOpenings = (now: Date): SQL => sql`(p.last_day is null or p.last_day >= ${instantSql(now)}::date - 1)`

const lieuColumns = (now: Date) => ({
  id: lieux.id,
  organisationId: lieux.organisationId,
  territoryId: lieux.territoryId,
  version: lieux.version,
  name: lieux.name,
  address: lieux.address,
  cityCode: lieux.cityCode,
  latitude: lieux.latitude,
  longitude: lieux.longitude,
  phone: lieux.phone,
  hours: lieux.hours,
  accessibilityNote: lieux.accessibilityNote,
  availability: lieux.availability,
  openingCount: sql<number>`(select count(*)::integer from openings p where p.lieu_id = lieux.id and ${livingOpenings(now)})`,
  futureRdvCount: sql<number>`(select count(*)::integer from rdvs r where r.lieu_id = lieux.id
    and r.starts_at > ${instantSql(now)} and r.status = 'unknown')`,
  /** Whether nothing ever took place there: it may then be erased. */
  isUsed: sql<boolean>`exists (select from openings p where p.lieu_id = lieux.id)
    or exists (select from rdvs r where r.lieu_id = lieux.id)`,
})

/** The lieux of an organisation, those that receive people first; those of one RDV alone are left out. */
export const listLieux = (ctx: Ctx, { organisationId }: { organisationId: number }) =>
  inRead(ctx, async (read) => {
    await findConfigurable(read, organisationId)
    return read.db
      .select(lieuColumns(read.now))
      .from(lieux)
      .where(and(eq(lieux.organisationId, organisationId), ne(lieux.availability, 'single_use')))
      .orderBy(desc(lieux.availability), asc(lieux.name), asc(lieux.id))
      .limit(MAX_LISTED)
  })

export const getLieu = (ctx: Ctx, { lieuId }: { lieuId: number }) =>
  inRead(ctx, async (read) => {
    const [lieu] = await read.db
      .select(lieuColumns(read.now))
      .from(lieux)
      .where(and(eq(lieux.id, lieuId), ne(lieux.availability, 'single_use')))
    const { organisationId, territoryId } = found(lieu)
    if (!mayAdministerOrganisation(read.actor, { organisationId, territoryId })) throw new AppError('not-found')
    return { ...found(lieu), lastChange: await lastChangeOf(read, 'lieu', lieuId) }
  })

/** Who changed it last, and when; null when nobody is known to have. */
async function lastChangeOf({ db }: ReadCtx, kind: 'motif' | 'lieu', id: number) {
  const [row] = await db
    .select({
      at: events.occurredAt,
      by: sql<string | null>`concat_ws(' ', ${agents.firstName}, ${agents.lastName})`,
    })
    .from(events)
    .leftJoin(agents, and(eq(events.actorKind, 'agent'), eq(agents.id, events.actorId)))
    .where(and(eq(events.subjectKind, kind), eq(events.subjectId, id)))
    .orderBy(desc(events.occurredAt), desc(events.id))
    .limit(1)
  return row ?? null
}

const listedColumns = (now: Date) => ({
  ...MOTIF_COLUMNS,
  organisationName: organisations.name,
  serviceName: services.name,
  serviceShortName: services.shortName,
  categoryName: motifCategories.name,
  openingCount: sql<number>`(select count(*)::integer from opening_motifs om join openings p on p.id = om.opening_id
    where om.motif_id = motifs.id and ${livingOpenings(now)})`,
})

const readMotifs = ({ db, now }: ReadCtx, where: SQL | undefined) =>
  db
    .select(listedColumns(now))
    .from(motifs)
    .innerJoin(organisations, eq(organisations.id, motifs.organisationId))
    .innerJoin(services, eq(services.id, motifs.serviceId))
    .leftJoin(motifCategories, eq(motifCategories.id, motifs.categoryId))
    .where(and(isNull(motifs.deletedAt), where))
    .orderBy(asc(organisations.name), asc(services.name), asc(motifs.name), asc(motifs.id))
    .limit(MAX_LISTED)

/** The motifs of an organisation with every option: for its admins alone, those closed to the public included. */
export const listMotifs = (ctx: Ctx, { organisationId }: { organisationId: number }) =>
  inRead(ctx, async (read) => {
    await findConfigurable(read, organisationId)
    return readMotifs(read, eq(motifs.organisationId, organisationId))
  })

/** The motifs of every organisation of a territory, for its admins. */
export const listMotifsOfTerritory = (ctx: Ctx, { territoryId }: { territoryId: number }) =>
  inRead(ctx, (read) => {
    const { actor } = read
    if (actor.kind !== 'agent' || !actor.administers.includes(territoryId)) throw new AppError('not-found')
    return readMotifs(read, eq(motifs.territoryId, territoryId))
  })

/** One motif, what uses it and who changed it last. */
export const getMotif = (ctx: Ctx, { motifId }: { motifId: number }) =>
  inRead(ctx, async (read) => {
    const [motif] = await readMotifs(read, inArray(motifs.id, [motifId]))
    const { organisationId, territoryId } = found(motif)
    if (!mayAdministerOrganisation(read.actor, { organisationId, territoryId })) throw new AppError('not-found')
    const [use] = await read.db.execute<{ openings: { title: string; agent: string }[] | null; hasRdvs: boolean }>(sql`
      select (select json_agg(json_build_object('title', p.title, 'agent', concat_ws(' ', a.first_name, a.last_name)) order by p.id)
              from opening_motifs om join openings p on p.id = om.opening_id join agents a on a.id = p.agent_id
              where om.motif_id = ${motifId} and ${livingOpenings(read.now)}) as openings,
             exists (select from rdvs where motif_id = ${motifId}) as "hasRdvs"`)
    return {
      ...found(motif),
      openings: use?.openings ?? [],
      hasRdvs: use?.hasRdvs ?? false,
      lastChange: await lastChangeOf(read, 'motif', motifId),
    }
  })
