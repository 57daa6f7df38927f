// `npm run super-admin -- e-mail prénom nom`: creates somebody who runs the platform, or starts their account anew.
// `npm run super-admin -- --off e-mail`: switches their account off.
import { randomBytes, randomUUID } from 'node:crypto'
import { createDb } from '../db/client'
import { createSuperAdmin } from '../server/access/commands/create-super-admin'
import { disableSuperAdmin } from '../server/access/commands/disable-super-admin'
import type { SuperAdminRefusal } from '../server/access/rules/super-admin'
import { newSuperAdminSchema, whichSuperAdminSchema } from '../server/access/schema/super-admins'
import { makeCtx, type Ctx } from '../server/platform/ctx'
import { env } from '../server/platform/env'

const USAGE = `Usage :
  npm run super-admin -- prenom.nom@example.fr Prénom Nom   crée le compte, ou le remet à neuf
  npm run super-admin -- --off prenom.nom@example.fr        éteint le compte`

const REFUSALS = {
  unknown: 'Aucun compte du support n’a cette adresse.',
  'already-off': 'Ce compte est déjà éteint.',
  'last-active': 'C’est le dernier compte du support encore ouvert : créez-en un autre d’abord. Rien n’a changé.',
} as const satisfies Record<SuperAdminRefusal, string>

async function create(ctx: Ctx, [email, firstName, ...lastNames]: readonly string[]): Promise<string[]> {
  const typed = newSuperAdminSchema.safeParse({ email, firstName, lastName: lastNames.join(' ') })
  if (!typed.success) throw new Error(USAGE)
  const password = `${randomBytes(15).toString('base64url')}-A1`
  const outcome = await createSuperAdmin(ctx, { ...typed.data, password })
  if (!outcome.ok) return []
  return [
    outcome.value.isNew ? 'Compte créé.' : 'Compte remis à neuf : ses sessions sont fermées.',
    `  ${env().APP_URL}/super/connexion\n  ${typed.data.email}\n  ${password}`,
    'Ce mot de passe ne sera plus affiché. La double authentification se règle à la première connexion.',
  ]
}

async function switchOff(ctx: Ctx, [email, ...others]: readonly string[]): Promise<string[]> {
  const typed = whichSuperAdminSchema.safeParse({ email })
  if (!typed.success || others.length > 0) throw new Error(USAGE)
  const outcome = await disableSuperAdmin(ctx, typed.data)
  if (!outcome.ok) throw new Error(REFUSALS[outcome.reason])
  return ['Compte éteint : ses sessions sont fermées.']
}

async function main([first = '', ...rest]: readonly string[]): Promise<void> {
  const url = env().DATABASE_DIRECT_URL ?? env().DATABASE_URL
  const { db, close } = createDb(url, { poolSize: 1, applicationName: 'super-admin', prepares: false })
  const ctx = makeCtx(db, {
    actor: { kind: 'system', job: 'super-admin' },
    now: new Date(),
    requestId: randomUUID(),
    clientAddress: null,
  })
  const said = await (first === '--off' ? switchOff(ctx, rest) : create(ctx, [first, ...rest])).finally(close)
  said.forEach((line) => console.log(line))
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : 'Rien n’a changé.')
  process.exitCode = 1
})
