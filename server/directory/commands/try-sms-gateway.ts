import { randomUUID } from 'node:crypto'
import { mayAdministerTerritory } from '@/server/access/policy'
import { AppError } from '@/server/kernel/errors'
import { done, refused, type Outcome } from '@/server/kernel/outcome'
import { inTransaction, type Ctx } from '@/server/platform/ctx'
import { consume, LIMITS } from '@/server/platform/limits'
import { leaves, prefixed } from '@/server/platform/outgoing'
import { parsePhone } from '@/server/platform/phone'
import { captureSms } from '@/server/platform/sms/capture'
import { deliver } from '@/server/platform/sms/deliver'
import { unfollowedKey } from '@/server/platform/sms/fate'
import { territorySmsTried } from '../events/sms'
import { loadSmsGateway } from '../queries/sms'
import type { Trial } from '../rules/sms'
import type { TrySmsGateway } from '../schema/sms'

const WORDS = 'RDV Territoires : ce message montre que la passerelle SMS fonctionne.'

type TrialRefusal = 'gone' | 'not-a-mobile'

/**
 * Sends one SMS by one gateway, to see; to the territory's admins. Kept here outside production, but for a number that is
 * let through. Throws `rate-limited`. Beyond reach is not found.
 */
export async function trySmsGateway(
  ctx: Ctx,
  { territoryId, gatewayId, phone }: TrySmsGateway,
): Promise<Outcome<Trial, TrialRefusal>> {
  if (!mayAdministerTerritory(ctx.actor, territoryId)) throw new AppError('not-found')
  const number = parsePhone(phone)
  if (!number?.isMobile) return refused('not-a-mobile')
  await consume(ctx, LIMITS.smsTrialsPerTerritory, String(territoryId))
  const to = number.e164
  const begun = await inTransaction<Awaited<ReturnType<typeof loadSmsGateway>>, 'gone'>(ctx, async (tx) => {
    const loaded = await loadSmsGateway(tx, { territoryId, gatewayId })
    if (!loaded.isKnown) return refused('gone')
    await tx.emit(territorySmsTried(territoryId, gatewayId))
    if (!leaves(to)) await captureSms(tx.db, { to, text: WORDS, sender: loaded.sender })
    return done(loaded)
  })
  if (!begun.ok) return begun
  const { gateway, sender } = begun.value
  if (!leaves(to)) return done({ outcome: 'captured', reference: null })
  if (!gateway) return done({ outcome: 'denied', reference: null })
  const fate = await deliver(gateway, { to, text: prefixed(WORDS), sender, key: unfollowedKey('trial', randomUUID()) })
  return done({ outcome: fate.fate, reference: fate.fate === 'sent' ? fate.reference : null })
}
