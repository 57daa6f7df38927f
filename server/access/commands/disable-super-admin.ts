import { sql } from 'drizzle-orm'
import { done, refused, type Outcome } from '@/server/kernel/outcome'
import { inTransaction, type Ctx, type TxCtx } from '@/server/platform/ctx'
import { superAdminDisabled } from '../events/super-admins'
import { findSuperLogin } from '../queries/logins'
import type { SuperAdminRefusal } from '../rules/super-admin'
import { revokeSessionsOfOwner } from '../store'
import * as store from '../store/super-admins'

/**
 * Switches a super-admin off: their sessions, and where they stand in, end at the next request. One remains, whoever asks at
 * the same moment. For the script alone (scripts/super-admin.ts).
 */
export const disableSuperAdmin = (ctx: Ctx, { email }: { email: string }): Promise<Outcome<null, SuperAdminRefusal>> =>
  inTransaction<null, SuperAdminRefusal>(ctx, async (tx) => {
    const activeIds = await lockActive(tx)
    const person = await findSuperLogin(tx, { email })
    if (!person) return refused('unknown')
    if (!activeIds.includes(person.id)) return refused('already-off')
    if (activeIds.length === 1) return refused('last-active')
    await store.setDisabled(tx, person.id)
    await revokeSessionsOfOwner(tx, { kind: 'super-admin', id: person.id }, null)
    await tx.emit(superAdminDisabled(person.id))
    return done(null)
  })

/** Every super-admin who is not switched off, held: of two switched off at once, each is counted before the other goes. */
async function lockActive({ db }: TxCtx): Promise<number[]> {
  const rows = await db.execute<{ id: number }>(sql`
    select id::float8 as id from super_admins where disabled_at is null order by super_admins.id for no key update`)
  return rows.map(({ id }) => id)
}
