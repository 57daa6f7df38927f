import { eq } from 'drizzle-orm'
import { agents, superAdmins } from '@/db/schema'
import type { TxCtx } from '@/server/platform/ctx'
import type { FactorOwner } from '../rules/second-factor'

/**
 * Holds an account until the transaction ends: entering it, turning its second factor on or off, and closing it come one
 * after the other, each seeing what the one before left.
 */
export async function lockOwner({ db }: TxCtx, { kind, id }: FactorOwner): Promise<void> {
  const people = kind === 'agent' ? agents : superAdmins
  await db.select({ id: people.id }).from(people).where(eq(people.id, id)).for('no key update')
}
