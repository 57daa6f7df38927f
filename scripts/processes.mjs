// Processes: who is alive, who is who, how a group is started and ended.
import { spawn, spawnSync } from 'node:child_process'
import fs from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'

/** True while a process of this pid exists, whoever owns it. */
export function isAlive(pid) {
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (error.code !== 'EPERM') return false
  }
  return !isZombie(pid)
}

function isZombie(pid) {
  const stat = statFields(pid)
  return stat?.[0] === 'Z'
}

/** Fields of /proc/<pid>/stat after the command's name (which may hold spaces); null outside Linux. */
function statFields(pid) {
  try {
    const text = fs.readFileSync(`/proc/${pid}/stat`, 'utf8')
    return text.slice(text.lastIndexOf(')') + 2).split(' ')
  } catch {
    return null
  }
}

/** Tells a process from another that got the same pid later: boot and start tick. Null where unknown. */
export function processStamp(pid) {
  const startTick = statFields(pid)?.[19]
  if (!startTick) return startedAt(pid)
  return `${readLine('/proc/sys/kernel/random/boot_id')}:${startTick}`
}

/** Where there is no /proc, the start time to the second will do. */
function startedAt(pid) {
  if (fs.existsSync('/proc/self')) return null
  return spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).stdout?.trim() || null
}

const readLine = (file) => {
  try {
    return fs.readFileSync(file, 'utf8').trim()
  } catch {
    return ''
  }
}

/** True when the process recorded as { pid, stamp } is the one running under that pid now. */
export const isSame = ({ pid, stamp }) => isAlive(pid) && (stamp === null || processStamp(pid) === stamp)

/** The command line of a process, words separated by spaces; empty where it cannot be read. */
export function commandLine(pid) {
  if (fs.existsSync('/proc/self')) return readLine(`/proc/${pid}/cmdline`).replaceAll('\0', ' ')
  return spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout?.trim() ?? ''
}

/** Waits until the process is gone. False when it still runs after `limitMs`. */
export async function waitGone(pid, limitMs) {
  const deadlineMs = performance.now() + limitMs
  while (isAlive(pid)) {
    if (performance.now() > deadlineMs) return false
    await wait(25)
  }
  return true
}

/** Signals a whole process group; a group already gone is not an error. */
export function signalGroup(pid, signal) {
  try {
    process.kill(-pid, signal)
  } catch (error) {
    if (error.code !== 'ESRCH' && error.code !== 'EPERM') throw error
  }
}

/** Asks a group to end, then forces it after `graceMs`. */
export async function stopGroup(pid, graceMs = 8000) {
  signalGroup(pid, 'SIGTERM')
  await waitGone(pid, graceMs)
  signalGroup(pid, 'SIGKILL') // the leader, or grandchildren that outlived it
  await waitGone(pid, 2000)
}

/**
 * Starts a long-running command in its own process group, so that Ctrl-C reaches us first and we end it in order.
 * Its output goes to `logFile`, or to the terminal when there is none.
 */
export function startGroup(name, command, args, { cwd, env, logFile }) {
  const output = logFile ? fs.openSync(logFile, 'a', 0o600) : 'inherit'
  const child = spawn(command, args, { cwd, env, detached: true, stdio: ['ignore', output, output] })
  if (typeof output === 'number') fs.closeSync(output)
  const ended = new Promise((resolve) => {
    child.once('error', (error) => resolve({ code: null, signal: null, error }))
    child.once('exit', (code, signal) => resolve({ code, signal, error: null }))
  })
  return { name, pid: child.pid, stamp: child.pid ? processStamp(child.pid) : null, logFile, ended }
}

const running = new Set()
let isClosing = false

/**
 * Runs a command to its end in its own group and keeps what it printed.
 * `limitMs` ends a command that hangs. Never throws: look at `code` (null when it was killed or never started).
 */
export function run(command, args, { limitMs = 15 * 60_000, onOutput, ...options } = {}) {
  if (isClosing) return Promise.resolve({ code: null, output: '' })
  return new Promise((resolve) => {
    const child = spawn(command, args, { ...options, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    const take = (chunk) => {
      output += chunk
      onOutput?.(chunk)
    }
    child.stdout.setEncoding('utf8').on('data', take)
    child.stderr.setEncoding('utf8').on('data', take)
    const timer = setTimeout(() => {
      output += `\nArrêté : plus de ${Math.round(limitMs / 60_000)} minutes.\n`
      signalGroup(child.pid, 'SIGKILL')
    }, limitMs)
    if (child.pid) running.add(child.pid)
    const finish = (code) => {
      clearTimeout(timer)
      running.delete(child.pid)
      resolve({ code, output })
    }
    child.once('error', (error) => {
      output += `${error.message}\n`
      finish(null)
    })
    child.once('close', (code) => finish(code))
  })
}

/** Ends whatever `run` has under way, and lets nothing more begin. */
export function stopRuns(signal = 'SIGTERM') {
  isClosing = true
  running.forEach((pid) => signalGroup(pid, signal))
}
