import { found } from '@/server/kernel/errors'
import { done, type Outcome } from '@/server/kernel/outcome'
import { inTransaction, type Ctx, type TxCtx } from '@/server/platform/ctx'
import { consume, LIMITS } from '@/server/platform/limits'
import { usagerChanged } from '../events'
import { findFileOfToken } from '../queries/consents'
import type { SetMailConsent } from '../schema'
import { lockConsents, setConsents } from '../store'

const FIELDS = { mail: 'notifyByEmail', sms: 'notifyBySms' } as const
type Choice = { channel: keyof typeof FIELDS; isOn: boolean }

/**
 * A person says, holding the token of one of their e-mails, whether they are written to by e-mail: by SMS, whoever holds the
 * number says it. Throws `not-found` for a token of nobody. Said again, it changes nothing.
 */
export async function setMailConsent(ctx: Ctx, { token, isOn }: SetMailConsent): Promise<Outcome<null, never>> {
  await consume(ctx, LIMITS.linksPerAddress, ctx.clientAddress)
  return inTransaction<null, never>(ctx, async (tx) => {
    const { usagerId } = found(await findFileOfToken(tx, token))
    await choose(tx, usagerId, { channel: 'mail', isOn })
    return done(null)
  })
}

/** What the person of a file chose, proven by what they hold, within a transaction. */
export async function choose(tx: TxCtx, usagerId: number, { channel, isOn }: Choice): Promise<void> {
  const file = found(await lockConsents(tx, usagerId))
  const field = FIELDS[channel]
  if (file[field] === isOn) return
  await setConsents(tx, usagerId, { [field]: isOn })
  await tx.emit(usagerChanged({ id: usagerId, ...file }, [field], [{ field, from: file[field], to: isOn }]))
}
