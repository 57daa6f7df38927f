import { generateKeyPairSync, randomUUID } from 'node:crypto'
import http from 'node:http'
import { exportJWK } from 'jose'
import Provider from 'oidc-provider'

const CLIENT = { id: 'rdv', secret: 'un-secret-assez-long-pour-la-cle-symetrique' }

/** It says on the console that it is not set up to serve real people: it is not. */
function quietly(make) {
  const { info, warn } = console
  Object.assign(console, { info: () => {}, warn: () => {} })
  try {
    return make()
  } finally {
    Object.assign(console, { info, warn })
  }
}

/** Its page to sign out: `form` is its own, to be sent by a button. */
function askToLeave(context, form) {
  context.body = `<!doctype html><title>Se déconnecter</title>${form}
    <button type="submit" form="op.logoutForm" name="logout" value="yes">Oui</button>`
}

/**
 * An identity provider on loopback, as FranceConnect and ProConnect are one: PKCE, who somebody is in a signed token, a door
 * to sign out. Whoever signs in types anything: `claimsOf` says who that is. Returns its address, how the site is to ask it,
 * and how to stop it.
 */
export async function startIdentityProvider({ appUrl, claimsOf }) {
  let answer = (_, response) => response.writeHead(503).end()
  const server = http.createServer((request, response) => answer(request, response))
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready))
  server.unref()
  const issuer = `http://127.0.0.1:${server.address().port}`
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const jwk = { ...(await exportJWK(privateKey)), use: 'sig', alg: 'RS256', kid: 'one' }
  const provider = quietly(
    () =>
      new Provider(issuer, {
        clients: [
          {
            client_id: CLIENT.id,
            client_secret: CLIENT.secret,
            redirect_uris: [`${appUrl}/mes-rdv/france-connect/retour`, `${appUrl}/connexion/pro-connect/retour`],
            post_logout_redirect_uris: [`${appUrl}/mes-rdv/connexion`, `${appUrl}/connexion`],
            token_endpoint_auth_method: 'client_secret_post',
            id_token_signed_response_alg: 'RS256',
            userinfo_signed_response_alg: 'RS256',
          },
        ],
        jwks: { keys: [jwk] },
        cookies: { keys: [randomUUID()] },
        claims: Object.fromEntries(
          ['given_name', 'family_name', 'preferred_username', 'usual_name', 'birthdate', 'email'].map((name) => [
            name,
            [name],
          ]),
        ),
        acrValues: ['eidas1'],
        features: { jwtUserinfo: { enabled: true }, rpInitiatedLogout: { enabled: true, logoutSource: askToLeave } },
        pkce: { required: () => true },
        ttl: { AccessToken: 600, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
        findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ sub, ...claimsOf(sub) }) }),
      }),
  )
  answer = provider.callback()
  const env = Object.fromEntries(
    ['FRANCECONNECT', 'PROCONNECT'].flatMap((name) => [
      [`${name}_ISSUER`, issuer],
      [`${name}_CLIENT_ID`, CLIENT.id],
      [`${name}_CLIENT_SECRET`, CLIENT.secret],
      [`${name}_ALG`, 'RS256'],
    ]),
  )
  return { issuer, client: CLIENT, env, stop: () => void server.close() }
}

/** Who signs in to the journeys' provider: what they type is their address, `prenom.nom@…`, and says their name. */
export function personOfAddress(email) {
  const [given_name, family_name] = email.split('@')[0].split('.').map(capitalise)
  return { given_name, family_name, usual_name: family_name, birthdate: '1990-02-28', email }
}
const capitalise = (word) => word.charAt(0).toUpperCase() + word.slice(1)
