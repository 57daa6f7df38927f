import { custom, errors, generators, Issuer, type Client } from 'openid-client'
import * as z from 'zod'
import { env } from '@/server/platform/env'
import { errorFacts, log } from '@/server/platform/log'
import { FLOW_MIN, PROVIDERS, type Provider } from '../rules/identity'

/** A provider that says nothing is given up after this. */
const PATIENCE_MS = 8_000
custom.setHttpOptionsDefaults({ timeout: PATIENCE_MS })

const ASKED = {
  'france-connect': { scope: 'openid given_name family_name preferred_username birthdate email', acr_values: 'eidas1' },
  'pro-connect': { scope: 'openid given_name usual_name email' },
} as const satisfies Record<Provider, { scope: string; acr_values?: string }>

const PATHS = {
  'france-connect': '/mes-rdv/france-connect/retour',
  'pro-connect': '/connexion/pro-connect/retour',
} as const satisfies Record<Provider, string>

const AFTER_SIGN_OUT = {
  'france-connect': '/mes-rdv/connexion',
  'pro-connect': '/connexion',
} as const satisfies Record<Provider, string>

export type Settings = { issuer: string; clientId: string; clientSecret: string; alg: string }

/** How a provider is asked; null when it was not configured: its button is absent then. */
export function providerSettings(provider: Provider): Settings | null {
  const given = env()
  const prefix = provider === 'france-connect' ? 'FRANCECONNECT' : 'PROCONNECT'
  const [issuer, clientId, clientSecret] = [
    given[`${prefix}_ISSUER`],
    given[`${prefix}_CLIENT_ID`],
    given[`${prefix}_CLIENT_SECRET`],
  ]
  if (issuer === undefined || clientId === undefined || clientSecret === undefined) return null
  return { issuer, clientId, clientSecret, alg: given[`${prefix}_ALG`] }
}

const clients = new Map<string, Promise<Client>>()

/** Discovered once; a failure is forgotten, so that the next person asks again. */
function clientOf(provider: Provider, settings: Settings): Promise<Client> {
  const key = JSON.stringify([provider, settings])
  const known = clients.get(key)
  if (known) return known
  const made = Issuer.discover(settings.issuer).then(
    (issuer) =>
      new issuer.Client({
        client_id: settings.clientId,
        client_secret: settings.clientSecret,
        redirect_uris: [env().APP_URL + PATHS[provider]],
        response_types: ['code'],
        token_endpoint_auth_method: 'client_secret_post',
        id_token_signed_response_alg: settings.alg,
        // Signed: what the provider says of somebody is checked against its keys, never only against its address.
        userinfo_signed_response_alg: settings.alg,
      }),
  )
  clients.set(key, made)
  made.catch(() => clients.delete(key))
  return made
}

/** What a browser keeps of its way to the provider, sealed: the answer is worth nothing without it. */
export const flowSchema = z.object({
  provider: z.enum(PROVIDERS),
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  startedMs: z.number(),
})
export type Flow = z.infer<typeof flowSchema>

/** Where to send a browser, and what it is to bring back. Null when the provider is not configured, or does not answer. */
export async function beginFlow(
  provider: Provider,
  now: Date,
  settings: Settings | null = providerSettings(provider),
): Promise<{ url: string; flow: Flow } | null> {
  if (!settings) return null
  try {
    const client = await clientOf(provider, settings)
    const [state, nonce, verifier] = [generators.state(), generators.nonce(), generators.codeVerifier()]
    const url = client.authorizationUrl({
      ...ASKED[provider],
      ...{ state, nonce, code_challenge: generators.codeChallenge(verifier), code_challenge_method: 'S256' },
    })
    return { url, flow: { provider, state, nonce, verifier, startedMs: now.getTime() } }
  } catch (error) {
    log().warn({ provider, error: errorFacts(error) }, 'provider did not answer')
    return null
  }
}

/** `cancelled`: the person, or the provider, said no. `refused`: the answer does not hold. `unreachable`: no answer. */
export type FlowRefusal = 'cancelled' | 'refused' | 'unreachable' | 'too-late'

export type FlowAnswer = { ok: true; claims: unknown; idToken: string | null } | { ok: false; reason: FlowRefusal }

/**
 * What the provider says of who comes back: the code is exchanged, the identity token checked (signature, audience, nonce,
 * age), and what is said of the person read from a token signed by the same keys, about the same subject.
 */
export async function endFlow(
  provider: Provider,
  flow: Flow | null,
  params: Readonly<Record<string, string>>,
  { now, settings = providerSettings(provider) }: { now: Date; settings?: Settings | null },
): Promise<FlowAnswer> {
  if (!settings || flow?.provider !== provider) return { ok: false, reason: 'too-late' }
  if (now.getTime() - flow.startedMs > FLOW_MIN * 60_000) return { ok: false, reason: 'too-late' }
  try {
    const client = await clientOf(provider, settings)
    const { state, nonce, verifier } = flow
    const tokens = await client.callback(
      env().APP_URL + PATHS[provider],
      { ...params },
      { state, nonce, code_verifier: verifier, response_type: 'code' },
    )
    const claims: unknown = await client.userinfo(tokens)
    return { ok: true, claims, idToken: tokens.id_token ?? null }
  } catch (error) {
    const reason = refusalOf(error)
    // Its message may quote a token.
    log().warn({ provider, reason, error: errorFacts(error) }, 'provider’s answer not taken')
    return { ok: false, reason }
  }
}

function refusalOf(error: unknown): FlowRefusal {
  if (error instanceof errors.OPError) return error.error === 'access_denied' ? 'cancelled' : 'refused'
  return error instanceof errors.RPError ? 'refused' : 'unreachable'
}

/** Where to sign out of the provider too; null when it has no such address, or none answers. */
export async function signOutUrl(
  provider: Provider,
  idToken: string,
  settings: Settings | null = providerSettings(provider),
): Promise<string | null> {
  if (!settings) return null
  try {
    const client = await clientOf(provider, settings)
    return client.endSessionUrl({
      id_token_hint: idToken,
      post_logout_redirect_uri: env().APP_URL + AFTER_SIGN_OUT[provider],
      state: generators.state(),
    })
  } catch {
    return null
  }
}
