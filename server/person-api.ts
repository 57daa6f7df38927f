import { cookies } from 'next/headers'
import { cache } from 'react'
import { encodePerson, personCookie, personIn, type PersonCookie } from './access/auth'
import { askSignIn } from './access/commands/ask-challenge'
import { resumePerson } from './access/commands/resume-session'
import * as persons from './access/commands/sign-in-person'
import { deleteOwnAccount, signOutPerson } from './access/commands/sign-out-person'
import { beginFlow, endFlow, flowSchema, providerSettings, signOutUrl, type FlowRefusal } from './access/gateways/oidc'
import { franceConnectClaims, personOfClaims } from './access/rules/identity'
import type { PasswordSignIn } from './access/schema'
import { callerOf, requestCtx, resumed, type Caller } from './api'
import type { Outcome } from './kernel/outcome'
import type { Ctx } from './platform/ctx'
import { parsePhone } from './platform/phone'

/** The front door of people's own pages: beside the agents' (server/api.ts), with a cookie of its own (docs/decisions/0030). */

async function keep(which: PersonCookie, value: string): Promise<void> {
  const { name, options } = personCookie(which)
  const jar = await cookies()
  jar.set(name, await encodePerson(which, value), options)
}

const kept = async (which: PersonCookie): Promise<string | null> =>
  personIn(which, (await cookies()).get(personCookie(which).name)?.value)

async function drop(which: PersonCookie): Promise<void> {
  const { name, options } = personCookie(which)
  const jar = await cookies()
  jar.set(name, '', { ...options, maxAge: 0 })
}

/** The same request, for the person whose session this browser holds: never the agent's, though one browser may hold both. */
const personCtx = cache(async (): Promise<Ctx> => {
  const [ctx, sessionId] = [await requestCtx(), await kept('session')]
  return sessionId ? resumed(ctx, sessionId, resumePerson) : ctx
})

/** The front door of a person's own pages. */
export const personApi = async (): Promise<Caller> => callerOf(await personCtx())

/** Whether this browser holds a person's session that is still open. */
export const isPersonSignedIn = async (): Promise<boolean> => (await personCtx()).actor.kind === 'usager'

/** Where a person's signing in has got to: a code is awaited, or which family they are of. */
export type PersonStep = { kind: 'code' | 'name'; challengeId: number }

/** Null when this browser is at no step. */
export async function personStep(): Promise<PersonStep | null> {
  const [kind, id] = ((await personIn('step', (await cookies()).get(personCookie('step').name)?.value)) ?? '').split(
    ':',
  )
  return kind === 'code' || kind === 'name' ? { kind, challengeId: Number(id) } : null
}

const keepStep = ({ kind, challengeId }: PersonStep): Promise<void> => keep('step', `${kind}:${String(challengeId)}`)

/** Asks for the code of a mobile. For route handlers only. */
export async function askPersonCode(typed: string): Promise<Outcome<null, 'not-a-phone' | 'not-a-mobile'>> {
  const phone = parsePhone(typed)
  if (!phone) return { ok: false, reason: 'not-a-phone' }
  if (!phone.isMobile) return { ok: false, reason: 'not-a-mobile' }
  const asked = await askSignIn(await personCtx(), { kind: 'phone', phoneE164: phone.e164 })
  if (asked.ok) await keepStep({ kind: 'code', challengeId: asked.value.challengeId })
  return { ok: true, value: null }
}

/** Asks for the link of an e-mail. */
export const askPersonLink = async (email: string) => askSignIn(await personCtx(), { kind: 'email', email })

/** Goes one step on, with a cookie for it. For route handlers only. */
export async function openPersonSession(
  entry:
    | { by: 'code'; code: string }
    | { by: 'link'; token: string }
    | { by: 'name'; letters: string }
    | ({ by: 'password' } & PasswordSignIn),
): Promise<
  Outcome<
    'inside' | 'name',
    'wrong-code' | 'too-late' | 'link-spent' | 'unknown-name' | 'several-names' | 'wrong-credentials'
  >
> {
  const [ctx, step] = [await personCtx(), await personStep()]
  const outcome = await stepOn(ctx, step, entry)
  if (!outcome.ok) return outcome
  const signedIn = outcome.value
  if (signedIn.step === 'name') {
    await keepStep({ kind: 'name', challengeId: signedIn.challengeId })
    return { ok: true, value: 'name' }
  }
  await keep('session', signedIn.sessionId)
  await drop('step')
  return { ok: true, value: 'inside' }
}

function stepOn(ctx: Ctx, step: PersonStep | null, entry: Parameters<typeof openPersonSession>[0]) {
  if (entry.by === 'link') return persons.signInWithAccountLink(ctx, entry)
  if (entry.by === 'password') return persons.signInWithAccountPassword(ctx, entry)
  if (!step) return { ok: false, reason: 'too-late' } as const
  return entry.by === 'code'
    ? persons.signInWithPhoneCode(ctx, { ...step, code: entry.code })
    : persons.nameFamily(ctx, { ...step, letters: entry.letters })
}

/** Signs a person out, here or everywhere, or takes their account away; drops the cookie. For route handlers only. */
export async function closePersonSession(how: 'session' | 'everywhere' | 'delete'): Promise<void> {
  const ctx = await personCtx()
  await (how === 'delete' ? deleteOwnAccount(ctx) : signOutPerson(ctx, how))
  await drop('session')
}

/** Whether people may come by FranceConnect here. */
export const hasFranceConnect = (): boolean => providerSettings('france-connect') !== null

/** Where FranceConnect asks who somebody is; null when it does not answer. For route handlers only. */
export async function beginFranceConnect(): Promise<string | null> {
  const begun = await beginFlow('france-connect', (await personCtx()).now)
  if (!begun) return null
  await keep('flow', JSON.stringify(begun.flow))
  return begun.url
}

/** Who comes back from FranceConnect: in, or why not. For route handlers only. */
export async function endFranceConnect(
  params: Readonly<Record<string, string>>,
): Promise<Outcome<null, FlowRefusal | 'incomplete'>> {
  const ctx = await personCtx()
  const flow = flowSchema.safeParse(JSON.parse((await kept('flow')) ?? 'null'))
  await drop('flow')
  const answer = await endFlow('france-connect', flow.success ? flow.data : null, params, { now: ctx.now })
  if (!answer.ok) return answer
  const claims = franceConnectClaims.safeParse(answer.claims)
  if (!claims.success) return { ok: false, reason: 'incomplete' }
  const signedIn = await persons.signInWithFranceConnect(ctx, personOfClaims(claims.data))
  if (!signedIn.ok) return signedIn
  if (signedIn.value.step === 'inside') await keep('session', signedIn.value.sessionId)
  if (answer.idToken !== null) await keep('provider', answer.idToken)
  return { ok: true, value: null }
}

/** Whether FranceConnect still knows this browser, whose person has left. */
export const isFranceConnectOpen = async (): Promise<boolean> => (await kept('provider')) !== null

/** Where to leave FranceConnect too; null when there is nothing to leave. For route handlers only. */
export async function leaveFranceConnect(): Promise<string | null> {
  const idToken = await kept('provider')
  await drop('provider')
  return idToken === null ? null : signOutUrl('france-connect', idToken)
}
