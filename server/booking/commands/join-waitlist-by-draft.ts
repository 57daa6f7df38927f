import { hasInstructions } from '@/server/directory/rules/motif'
import { done, refused, type Outcome } from '@/server/kernel/outcome'
import { openFiles, recognisePerson } from '@/server/people/commands/identify-person'
import { inRead, inTransaction, type Ctx, type ReadCtx, type TxCtx } from '@/server/platform/ctx'
import { consume, LIMITS } from '@/server/platform/limits'
import { parseOnlinePhone } from '@/server/platform/phone'
import { wallClock } from '@/server/scheduling/rules/civil'
import { waitlistJoined } from '../events/waitlist'
import { findDraft } from '../queries/drafts'
import { lockUsager } from '../queries/locks'
import { loadPlaced } from '../queries/tunnel'
import { countOwnWaits, findWaitlistTerritory, type WaitlistTerritory } from '../queries/waiting'
import { loadWaitingSearch } from '../queries/waiting-slots'
import { firstStart, horizonMs } from '../rules/availability'
import { demandsOf, judgeDraft, type Coordinates } from '../rules/draft'
import { MAX_WAITS, type JoinRefusal } from '../rules/waitlist'
import { insertEntry } from '../store/waitlist'

type Joined = Outcome<null, JoinRefusal>

type Question = {
  territory: WaitlistTerritory
  organisationId: number
  motifId: number
  lieuId: number | null
  coordinates: Coordinates
}

/**
 * Somebody who found no slot waits for one: their file is recognised or opened as for a booking, and nothing is booked
 * before they accept (domain §12.1, « prévenez-moi »). Sent twice, they wait once; by another number, they wait there too:
 * nobody takes the place of somebody else by typing their name. The link by which they see their wait, and leave it, goes to
 * what they typed and to nobody else, and whether they waited already is not said: anybody may type anybody's name and number.
 */
export async function joinWaitlistByDraft(ctx: Ctx, { draftId }: { draftId: string }): Promise<Joined> {
  const question = await inRead(ctx, (read) => readQuestion(read, draftId))
  if (!question.ok) return question
  if (await isAnyFree(ctx, question.value)) return refused('slots-left')
  const { person } = question.value.coordinates
  await consume(ctx, LIMITS.bookingsPerContact, person.phone?.e164 ?? null)
  await consume(ctx, LIMITS.bookingsPerContact, person.email)
  await consume(ctx, LIMITS.bookingsPerAddress, ctx.clientAddress)
  return inTransaction(ctx, (tx) => join(tx, question.value))
}

async function readQuestion(read: ReadCtx, draftId: string): Promise<Outcome<Question, JoinRefusal>> {
  const draft = await findDraft(read, draftId)
  if (!draft) return refused('draft-expired')
  const tunnel = await loadPlaced(read, draft.tunnel)
  const [motif] = tunnel.chosen
  if (!motif || !tunnel.place || motif.isCollective) return refused('not-offered')
  const territory = await findWaitlistTerritory(read, tunnel.territory.id)
  if (!territory || territory.holdMin === null) return refused('closed')
  if (hasInstructions(motif) && draft.tunnel.consignes !== 'lues') return refused('draft-incomplete')
  const today = wallClock(territory.zone, read.now.getTime()).onDay
  const judged = judgeDraft(draft.answers, demandsOf(motif), today, parseOnlinePhone)
  if (!judged.ok) return refused('draft-incomplete')
  // Of a confidential motif nobody but the person is told, and it is the responsable who leaves a number (house §10.8).
  if (motif.isConfidential && judged.coordinates.relative) return refused('not-reached')
  return done({
    ...{ territory, organisationId: motif.organisationId, motifId: motif.id },
    lieuId: tunnel.place.kind === 'lieu' ? tunnel.place.id : null,
    coordinates: judged.coordinates,
  })
}

/** Whoever may choose a slot at once waits for none: it would be kept from those who do choose. */
async function isAnyFree(ctx: Ctx, { territory, ...awaited }: Question): Promise<boolean> {
  const found = await loadWaitingSearch(ctx, { territory, awaited: { ...awaited, isPublicOnly: true } })
  return (
    found !== null && firstStart(found.search, ctx.now.getTime(), horizonMs([found.motif], ctx.now.getTime())) !== null
  )
}

async function join(tx: TxCtx, question: Question): Promise<Joined> {
  const { territory, organisationId, motifId, lieuId, coordinates } = question
  const territoryId = territory.id
  const { usagerId, newFiles } = await recognisePerson(tx, { ...coordinates, territoryId })
  await openFiles(tx, newFiles, { territoryId, organisationId, usagerIds: [usagerId] })
  await lockUsager(tx, usagerId)
  const { phone, email, address } = coordinates.person
  const contact = { phoneE164: phone?.e164 ?? null, email }
  if ((await countOwnWaits(tx, usagerId, contact)) >= MAX_WAITS) return refused('too-many-waits')
  const entryId = await insertEntry(tx, {
    ...{ territoryId, motifId, lieuId, usagerId, rdvId: null, participationId: null },
    ...{ contactPhone: contact.phoneE164, contactEmail: email, homeAddress: address },
  })
  if (entryId !== null) await tx.emit(waitlistJoined({ id: entryId, territoryId }, { motifId, usagerId, rdvId: null }))
  return done(null)
}
