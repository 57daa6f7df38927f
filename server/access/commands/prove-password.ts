import type { Ctx } from '@/server/platform/ctx'
import { consume, LIMITS } from '@/server/platform/limits'
import { isPasswordOf } from '../auth'
import { findPasswordHash } from '../queries/logins'
import { placeOf, type FactorOwner } from '../rules/second-factor'

/** Whether this is the owner's own password, asked for again because an open session is not enough. As few tries as at the door. */
export async function provePassword(ctx: Ctx, owner: FactorOwner, password: string): Promise<boolean> {
  await consume(ctx, LIMITS.signInsPerEmail, `own|${placeOf(owner)}`)
  return isPasswordOf(await findPasswordHash(ctx, owner), password)
}
