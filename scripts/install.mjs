// Installs the dependencies when what is on disk is not what the lock file says.
import fs from 'node:fs'
import path from 'node:path'
import { ROOT } from './data-folder.mjs'
import { run } from './processes.mjs'
import { Refusal, say, step } from './terminal.mjs'

const read = (file) => JSON.parse(fs.readFileSync(path.join(ROOT, file), 'utf8')).packages

/** True when every package of the lock file is there in its version (other platforms' packages may be absent). */
function isInstalled() {
  try {
    const wanted = read('package-lock.json')
    const present = read('node_modules/.package-lock.json') // npm writes it last: absent after an interruption
    return Object.entries(wanted).every(([place, { version, optional, devOptional, link }]) => {
      if (place === '' || link) return true
      return present[place] ? present[place].version === version : Boolean(optional || devOptional)
    })
  } catch {
    return false
  }
}

/** `npm ci`, only when needed. Development packages too, even under NODE_ENV=production: the build needs them. */
export async function ensureInstalled() {
  if (isInstalled()) return
  say('  Installation des dépendances, une à deux minutes…')
  const { NODE_ENV: _, ...env } = process.env
  const npm = process.env.npm_execpath?.endsWith('.js') ? [process.execPath, process.env.npm_execpath] : ['npm']
  const [command, ...args] = [...npm, 'ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund']
  const { code, output } = await step('Dépendances installées', () => run(command, args, { cwd: ROOT, env }))
  if (code === 0) return
  const reason = output
    .split('\n')
    .find((line) => /^npm (error|ERR!) \S+ \S/.test(line))
    ?.replace(/^npm (error|ERR!) /, '')
  throw new Refusal(
    `L'installation des dépendances a échoué (${reason ?? 'npm introuvable'}) : vérifiez la connexion, puis lancez « npm ci » pour en voir le détail.`,
  )
}
