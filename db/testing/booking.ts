import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { ANONYMOUS, type Actor, type AgentActor, type SuperAdminActor, type UsagerActor } from '@/server/kernel/actor'
import { personOf } from '@/server/access/queries/accounts'
import { actorOf } from '@/server/access/queries/logins'
import { makeCtx, type Ctx } from '@/server/platform/ctx'
import type { BookSlot } from '@/server/booking/commands/book-slot'
import type { RescheduleRdv } from '@/server/booking/schema'
import type { Db } from '../client'
import { accounts, secondFactors, sessions, superAdmins } from '../schema'
import type { makeBookablePlace } from './make'

export type BookablePlace = Awaited<ReturnType<typeof makeBookablePlace>>

/** Six in the morning in Paris, 1 March 2027: the world of the booking tests. */
export const NOW = new Date('2027-03-01T06:00:00Z')

export function ctxFor<Who extends Actor = Actor>(
  db: Db,
  { actor, ...given }: Partial<Pick<Ctx, 'now' | 'clientAddress'>> & { actor?: Who } = {},
): Ctx & { readonly actor: Who } {
  const who = (actor ?? ANONYMOUS) as Who
  return { ...makeCtx(db, { actor: who, now: NOW, requestId: 'test', clientAddress: null, ...given }), actor: who }
}

/** Who may do anything in the place's organisation; of its service unless told otherwise. */
export const adminOf = (
  { organisation, territory, service }: BookablePlace,
  agentId: number,
  serviceIds: readonly number[] = [service.id],
): AgentActor => ({
  kind: 'agent',
  agentId,
  sessionId: randomUUID(),
  memberships: [{ organisationId: organisation.id, territoryId: territory.id, level: 'admin', isSecretary: false }],
  serviceIds,
  scopes: [
    {
      level: 'write',
      territoryId: territory.id,
      agentIds: 'any',
      organisationIds: [organisation.id],
      serviceIds: 'any',
    },
  ],
  administers: [],
})

/** Somebody as their session makes them: with the rights they have at this moment. */
export async function signedInAs(db: Db, agentId: number): Promise<AgentActor> {
  const [session] = await db
    .insert(sessions)
    .values({ agentId, seenAt: NOW, expiresAt: new Date(NOW.getTime() + 3_600_000) })
    .returning({ id: sessions.id })
  const { actor } = await actorOf(ctxFor(db), session?.id ?? '')
  if (actor.kind !== 'agent') throw new Error('the session opened nothing')
  return actor
}

let people = 0

/** Somebody who runs the platform, signed in with their second factor. */
export async function aSuperAdmin(db: Db, email = `support${String(people++)}@example.org`): Promise<SuperAdminActor> {
  const [person] = await db
    .insert(superAdmins)
    .values({ email, firstName: 'Lou', lastName: 'Marchand', passwordHash: 'x' })
    .returning({ id: superAdmins.id })
  const superAdminId = person?.id ?? 0
  await db.insert(secondFactors).values({ superAdminId, sealedSecret: 'x', confirmedAt: NOW })
  const [session] = await db
    .insert(sessions)
    .values({ superAdminId, seenAt: NOW, expiresAt: new Date(NOW.getTime() + 3_600_000) })
    .returning({ id: sessions.id })
  const { actor } = await actorOf(ctxFor(db), session?.id ?? '')
  if (actor.kind !== 'super-admin') throw new Error('the session opened nothing')
  return actor
}

/** Somebody signed in to what is theirs, by this phone. */
export async function aPerson(db: Db, phoneE164 = `+3361${String(1_000_000 + people++)}`): Promise<UsagerActor> {
  const [account] = await db.insert(accounts).values({ phoneE164 }).returning({ id: accounts.id })
  const [session] = await db
    .insert(sessions)
    .values({ accountId: account?.id, seenAt: NOW, expiresAt: new Date(NOW.getTime() + 3_600_000) })
    .returning({ id: sessions.id })
  const { actor } = await personOf(ctxFor(db), session?.id ?? '')
  if (actor.kind !== 'usager') throw new Error('the session opened nothing')
  return actor
}

/** The question of somebody new each time, for this place and start. */
export function bookingQuestion(place: BookablePlace, startAt: Date, over: Partial<BookSlot> = {}): BookSlot {
  const phone = `+336${String(10_000_000 + people++)}`
  return {
    bookingKey: randomUUID(),
    territory: place.territory,
    motifIds: [place.motif.id],
    choiceMotifIds: [place.motif.id],
    lieuId: place.lieu.id,
    startAt,
    coordinates: {
      person: {
        firstName: 'Léa',
        lastName: 'Martin',
        bornOn: null,
        phone: { typed: phone, e164: phone },
        email: null,
        address: null,
      },
      relative: null,
    },
    ...over,
  }
}

/** How often each answer came. */
export function tally(outcomes: readonly { ok: boolean; reason?: string }[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { ok, reason } of outcomes) {
    const answer = ok ? 'done' : (reason ?? 'refused')
    counts[answer] = (counts[answer] ?? 0) + 1
  }
  return counts
}

/** What stands in the database for a place, counted. `overlaps`: pairs of live times of one agent that meet. */
export async function standing(db: Db, place: BookablePlace) {
  const [row] = await db.execute<Record<'overlaps' | 'rdvs' | 'people' | 'bookings', number>>(sql`
    select (select count(*)::integer from agent_times a join agent_times b
              on a.agent_id = b.agent_id and a.id < b.id and a.during && b.during
            join rdvs r on r.id = a.rdv_id
            where a.occupies and b.occupies and r.territory_id = ${place.territory.id}) as overlaps,
           (select count(*)::integer from rdvs where territory_id = ${place.territory.id} and occupies) as rdvs,
           (select count(*)::integer from usagers where territory_id = ${place.territory.id}) as people,
           (select count(*)::integer from events where territory_id = ${place.territory.id} and kind = 'rdv.booked') as bookings`)
  if (!row) throw new Error('no row')
  return row
}

/** An RDV as an agent sees it at this moment: what they post to move it, but for what they change. */
export async function heldNow(db: Db, rdvId: number): Promise<RescheduleRdv> {
  const [row] = await db.execute<Omit<RescheduleRdv, 'startAt'> & { start_ms: number }>(sql`
    select r.id::float8 as "rdvId", r.sequence as "knownSequence", extract(epoch from r.starts_at)::float8 * 1000 as start_ms,
           (extract(epoch from r.ends_at - r.starts_at) / 60)::integer as "durationMin", r.lieu_id::float8 as "lieuId",
           array(select t.agent_id::float8 from agent_times t where t.rdv_id = r.id order by 1) as "agentIds"
    from rdvs r where r.id = ${rdvId}`)
  if (!row) throw new Error('no such RDV')
  const { start_ms, ...held } = row
  return { ...held, startAt: new Date(start_ms), acknowledged: [] }
}
