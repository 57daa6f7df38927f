// `npm run super-admin -- e-mail prénom nom`: creates somebody who runs the platform, or starts their account anew.
// `npm run super-admin -- --off e-mail`: switches their account off. `--new-factor e-mail`: takes a lost second factor away.
import { randomBytes, randomUUID } from 'node:crypto'
import { createDb } from '../db/client'
import { createSuperAdmin } from '../server/access/commands/create-super-admin'
import { disableSuperAdmin } from '../server/access/commands/disable-super-admin'
import { resetSuperAdminFactor } from '../server/access/commands/reset-super-admin-factor'
import type { SuperAdminRefusal } from '../server/access/rules/super-admin'
import { newSuperAdminSchema, whichSuperAdminSchema } from '../server/access/schema/super-admins'
import type { Outcome } from '../server/kernel/outcome'
import { makeCtx, type Ctx } from '../server/platform/ctx'
import { env } from '../server/platform/env'

const USAGE = `Usage :
  npm run super-admin -- prenom.nom@example.fr Prénom Nom   crée le compte, ou le remet à neuf
  npm run super-admin -- --off prenom.nom@example.fr        éteint le compte
  npm run super-admin -- --new-factor prenom.nom@example.fr retire sa double authentification, perdue`

const REFUSALS = {
  unknown: 'Aucun compte du support n’a cette adresse.',
  'already-off': 'Ce compte est éteint.',
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

type Change = {
  change: (ctx: Ctx, which: { email: string }) => Promise<Outcome<null, SuperAdminRefusal>>
  said: string
}

const CHANGES: Readonly<Record<string, Change>> = {
  '--off': { change: disableSuperAdmin, said: 'Compte éteint : ses sessions sont fermées.' },
  '--new-factor': {
    change: resetSuperAdminFactor,
    said: 'Double authentification retirée, sessions fermées. Le mot de passe reste le même ; elle se règle de nouveau à la prochaine connexion.',
  },
}

async function changed(ctx: Ctx, { change, said }: Change, [email, ...others]: readonly string[]): Promise<string[]> {
  const typed = whichSuperAdminSchema.safeParse({ email })
  if (!typed.success || others.length > 0) throw new Error(USAGE)
  const outcome = await change(ctx, typed.data)
  if (!outcome.ok) throw new Error(REFUSALS[outcome.reason])
  return [said]
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
  const one = CHANGES[first]
  const said = await (one ? changed(ctx, one, rest) : create(ctx, [first, ...rest])).finally(close)
  said.forEach((line) => console.log(line))
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : 'Rien n’a changé.')
  process.exitCode = 1
})
