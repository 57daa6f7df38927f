import { eq } from 'drizzle-orm'
import { agents, superAdmins } from '@/db/schema'
import { found } from '@/server/kernel/errors'
import type { TxCtx } from '@/server/platform/ctx'
import type { Preferences } from '../rules/preferences'
import type { FactorOwner } from '../rules/second-factor'
import { PREFERENCES } from './profile'

/**
 * Holds an account until the transaction ends: entering it, turning its second factor on or off, and closing it come one
 * after the other, each seeing what the one before left.
 */
export async function lockOwner({ db }: TxCtx, { kind, id }: FactorOwner): Promise<void> {
  const people = kind === 'agent' ? agents : superAdmins
  await db.select({ id: people.id }).from(people).where(eq(people.id, id)).for('no key update')
}

/** What an agent chose, held until the transaction ends: two choices at once come one after the other. */
export async function lockPreferences({ db }: TxCtx, agentId: number): Promise<Preferences> {
  const [chosen] = await db.select(PREFERENCES).from(agents).where(eq(agents.id, agentId)).for('no key update')
  return found(chosen)
}
