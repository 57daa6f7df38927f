// `npm run super-admin -- e-mail prénom nom`: creates somebody who runs the platform, or starts their account anew.
import { randomBytes, randomUUID } from 'node:crypto'
import { createDb } from '../db/client'
import { createSuperAdmin } from '../server/access/commands/create-super-admin'
import { newSuperAdminSchema } from '../server/access/schema/super-admins'
import { makeCtx } from '../server/platform/ctx'
import { env } from '../server/platform/env'

const USAGE = 'Usage : npm run super-admin -- prenom.nom@example.fr Prénom Nom'

async function main([email, firstName, ...lastNames]: readonly string[]): Promise<void> {
  const typed = newSuperAdminSchema.safeParse({ email, firstName, lastName: lastNames.join(' ') })
  if (!typed.success) throw new Error(USAGE)
  const url = env().DATABASE_DIRECT_URL ?? env().DATABASE_URL
  const { db, close } = createDb(url, { poolSize: 1, applicationName: 'super-admin', prepares: false })
  const password = `${randomBytes(15).toString('base64url')}-A1`
  const ctx = makeCtx(db, {
    actor: { kind: 'system', job: 'super-admin' },
    now: new Date(),
    requestId: randomUUID(),
    clientAddress: null,
  })
  const outcome = await createSuperAdmin(ctx, { ...typed.data, password }).finally(close)
  if (!outcome.ok) return
  console.log(outcome.value.isNew ? 'Compte créé.' : 'Compte remis à neuf : ses sessions sont fermées.')
  console.log(`  ${env().APP_URL}/super/connexion\n  ${typed.data.email}\n  ${password}`)
  console.log('Ce mot de passe ne sera plus affiché. La double authentification se règle à la première connexion.')
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : 'Le compte n’a pas été créé.')
  process.exitCode = 1
})
