import { done, refused, type Outcome } from '@/server/kernel/outcome'
import { inTransaction, type Ctx } from '@/server/platform/ctx'
import { consume, LIMITS } from '@/server/platform/limits'
import { secretHash } from '@/server/platform/tokens'
import { stepOfCode } from '../auth'
import { recoveryCodeUsed } from '../events'
import { findFactor } from '../queries/second-factors'
import { placeOf, readCode, type FactorOwner, type TypedCode } from '../rules/second-factor'
import * as store from '../store/second-factors'

export const recoveryHash = (owner: FactorOwner, code: string): string =>
  secretHash('recovery-code', placeOf(owner), code)

type Factor = NonNullable<Awaited<ReturnType<typeof findFactor>>>

/** Tries in a row at one factor: the last code accepted starts a new count. Out of the transaction, so that failures count. */
export async function countCode(ctx: Ctx, owner: FactorOwner): Promise<void> {
  const factor = await findFactor(ctx, owner)
  await consume(ctx, LIMITS.codesPerAccount, `${placeOf(owner)}|${String(factor?.lastStep ?? 0)}`)
}

/**
 * Whether this code is the owner's, and uses it up: a code of their telephone (RFC 6238, one step early or late, each step
 * once), or a recovery code. Of two that come with the same one at the same instant, the database lets one through.
 */
export const proveFactor = (ctx: Ctx, owner: FactorOwner, typed: string): Promise<Outcome<null, 'wrong-code'>> =>
  inTransaction(ctx, async (tx) => {
    const factor = await findFactor(tx, owner)
    const code = readCode(typed)
    if (!factor?.isConfirmed || !code) return refused('wrong-code')
    if (code.kind === 'totp') return (await takesStep(factor, code)) ? done(null) : refused('wrong-code')
    const leftCount = await store.spendRecoveryCode(tx, factor.id, recoveryHash(owner, code.code))
    if (leftCount === null) return refused('wrong-code')
    await tx.emit(recoveryCodeUsed(owner, leftCount))
    return done(null)

    async function takesStep({ id, secret, lastStep }: Factor, { code: digits }: TypedCode): Promise<boolean> {
      const step = secret === null ? null : stepOfCode(secret, digits, { now: tx.now, lastStep })
      return step !== null && (await store.takeStep(tx, id, step))
    }
  })
