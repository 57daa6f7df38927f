import { and, eq, isNull, sql } from 'drizzle-orm'
import { agents, recoveryCodes, secondFactors, superAdmins } from '@/db/schema'
import type { AgentActor, SuperAdminActor } from '@/server/kernel/actor'
import { inRead, type Ctx } from '@/server/platform/ctx'
import { unseal } from '@/server/platform/seal'
import { factorUri } from '../auth'
import { placeOf, type FactorOwner } from '../rules/second-factor'

export type OwnCtx = Ctx & { readonly actor: AgentActor | SuperAdminActor }

/** Whose second factor this request may set up or give up: one's own. */
export const ownerOf = ({ actor }: OwnCtx): FactorOwner =>
  actor.kind === 'agent' ? { kind: 'agent', id: actor.agentId } : { kind: 'super-admin', id: actor.superAdminId }

/** What codes are sealed under in the database. */
export const SEAL = 'second-factor'

const isOf = ({ kind, id }: FactorOwner) =>
  eq(kind === 'agent' ? secondFactors.agentId : secondFactors.superAdminId, id)

/** The secret opened, and where its codes have got to; null without one, or when APP_SECRET is no longer the one it was sealed under. */
export async function findFactor(ctx: Ctx, owner: FactorOwner) {
  const [row] = await inRead(ctx, ({ db }) =>
    db
      .select({
        id: secondFactors.id,
        sealedSecret: secondFactors.sealedSecret,
        isConfirmed: sql<boolean>`${secondFactors.confirmedAt} is not null`,
        lastStep: secondFactors.lastStep,
      })
      .from(secondFactors)
      .where(isOf(owner)),
  )
  return row ? { ...row, secret: unseal(SEAL, placeOf(owner), row.sealedSecret) } : null
}

export type FactorState =
  | { kind: 'off' }
  /** `key` is what one types when one cannot photograph `uri`. */
  | { kind: 'pending'; key: string; uri: string }
  | { kind: 'on'; codesLeft: number }

/** How one's own second factor stands. */
export async function getMyFactor(ctx: OwnCtx): Promise<FactorState> {
  const owner = ownerOf(ctx)
  return inRead(ctx, async (read) => {
    const factor = await findFactor(read, owner)
    if (factor?.isConfirmed) {
      const [left] = await read.db
        .select({ count: sql<number>`count(*)::integer` })
        .from(recoveryCodes)
        .where(and(eq(recoveryCodes.secondFactorId, factor.id), isNull(recoveryCodes.usedAt)))
      return { kind: 'on', codesLeft: left?.count ?? 0 }
    }
    if (!factor?.secret) return { kind: 'off' }
    const people = owner.kind === 'agent' ? agents : superAdmins
    const [me] = await read.db.select({ email: people.email }).from(people).where(eq(people.id, owner.id))
    return { kind: 'pending', key: factor.secret, uri: factorUri(factor.secret, me?.email ?? '') }
  })
}
