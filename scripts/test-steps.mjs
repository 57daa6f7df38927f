// The steps of `npm test`: what each runs, and what it must wait for.
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { build, isBuilt } from './build.mjs'
import { findChromium } from './chromium.mjs'
import { ROOT } from './data-folder.mjs'
import { ensureDatabase } from './database.mjs'
import { startTestPg } from './pg.mjs'
import { freePort } from './ports.mjs'
import { run, signalGroup, stopGroup } from './processes.mjs'
import { startAddressService } from './address-service.mjs'
import { personOfAddress, startIdentityProvider } from './identity-provider.mjs'
import { migrate, seed, siteEnv, startSite, waitReady } from './site.mjs'
import { add, countPlaywright, countVitest, ONE_FAILED, ONE_PASSED } from './test-reports.mjs'

const DIST_DIR = '.next-test'
/** The same sources built again: what a deployment puts in the place of the first. */
const NEXT_DIST_DIR = '.next-test-next'
const STEP_LIMIT_MS = 30 * 60_000 // a step that hangs, on a machine that does something else besides

/** Nothing of the person's own configuration reaches the tests: above all, not their database. */
const PERSONAL = ['DATABASE_URL', 'DATABASE_DIRECT_URL', 'DATA_DIR', 'APP_ENV', 'APP_URL', 'NEXTAUTH_URL', 'NODE_ENV']
PERSONAL.push('NEXTAUTH_SECRET', 'APP_SECRET', 'PORT', 'HOST', 'SMTP_URL', 'NEXT_DIST_DIR', 'TRUSTED_PROXIES', 'TZ')
for (const name of PERSONAL) delete process.env[name]
Object.assign(process.env, { NEXT_TELEMETRY_DISABLED: '1', NO_COLOR: '1' })

const node = (args, env) =>
  run(process.execPath, args, { cwd: ROOT, env: { ...process.env, ...env }, limitMs: STEP_LIMIT_MS })
const bin = (file) => path.join(ROOT, 'node_modules', file)
const scratch = () => fs.mkdtempSync(path.join(os.tmpdir(), 'rdv-territoires-report-'))

/** A command that passes or fails as a whole. */
const check =
  (...commands) =>
  async () => {
    for (const args of commands) {
      const { code, output } = await node(args)
      if (code !== 0) return { counts: ONE_FAILED, output }
    }
    return { counts: ONE_PASSED }
  }

const vitest = (project) => async (extra) => {
  const folder = scratch()
  const report = path.join(folder, 'report.json')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const args = [bin('vitest/vitest.mjs'), 'run', '--project', project, '--passWithNoTests', ...reporters, ...extra]
  const { code, output } = await node(args)
  const counts = countVitest(report, code)
  fs.rmSync(folder, { recursive: true })
  return { counts, output }
}

/** Two builds, for the journey that a deployment cuts in the middle. */
async function buildTwice() {
  if (isBuilt(DIST_DIR) && isBuilt(NEXT_DIST_DIR)) return { counts: ONE_PASSED, note: 'sources inchangées' }
  for (const distDir of [DIST_DIR, NEXT_DIST_DIR]) {
    const { code, output } = await build(distDir, { limitMs: STEP_LIMIT_MS })
    if (code !== 0) return { counts: ONE_FAILED, output }
  }
  return { counts: ONE_PASSED }
}

/** The whole site on a throw-away database, then the journeys in a real browser. */
async function endToEnd(extra, stopped) {
  const chromium = await findChromium()
  const built = await buildTwice()
  if (built.output !== undefined) return built
  const folder = scratch()
  const pg = await startTestPg()
  try {
    return await withSite({ pg, folder, stopped }, (env) =>
      playwright({ env: { ...env, CHROMIUM: chromium }, folder, extra }),
    )
  } finally {
    await pg.stop()
    fs.rmSync(folder, { recursive: true, force: true })
  }
}

async function withSite({ pg, folder, stopped }, work) {
  await ensureDatabase(pg.url, 'rdv_e2e')
  const port = await freePort()
  const host = '127.0.0.1'
  const appUrl = `http://${host}:${port}`
  const secrets = { nextAuthSecret: randomBytes(32).toString('hex'), appSecret: randomBytes(32).toString('hex') }
  const addresses = await startAddressService()
  const identities = await startIdentityProvider({ appUrl, claimsOf: personOfAddress })
  const env = {
    ...siteEnv({ databaseUrl: `${pg.url}/rdv_e2e`, appEnv: 'demo', appUrl, secrets }),
    ADDRESS_SERVICE_URL: addresses.url,
    MAIL_INBOUND_DOMAIN: 'reponses.rdv.example',
    MAIL_INBOUND_SECRET: randomBytes(32).toString('hex'),
    ...identities.env,
  }
  await migrate(env)
  await seed(env)
  const log = (name) => path.join(folder, `${name}.log`)
  const logs = () => ['web', 'worker'].map((name) => lastLines(log(name))).join('\n')
  const children = startSite({ env, host, port, distDir: DIST_DIR, log })
  const forceOnExit = () => children.forEach(({ pid }) => signalGroup(pid, 'SIGKILL'))
  process.once('exit', forceOnExit)
  try {
    await waitReady({ host, port, children, stopped })
    const result = await work({ ...env, BASE_URL: appUrl, BUILDS: `${DIST_DIR},${NEXT_DIST_DIR}` })
    // What failed comes last, where whoever sees the end of a long record reads it.
    return { ...result, output: `${logs()}\n${result.output}` }
  } catch (error) {
    error.message = `${logs()}\n${error.message}`
    throw error
  } finally {
    await Promise.all(children.map(({ pid }) => stopGroup(pid)))
    addresses.stop()
    identities.stop()
    process.off('exit', forceOnExit)
  }
}

const lastLines = (file, count = 30) =>
  fs.existsSync(file)
    ? `--- ${path.basename(file)}\n${fs.readFileSync(file, 'utf8').trim().split('\n').slice(-count).join('\n')}`
    : ''

async function playwright({ env, folder, extra }) {
  const report = path.join(folder, 'playwright.json')
  const args = [bin('@playwright/test/cli.js'), 'test', '--reporter=list,json', '--pass-with-no-tests', ...extra]
  const { code, output } = await node(args, { ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: report })
  const { journeys, accessibility } = countPlaywright(report, code)
  const parts = [
    { label: 'bout en bout', counts: journeys },
    { label: 'accessibilité', counts: accessibility },
  ]
  return { counts: add(journeys, accessibility), parts, output }
}

/**
 * `id` is what one types after `npm test --`; `after` waits for steps to be over, `needs` for them to have passed;
 * `alone` keeps both cores for one step.
 */
export const STEPS = [
  {
    id: 'types',
    label: 'types',
    alone: true,
    work: check([bin('next/dist/bin/next'), 'typegen'], [bin('typescript-7/bin/tsc'), '--noEmit']),
  },
  {
    id: 'lint',
    label: 'lint',
    after: ['types'],
    work: check([bin('eslint/bin/eslint.js'), '.', '--max-warnings', '0']),
  },
  {
    id: 'format',
    label: 'format',
    work: check([bin('prettier/bin/prettier.cjs'), '--check', '.', '--log-level', 'warn']),
  },
  { id: 'house', label: 'maison', work: check(['scripts/check-house.mjs']) },
  {
    id: 'house',
    label: 'étages',
    work: check([
      bin('dependency-cruiser/bin/dependency-cruise.mjs'),
      'app',
      'server',
      'db',
      '--config',
      '.dependency-cruiser.mjs',
      '-T',
      'err-long',
    ]),
  },
  { id: 'house', label: 'code mort', work: check([bin('knip/bin/knip.js'), '--no-progress']) },
  { id: 'unit', label: 'unitaires', work: vitest('unit') },
  { id: 'build', label: 'construction', after: ['types', 'lint'], work: buildTwice },
  { id: 'db', label: 'base de données', after: ['unit'], alone: true, work: vitest('db') },
  { id: 'e2e', label: 'bout en bout', after: ['db'], needs: ['build'], alone: true, work: endToEnd },
]
