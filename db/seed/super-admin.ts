import { seal } from '@/server/platform/seal'
import type { Tx } from '../client'
import { secondFactors, superAdmins } from '../schema'
import accounts from './accounts.json'

/** The demo's super-admin, whose second factor everybody may put into their telephone (accounts.json). */
export async function insertSuperAdmin(tx: Tx, passwordHash: string, now: Date) {
  const { name, email, totpKey } = accounts.superAdmin
  const [firstName = '', lastName = ''] = name.split(' ')
  const [row] = await tx
    .insert(superAdmins)
    .values({ email, firstName, lastName, passwordHash, createdAt: now })
    .returning({ id: superAdmins.id })
  if (!row) throw new Error('insert returned no row')
  await tx.insert(secondFactors).values({
    superAdminId: row.id,
    sealedSecret: seal('second-factor', `super-admin|${String(row.id)}`, totpKey),
    confirmedAt: now,
    createdAt: now,
  })
}
