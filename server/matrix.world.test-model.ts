import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type { Db } from '@/db/client'
import { absences, agentGroups, exports, savedFilters } from '@/db/schema'
import { insertEntry, insertOffer } from './booking/store/waitlist'
import { bookingQuestion, ctxFor, NOW, type BookablePlace } from '@/db/testing/booking'
import { makeAgent, makeGrants, makeMotif, makeOpening } from '@/db/testing/make'
import { bookSlot } from './booking/commands/book-slot'
import { FAR_AWAY } from './matrix.absences.test-model'
import { certain, done } from './kernel/outcome'
import type { World } from './matrix.test-model'
import { inTransaction } from './platform/ctx'

export const placeOf = ({ territory, organisation }: BookablePlace) => ({
  territoryId: territory.id,
  organisationId: organisation.id,
})

/** One of each thing a procedure may name, of this place; null when nobody receives at that time. */
export async function makeWorld(db: Db, here: BookablePlace, startAt: Date): Promise<World | null> {
  const outcome = await bookSlot(ctxFor(db), bookingQuestion(here, startAt))
  if (!outcome.ok) return null
  const { rdvId, participationId, linkId, agentId } = outcome.value
  // One more right on that agenda, for nobody in particular.
  const [grant] = await makeGrants(db, [
    {
      territoryId: here.territory.id,
      grantee: { kind: 'colleagues', organisationId: here.organisation.id, serviceId: here.service.id },
      target: { kind: 'agent', agentId },
      level: 'write',
      organisationIds: [here.organisation.id],
      serviceIds: [1_000_000 + rdvId],
    },
  ])
  const [absence] = await db
    .insert(absences)
    .values({ agentId, zone: here.territory.zone, ...FAR_AWAY })
    .returning({ id: absences.id })
  const opening = await makeOpening(
    db,
    { ...placeOf(here), agentId, lieuId: here.lieu.id, motifIds: [here.motif.id] },
    { firstDay: '2030-03-04', rrule: 'FREQ=WEEKLY;BYDAY=MO' },
  )
  const spare = await makeMotif(db, { ...placeOf(here), serviceId: here.service.id })
  const { id: inviteeId } = await makeAgent(
    db,
    { ...placeOf(here), serviceId: here.service.id },
    { activatedAt: null, invitedAt: new Date('2027-03-01') },
  )
  const usagerEmail = `${randomUUID()}@example.org`
  const [person] = await db.execute<{ id: number }>(sql`
    update usagers set email = ${usagerEmail}
    where id = (select usager_id from participations where id = ${participationId}) returning id::float8 as id`)
  const [group] = await db
    .insert(agentGroups)
    .values({ territoryId: here.territory.id, name: randomUUID() })
    .returning({ id: agentGroups.id })
  const [filter] = await db
    .insert(savedFilters)
    .values({ agentId, name: randomUUID(), query: {} })
    .returning({ id: savedFilters.id })
  const [file] = await db
    .insert(exports)
    .values({
      ...{ agentId, format: 'csv', filter: {}, state: 'done', content: Buffer.from('x'), rdvIds: [rdvId] },
      ...{ touchedAt: NOW, expiresAt: new Date('2028-01-01') },
    })
    .returning({ id: exports.id })
  const usagerId = person?.id ?? 0
  const { waitId, offerId } = await makeWait(db, here, { usagerId, agentId, motifId: spare.id })
  return {
    ...placeOf(here),
    ...{ waitId, offerId },
    ...{ filterId: filter?.id ?? 0, exportId: file?.id ?? 0 },
    ...{ rdvId, participationId, linkId, agentId, grantId: grant?.id ?? 0, absenceId: absence?.id ?? 0 },
    ...{ inviteeId, groupId: group?.id ?? 0, usagerId, usagerEmail, openingId: opening.id },
    ...{ motifId: here.motif.id, lieuId: here.lieu.id, serviceId: here.service.id, spareMotifId: spare.id },
  }
}

/** Somebody who waits for a slot of a motif, and one they are offered, held for nobody. */
async function makeWait(
  db: Db,
  { territory, lieu }: BookablePlace,
  { usagerId, agentId, motifId }: { usagerId: number; agentId: number; motifId: number },
): Promise<{ waitId: number; offerId: number }> {
  const made = await inTransaction<{ waitId: number; offerId: number }, never>(ctxFor(db), async (tx) => {
    const waitId = (await insertEntry(tx, { territoryId: territory.id, motifId, lieuId: lieu.id, usagerId })) ?? 0
    const offerId = await insertOffer(tx, {
      ...{ territoryId: territory.id, entryId: waitId, agentId, isHeld: false },
      startsAt: new Date('2031-03-03T08:00:00Z'),
      endsAt: new Date('2031-03-03T08:30:00Z'),
      untilAt: new Date('2031-03-01T08:00:00Z'),
    })
    return done({ waitId, offerId })
  })
  return certain(made)
}
