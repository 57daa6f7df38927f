import { found } from '@/server/kernel/errors'
import { inIdOrder } from '@/server/kernel/ids'
import { done, refused, type Outcome } from '@/server/kernel/outcome'
import { inRead, inTransaction, withActor, type Ctx, type TxCtx } from '@/server/platform/ctx'
import { consume, LIMITS } from '@/server/platform/limits'
import { violatedConstraint } from '@/server/platform/sql'
import { holdMotifs, lockRdv } from '../queries/locks'
import { findMovingFacts, loadMovingGroup, minuteOf, whyNotMoveOwn, whyNotMoveTo } from '../queries/moving'
import { findRdvByToken } from '../queries/usager-rdvs'
import { rankCandidates } from '../rules/booking'
import type { MoveToRefusal } from '../rules/tunnel'
import type { MoveByLink } from '../schema'
import { lockAgents } from '../store'
import { moveTogether } from './move-together'

type Moved = Outcome<{ startAt: Date }, MoveToRefusal>
/** Whoever won the agent has had the place: others may be left. */
type Attempt = Outcome<{ startAt: Date }, MoveToRefusal | 'agent-lost'>

/** Each round lost is a place somebody else got. */
const MAX_ROUNDS = 200

/**
 * A person moves their RDV, holding its link: same motif, lieu and length, with the agent they know when free, else with
 * whoever receives then, the least loaded first (domain §2.13, §3.2). Judged again under the locks of the RDV and of both
 * agents. `changed-meanwhile` when it no longer starts at `shownStart`; sent again, it changes nothing. Throws `not-found` for
 * a link unknown or revoked.
 */
export async function moveByLink(ctx: Ctx, input: MoveByLink): Promise<Moved> {
  await consume(ctx, LIMITS.linksPerAddress, ctx.clientAddress)
  const { rdvId, participationId } = found(await inRead(ctx, (read) => findRdvByToken(read, input.token)))
  const asThem = withActor(ctx, { kind: 'link', rdvId, participationId })
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const candidates = await lookFor(asThem, input)
    if (!candidates.ok) return candidates
    const outcome = await attempt(asThem, input, candidates.value)
    if (outcome.ok) return outcome
    if (outcome.reason !== 'agent-lost') return refused(outcome.reason)
  }
  throw new Error('the agenda shows a time that the database refuses')
}

/** Without any lock: who could receive then, best first. Where it stands already, whoever holds it. */
const lookFor = (ctx: Ctx, { token, startAt }: MoveByLink) =>
  inRead(ctx, async (read): Promise<Outcome<number[], MoveToRefusal>> => {
    const own = found(await findRdvByToken(read, token))
    const facts = await findMovingFacts(read, own.rdvId)
    const why = whyNotMoveOwn(own, read.now)
    if (why || !facts) return refused(why ?? 'not-movable')
    if (own.startAt.getTime() === startAt.getTime()) return done([facts.agentId])
    const at = { agents: 'any', window: minuteOf(startAt) } as const
    const group = await loadMovingGroup(read, { ...own, agentId: facts.agentId }, facts, at)
    const ranked = rankCandidates(group, startAt.getTime()).map(({ agentId }) => agentId)
    if (ranked.length === 0) {
      // Sent twice: what takes the time may be this very RDV, moved since it was read.
      const isThere = (await findRdvByToken(read, token))?.startAt.getTime() === startAt.getTime()
      return isThere ? done([facts.agentId]) : refused(whyNotMoveTo(group, startAt) ?? 'slot-taken')
    }
    return done([...new Set([...ranked.filter((id) => id === facts.agentId), ...ranked])])
  })

async function attempt(ctx: Ctx, input: MoveByLink, candidates: readonly number[]): Promise<Attempt> {
  try {
    return await inTransaction(ctx, (tx) => move(tx, input, candidates))
  } catch (error) {
    if (violatedConstraint(error) === 'agent_times_no_double_booking') return refused('agent-lost')
    throw error
  }
}

async function move(
  tx: TxCtx,
  { token, startAt, shownStart }: MoveByLink,
  [agentId]: readonly number[],
): Promise<Attempt> {
  const { rdvId } = found(await findRdvByToken(tx, token))
  const rdv = await lockRdv(tx, rdvId, 'any')
  // Read again: whoever held it may have changed it.
  const own = found(await findRdvByToken(tx, token))
  const why = whyNotMoveOwn(own, tx.now)
  if (why) return refused(why)
  if (own.startAt.getTime() === startAt.getTime()) return done({ startAt })
  if (own.startAt.getTime() !== shownStart.getTime()) return refused('changed-meanwhile')
  const [holder] = rdv.agentIds
  if (agentId === undefined || holder === undefined) return refused('not-movable')

  await lockAgents(tx, inIdOrder([holder, agentId]))
  const live = await holdMotifs(tx, [own.motifId])
  const facts = await findMovingFacts(tx, own.rdvId)
  if (!facts || live.length === 0) return refused('not-movable')
  const at = { agents: [agentId], window: minuteOf(startAt) }
  const group = await loadMovingGroup(tx, { ...own, agentId: holder }, facts, at)
  if (whyNotMoveTo(group, startAt)) return refused('agent-lost')
  const endsAt = new Date(startAt.getTime() + rdv.endsAt.getTime() - rdv.startsAt.getTime())
  const after = { startsAt: startAt, endsAt, lieuId: rdv.lieuId, agentIds: [agentId] }
  await moveTogether(tx, [{ rdv, after, overlaps: false }])
  return done({ startAt })
}
