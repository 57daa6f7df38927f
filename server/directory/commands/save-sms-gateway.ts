import { mayAdministerTerritory } from '@/server/access/policy'
import { AppError } from '@/server/kernel/errors'
import { MAX_GATEWAYS } from '@/server/kernel/gateways'
import { done, refused, type Outcome } from '@/server/kernel/outcome'
import { inTransaction, type Ctx } from '@/server/platform/ctx'
import { env } from '@/server/platform/env'
import { seal } from '@/server/platform/seal'
import { isUrlAllowed } from '@/server/platform/sms/addresses'
import { territorySmsSet } from '../events/sms'
import { SMS_SEAL, sealedFor } from '../queries/sms'
import { secretGoesTo, type SaveGatewayRefusal } from '../rules/sms'
import type { SaveSmsGateway } from '../schema/sms'
import * as store from '../store/sms'

/**
 * Adds a gateway to a territory, the last to be tried, or changes one; to its admins. An empty secret keeps the one there
 * is, as long as it goes to the same place. Beyond reach is not found.
 */
export const saveSmsGateway = (
  ctx: Ctx,
  { territoryId, gatewayId, secret, typed: settings }: SaveSmsGateway,
): Promise<Outcome<null, SaveGatewayRefusal>> =>
  inTransaction<null, SaveGatewayRefusal>(ctx, async (tx) => {
    if (!mayAdministerTerritory(tx.actor, territoryId)) throw new AppError('not-found')
    const before = await store.lockSms(tx, territoryId)
    if (!before) throw new AppError('not-found')
    const kept = gatewayId === null ? null : before.gateways.find(({ id }) => id === gatewayId)
    if (kept === undefined) return refused('gone')
    if (!kept && before.gateways.length >= MAX_GATEWAYS) return refused('too-many-gateways')
    if (settings.kind === 'http' && !isUrlAllowed(new URL(settings.url), env().SMS_TRUSTED_HOSTS)) {
      return refused('url-not-allowed')
    }
    const isKeptThere = kept && secretGoesTo(kept.settings) === secretGoesTo(settings)
    const sealedSecret = secret ? seal(SMS_SEAL, sealedFor(territoryId), secret) : isKeptThere && kept.sealedSecret
    if (!sealedSecret) return refused('secret-missing')
    const given = { settings, sealedSecret }
    const row = { ...given, territoryId, position: (kept ? before.gateways.indexOf(kept) : before.gateways.length) + 1 }
    // Of another kind it is another: what this one still says of what had left is not read as that one's.
    if (!kept) await store.insertSmsGateway(tx, row)
    else if (kept.settings.kind === settings.kind) await store.updateSmsGateway(tx, kept.id, given)
    else await store.replaceSmsGateway(tx, kept.id, row)
    const [from, to] = [kept ? secretGoesTo(kept.settings) : null, secretGoesTo(settings)]
    await tx.emit(territorySmsSet(territoryId, [{ field: 'smsGateway', from, to }]))
    return done(null)
  })
