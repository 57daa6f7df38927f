import { AppError, allow, found } from '@/server/kernel/errors'
import { done, refused, type Outcome } from '@/server/kernel/outcome'
import { inRead, inTransaction, withActor, type Ctx, type TxCtx } from '@/server/platform/ctx'
import { consume, LIMITS } from '@/server/platform/limits'
import { waitlistJoined } from '../events/waitlist'
import { openMissingLinks } from '../jobs'
import { mayWriteRdv } from '../policy'
import { findAwaitable, type Awaitable } from '../queries/awaitable'
import { lockRdv } from '../queries/locks'
import { listEarlierStarts } from '../queries/moving'
import { findRdvByToken } from '../queries/usager-rdvs'
import { whyNotWait, type WaitRefusal } from '../rules/waitlist'
import { insertEntry } from '../store/waitlist'

type Joined = Outcome<null, WaitRefusal>

/**
 * Whoever holds the link of an RDV waits for an earlier slot of the same motif, at the same place (domain §5.7). What they
 * may move to at once by themselves is not offered to them: it is for them to choose. Asked twice, they wait once. Throws `not-found` for a link unknown or revoked.
 */
export async function joinWaitlistByLink(ctx: Ctx, { token }: { token: string }): Promise<Joined> {
  await consume(ctx, LIMITS.linksPerAddress, ctx.clientAddress)
  const { rdvId, participationId, knownStarts } = await inRead(ctx, async (read) => ({
    ...found(await findRdvByToken(read, token)),
    knownStarts: await listEarlierStarts(read, token),
  }))
  return inTransaction(withActor(ctx, { kind: 'link', rdvId, participationId }), async (tx) => {
    await lockRdv(tx, rdvId, 'any')
    return join(tx, found(await findAwaitable(tx, participationId)), { isByAgent: false, knownStarts })
  })
}

/** An agent has the people of an RDV wait, whoever placed it, booked online or not. Beyond reach is not found. */
export const joinWaitlistOfRdv = (ctx: Ctx, { rdvId }: { rdvId: number }): Promise<Joined> =>
  inTransaction(ctx, async (tx): Promise<Joined> => {
    const rdv = await lockRdv(tx, rdvId)
    allow(mayWriteRdv(tx.actor, rdv))
    const standing = rdv.participations.find(({ status }) => status === 'unknown') ?? rdv.participations[0]
    if (!standing) throw new AppError('not-found')
    // Rows of a former system have none before a message leaves: the wait is read, and answered, by it.
    await openMissingLinks(tx, [rdvId])
    return join(tx, found(await findAwaitable(tx, standing.id)), { isByAgent: true, knownStarts: [] })
  })

/** Under the RDV's lock. */
async function join(
  tx: TxCtx,
  rdv: Awaitable,
  { isByAgent, knownStarts }: { isByAgent: boolean; knownStarts: Date[] },
): Promise<Joined> {
  const why = whyNotWait(rdv, { now: tx.now, isByAgent })
  if (why) return refused(why)
  const { territoryId, motifId, lieuId, usagerId, rdvId, participationId } = rdv
  const entryId = await insertEntry(tx, {
    ...{ territoryId, motifId, lieuId, usagerId, rdvId, participationId, knownStarts },
  })
  if (entryId === null) return done(null)
  await tx.emit(waitlistJoined({ id: entryId, territoryId }, { motifId, usagerId, rdvId }))
  return done(null)
}
