// Pages as a server gives them: how many a second, and how long one waits, at 1, 10 and 20 clients.
import fs from 'node:fs'
import path from 'node:path'
import autocannon from 'autocannon'
import { ROOT } from '../data-folder.mjs'
import { say } from '../terminal.mjs'

const CLIENTS = [1, 10, 20]
const RUNS = 7
const RUN_SEC = 2

export async function measurePages({ searched, site }) {
  const { tunnel } = await searched()
  const { url } = await site()
  const slots = `${url}/prendre-rdv/creneau?${new URLSearchParams(tunnel.slots)}`
  const results = []
  for (const clients of CLIENTS) results.push(...(await load(`slots page, ${words(clients)}`, slots, clients)))
  const cookie = await signIn(url)
  if (cookie) results.push(...(await load(`agent's day, ${words(10)}`, `${url}/agent`, 10, { cookie })))
  else say("  Page de l'agent laissée de côté : la connexion de démonstration n'a pas abouti.")
  return results
}

const words = (clients) => `${clients} client${clients > 1 ? 's' : ''}`

async function load(name, url, connections, headers = {}) {
  await fire(url, connections, headers)
  const runs = []
  for (let run = 0; run < RUNS; run++) runs.push(await fire(url, connections, headers))
  return [
    { name, value: medianOf(runs.map(({ rate }) => rate)), unit: 'pages/s', runs: RUNS },
    { name: `${name}, p95`, value: medianOf(runs.map(({ p95 }) => p95)), unit: 'ms', runs: RUNS },
  ]
}

/** One run; anything but a whole page is an error, not a fast answer. */
function fire(url, connections, headers) {
  return new Promise((resolve, reject) => {
    const times = []
    const instance = autocannon({ url, connections, headers, duration: RUN_SEC }, (error, result) => {
      if (error) return reject(error)
      const failed = result.errors + result.timeouts + result.non2xx
      if (failed > 0) return reject(new Error(`${failed} réponses en échec sur ${new URL(url).pathname}`))
      times.sort((a, b) => a - b)
      resolve({ rate: result.requests.total / result.duration, p95: times[Math.ceil(times.length * 0.95) - 1] ?? NaN })
    })
    instance.on('response', (_client, _status, _bytes, ms) => times.push(ms))
  })
}

function medianOf(values) {
  return values.toSorted((a, b) => a - b)[values.length >> 1]
}

/** The demo agent's session cookie; null when signing in did not lead to their pages. */
async function signIn(url) {
  const { password, accounts } = JSON.parse(fs.readFileSync(path.join(ROOT, 'db', 'seed', 'accounts.json'), 'utf8'))
  const body = new URLSearchParams({ email: accounts[0].email, password, retour: '/agent' })
  const answer = await fetch(`${url}/connexion/entrer`, { method: 'POST', body, redirect: 'manual' })
  const cookie = answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
  const page = await fetch(`${url}/agent`, { headers: { cookie }, redirect: 'manual' })
  await page.arrayBuffer()
  return page.status === 200 ? cookie : null
}
