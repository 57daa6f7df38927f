import { found } from '@/server/kernel/errors'
import { done, type Outcome } from '@/server/kernel/outcome'
import { inTransaction, type Ctx, type TxCtx } from '@/server/platform/ctx'
import { consume, LIMITS } from '@/server/platform/limits'
import { usagerChanged } from '../events'
import { usagerOfConsentToken } from '../queries/consents'
import type { SetConsent } from '../schema'
import { lockConsents, setConsents } from '../store'

export type Choice = Pick<SetConsent, 'channel' | 'isOn'>

const FIELDS = { mail: 'notifyByEmail', sms: 'notifyBySms' } as const

/**
 * A person says, holding the token of one of their e-mails, whether they are written to by this channel. Throws
 * `not-found` for a token of nobody. Said again, it changes nothing.
 */
export async function setConsent(ctx: Ctx, { token, ...choice }: SetConsent): Promise<Outcome<null, never>> {
  await consume(ctx, LIMITS.linksPerAddress, ctx.clientAddress)
  const usagerId = found(usagerOfConsentToken(token))
  return inTransaction<null, never>(ctx, async (tx) => {
    await choose(tx, usagerId, choice)
    return done(null)
  })
}

/** The same within a transaction that knows who chooses. */
export async function choose(tx: TxCtx, usagerId: number, { channel, isOn }: Choice): Promise<void> {
  const file = found(await lockConsents(tx, usagerId))
  const field = FIELDS[channel]
  if (file[field] === isOn) return
  await setConsents(tx, usagerId, { [field]: isOn })
  await tx.emit(usagerChanged({ id: usagerId, ...file }, [field], [{ field, from: file[field], to: isOn }]))
}
