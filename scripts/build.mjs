// Builds the site when its sources changed since the last build of that folder.
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { makeAssets, MANIFEST } from './assets.mjs'
import { ROOT } from './data-folder.mjs'
import { run } from './processes.mjs'
import { Refusal, say, step } from './terminal.mjs'

const FOLDERS = ['app', 'server', 'db', 'public']
const FILES = /^(package(-lock)?\.json|tsconfig\.json|(next|postcss)\.config\.\w+|(proxy|instrumentation\S*)\.ts)$/
const NOT_BUILT = /\.test\.tsx?$|^db[\\/](seed|testing)[\\/]|^public[\\/]assets[\\/]/

export const NEXT = path.join(ROOT, 'node_modules', 'next', 'dist', 'bin', 'next')

/** Fingerprint of everything a build depends on. */
function sourcesHash() {
  const inFolders = FOLDERS.filter((folder) => fs.existsSync(path.join(ROOT, folder))).flatMap((folder) =>
    fs
      .readdirSync(path.join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(ROOT, path.join(entry.parentPath ?? entry.path, entry.name))),
  )
  const atRoot = fs.readdirSync(ROOT).filter((name) => FILES.test(name))
  const files = [...inFolders, ...atRoot].filter((file) => !NOT_BUILT.test(file)).sort()
  const hash = createHash('sha256').update(process.version)
  for (const file of files) hash.update(`\n${file}\n`).update(fs.readFileSync(path.join(ROOT, file)))
  return hash.digest('hex')
}

/** Builds into `distDir` without a word. Answers { code, output }. The stamp comes last: an interrupted build is redone. */
export async function build(distDir, options = {}) {
  const stamp = path.join(ROOT, distDir, 'sources.sha256')
  const hash = sourcesHash()
  fs.rmSync(stamp, { force: true })
  await makeAssets()
  const env = { ...process.env, NEXT_DIST_DIR: distDir, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' }
  const result = await run(process.execPath, [NEXT, 'build'], { cwd: ROOT, env, ...options })
  if (result.code === 0) {
    fs.copyFileSync(MANIFEST, assetsOf(distDir))
    fs.writeFileSync(stamp, hash)
  }
  return result
}

/** The assets a build goes with: made anew for another, theirs stand in the same folder under other names. */
const assetsOf = (distDir) => path.join(ROOT, distDir, 'assets-manifest.json')

/** True when `distDir` holds a whole build of the sources as they are. */
export function isBuilt(distDir) {
  try {
    const stamp = fs.readFileSync(path.join(ROOT, distDir, 'sources.sha256'), 'utf8')
    const isSame = (file) => fs.readFileSync(file, 'utf8') === fs.readFileSync(MANIFEST, 'utf8')
    return stamp === sourcesHash() && isSame(assetsOf(distDir))
  } catch {
    return false
  }
}

/** Builds if needed, telling it; the full output goes to `logFile`. */
export async function ensureBuilt(distDir, logFile) {
  if (isBuilt(distDir)) return
  say('  Construction du site, une minute environ…')
  const { code, output } = await step('Site construit', () => build(distDir))
  fs.rmSync(logFile, { force: true }) // a file already there would keep the mode it was made with
  fs.writeFileSync(logFile, output, { mode: 0o600 })
  if (code !== 0) throw new Refusal(`La construction du site a échoué : voir ${logFile}.`)
}
