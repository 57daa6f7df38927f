import { mayAdministerTerritory } from '@/server/access/policy'
import { AppError } from '@/server/kernel/errors'
import { done, type Outcome } from '@/server/kernel/outcome'
import { inTransaction, type Ctx } from '@/server/platform/ctx'
import { territorySendingSet } from '../events/territories'
import type { SendingRules } from '../rules/sending'
import { MIDNIGHT, type SetSending } from '../schema/territories'
import * as store from '../store/territories'

const DAY_MIN = 1440
const minutesOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3))

const FIELDS = ['fromMin', 'untilMin', 'weekdays', 'leadsMin'] as const satisfies (keyof SendingRules)[]

/**
 * Says when the messages of a territory leave and when its RDVs are reminded of, those already placed too; to its
 * admins. Beyond reach is not found.
 */
export const setSending = (
  ctx: Ctx,
  { territoryId, from, until, weekdays, leadsMin }: SetSending,
): Promise<Outcome<null, never>> =>
  inTransaction<null, never>(ctx, async (tx) => {
    if (!mayAdministerTerritory(tx.actor, territoryId)) throw new AppError('not-found')
    const before = await store.lockSendingRules(tx, territoryId)
    if (!before) throw new AppError('not-found')
    const after: SendingRules = {
      fromMin: minutesOf(from),
      untilMin: until === MIDNIGHT ? DAY_MIN : minutesOf(until),
      weekdays: [...new Set(weekdays)].sort((a, b) => a - b),
      leadsMin,
    }
    const values = FIELDS.flatMap((field) => {
      const [was, is] = [String(before[field]), String(after[field])]
      return was === is ? [] : [{ field, from: was, to: is }]
    })
    if (values.length === 0) return done(null)
    await store.setSendingRules(tx, territoryId, after)
    await tx.emit(territorySendingSet(territoryId, values))
    return done(null)
  })
