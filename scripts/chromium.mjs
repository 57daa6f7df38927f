// Finds a Chromium that really starts. As a command, prints its path.
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { Refusal, reportFailure } from './terminal.mjs'

const require = createRequire(import.meta.url)
const ROOT = path.dirname(import.meta.dirname)
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chromium-headless-shell']
const USUAL_PLACES = [
  '/snap/bin/chromium',
  '/opt/google/chrome/chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]
const ADVICE = 'installez-en un (Debian, Ubuntu : « apt-get install chromium »), ou donnez son chemin dans CHROMIUM'

/** Nothing but the pages under test: no sandbox (root, containers), no call to the outside. */
const CHROMIUM_ARGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Path of a Chromium that displays a page on this machine, or a refusal saying what to do. */
export async function findChromium() {
  const wanted = process.env.CHROMIUM
  if (wanted) {
    if (await displaysPage(wanted)) return wanted
    throw new Refusal(`CHROMIUM vaut « ${wanted} », qui ne démarre pas : corrigez ce chemin ou retirez la variable.`)
  }
  const found = (await firstThatStarts([...inPath(), ...USUAL_PLACES, ownOfPlaywright()])) ?? (await fromPackage())
  if (found) return found
  throw new Refusal(`Aucun navigateur Chromium ne démarre sur cette machine : ${ADVICE}.`)
}

/** Starts it for good, as the tests will: some systems ship a launcher that only advises to install something. */
async function displaysPage(file) {
  if (!file || !fs.existsSync(file)) return false
  const { chromium } = require('@playwright/test')
  try {
    const browser = await chromium.launch({ executablePath: file, args: CHROMIUM_ARGS, timeout: 30_000 })
    try {
      const page = await browser.newPage()
      await page.setContent('<p>bonjour</p>')
      return (await page.textContent('p')) === 'bonjour'
    } finally {
      await browser.close()
    }
  } catch {
    return false
  }
}

/** The first of these files that starts. */
async function firstThatStarts(files) {
  for (const file of files) if (await displaysPage(file)) return file
  return null
}

const inPath = () =>
  (process.env.PATH ?? '').split(path.delimiter).flatMap((folder) => NAMES.map((name) => path.join(folder, name)))

function ownOfPlaywright() {
  try {
    return require('@playwright/test').chromium.executablePath()
  } catch {
    return null
  }
}

/** The Chromium of an npm package: nothing to install on the machine. Unpacked once, beside the dependencies. */
async function fromPackage() {
  let entry
  try {
    entry = require.resolve('@sparticuz/chromium')
  } catch {
    return null
  }
  const { version } = JSON.parse(fs.readFileSync(path.join(entry.split('/build/')[0], 'package.json'), 'utf8'))
  const folder = path.join(ROOT, 'node_modules', '.cache', 'rdv-territoires', `chromium-${version}`)
  const launcher = path.join(folder, 'launch.sh')
  if (await displaysPage(launcher)) return launcher
  unpack(entry, folder)
  for (const withOwnLibraries of [false, true]) {
    writeLauncher(launcher, withOwnLibraries)
    if (await displaysPage(launcher)) return launcher
  }
  return null
}

/** The package unpacks into the temporary folder, shared by all: it gets one of its own, renamed when whole. */
function unpack(entry, folder) {
  if (fs.existsSync(folder)) return
  fs.mkdirSync(path.dirname(folder), { recursive: true })
  const aside = fs.mkdtempSync(`${folder}.tmp-`)
  const code = `import(${JSON.stringify(pathToFileURL(entry).href)}).then((m) => (m.default.default ?? m.default).executablePath())`
  // This variable also unpacks the system libraries a bare machine lacks.
  const env = { ...process.env, TMPDIR: aside, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' }
  const { status, stderr } = spawnSync(process.execPath, ['-e', code], { env, encoding: 'utf8' })
  if (status !== 0) {
    fs.rmSync(aside, { recursive: true, force: true })
    throw new Refusal(
      `Le Chromium fourni n'a pas pu être décompressé (${stderr.trim().split('\n').at(-1)}) : ${ADVICE}.`,
    )
  }
  giveToMe(aside)
  try {
    fs.renameSync(aside, folder)
  } catch {
    fs.rmSync(aside, { recursive: true, force: true }) // unpacked by somebody else meanwhile
  }
}

/** As root, unpacking keeps the packager's numeric owner, who may be anybody here. */
function giveToMe(folder) {
  if (process.getuid?.() !== 0) return
  for (const name of [folder, ...fs.readdirSync(folder, { recursive: true }).map((n) => path.join(folder, n))])
    fs.lchownSync(name, 0, 0)
}

/** A launcher, because the libraries and fonts beside the program are found through the environment. */
function writeLauncher(launcher, withOwnLibraries) {
  const lines = ['#!/bin/sh', 'here=${0%/*}']
  if (withOwnLibraries) lines.push('export LD_LIBRARY_PATH="$here/al2023/lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"')
  if (!fs.existsSync('/etc/fonts/fonts.conf')) lines.push('export FONTCONFIG_PATH="$here/fonts"')
  fs.writeFileSync(launcher, [...lines, 'exec "$here/chromium" "$@"', ''].join('\n'), { mode: 0o755 })
}

if (fs.realpathSync(process.argv[1]) === import.meta.filename)
  findChromium().then((file) => console.log(file), reportFailure)
