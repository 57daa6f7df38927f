import { done, refused, type Outcome } from '@/server/kernel/outcome'
import { inTransaction } from '@/server/platform/ctx'
import { seal } from '@/server/platform/seal'
import { newFactorSecret, newRecoveryCodes, stepOfCode } from '../auth'
import { secondFactorSet } from '../events'
import { lockOwner } from '../queries/locks'
import { findFactor, ownerOf, SEAL, type OwnCtx } from '../queries/second-factors'
import { placeOf, readCode } from '../rules/second-factor'
import * as sharedStore from '../store'
import * as store from '../store/second-factors'
import { provePassword } from './prove-password'
import { countCode, proveFactor, recoveryHash } from './prove-second-factor'

/** Draws a secret to put into a telephone. Nothing is asked at the door until a code confirms it. */
export const prepareSecondFactor = (ctx: OwnCtx): Promise<Outcome<null, 'already-on'>> =>
  inTransaction(ctx, async (tx) => {
    const owner = ownerOf(ctx)
    const isReady = await store.prepareFactor(tx, owner, seal(SEAL, placeOf(owner), newFactorSecret()))
    return isReady ? done(null) : refused('already-on')
  })

/**
 * Turns the second factor on with a code of the telephone. Answers the recovery codes, told once. Every other session of
 * theirs is closed: they were opened without it.
 */
export async function confirmSecondFactor(
  ctx: OwnCtx,
  { code: typed }: { code: string },
): Promise<Outcome<{ recoveryCodes: string[] }, 'wrong-code' | 'already-on'>> {
  const owner = ownerOf(ctx)
  await countCode(ctx, owner)
  return inTransaction(ctx, async (tx) => {
    await lockOwner(tx, owner)
    const factor = await findFactor(tx, owner)
    if (factor?.isConfirmed) return refused('already-on')
    const code = readCode(typed)
    const step =
      factor?.secret && code?.kind === 'totp'
        ? stepOfCode(factor.secret, code.code, { now: tx.now, lastStep: factor.lastStep })
        : null
    if (!factor || step === null) return refused('wrong-code')
    if (!(await store.confirmFactor(tx, factor, step))) return refused('wrong-code')
    const codes = newRecoveryCodes()
    await store.insertRecoveryCodes(
      tx,
      factor.id,
      codes.map((one) => recoveryHash(owner, one.replace('-', ''))),
    )
    await sharedStore.revokeSessionsOfOwner(tx, owner, ctx.actor.sessionId)
    await tx.emit(secondFactorSet(owner, true))
    return done({ recoveryCodes: codes })
  })
}

/** The same for an agent, whose session may have been open for days: with their password, asked for before the code is used. */
export const turnOnSecondFactor = async (
  ctx: OwnCtx,
  { password, code }: { password: string; code: string },
): Promise<Outcome<{ recoveryCodes: string[] }, 'wrong-password' | 'wrong-code' | 'already-on'>> =>
  (await provePassword(ctx, ownerOf(ctx), password)) ? confirmSecondFactor(ctx, { code }) : refused('wrong-password')

/** Gives the second factor up: with the password and a code, so that an open session is not enough. For agents: a super-admin keeps theirs. */
export async function removeSecondFactor(
  ctx: OwnCtx,
  { password, code }: { password: string; code: string },
): Promise<Outcome<null, 'wrong-password' | 'wrong-code'>> {
  const owner = ownerOf(ctx)
  if (!(await provePassword(ctx, owner, password))) return refused('wrong-password')
  await countCode(ctx, owner)
  return inTransaction(ctx, async (tx) => {
    await lockOwner(tx, owner)
    const proved = await proveFactor(tx, owner, code)
    if (!proved.ok) return proved
    await store.deleteFactor(tx, owner)
    await tx.emit(secondFactorSet(owner, false))
    return done(null)
  })
}
