// `node scripts/check-house.mjs [folder]`: the laws of the house that no library checks.
import fs from 'node:fs'
import path from 'node:path'
import * as laws from './house-rules.mjs'
import { readSources, readTables } from './house-source.mjs'

/** Known exceptions, each with its reason. This list only shrinks: a line that excuses nothing any more is a fault. */
const ALLOWED = [
  {
    law: 'writesEmit',
    file: 'server/access/commands/resume-session.ts',
    reason: 'notes that a session is alive: a fact of no interest to anybody, at each request',
  },
  {
    law: 'writesEmit',
    file: 'server/people/commands/join-organisation.ts',
    reason: 'membership follows an RDV, whose own event tells it',
  },
  {
    law: 'writesEmit',
    file: 'server/booking/commands/save-draft.ts',
    reason: 'a draft is not a fact: it lives one hour and nobody may hear of it',
  },
  {
    law: 'writesEmit',
    file: 'server/booking/commands/confirm-draft.ts',
    reason: 'bookSlot, called in the same transaction, tells the fact; this only removes the draft',
  },
]

/** All faults of the house kept in `root`. */
export function faultsOf(root) {
  const sources = readSources(root)
  const house = { sources, tables: readTables(sources) }
  const all = Object.entries(laws).flatMap(([law, check]) => check(house).map((fault) => ({ law, ...fault })))
  const excuses = (fault) => ALLOWED.filter(({ law, file }) => law === fault.law && file === fault.file)
  const used = new Set(all.flatMap(excuses))
  const useless = ALLOWED.filter((excuse) => !used.has(excuse)).map(({ law, file }) => ({
    law,
    file,
    message: "n'a plus besoin de son exception : retirez la ligne de scripts/check-house.mjs.",
  }))
  return { count: sources.length, faults: [...all.filter((fault) => excuses(fault).length === 0), ...useless] }
}

function main() {
  const { count, faults } = faultsOf(path.resolve(process.argv[2] ?? path.dirname(import.meta.dirname)))
  for (const { law, file, line, message } of faults)
    console.error(`✗ ${file}${line ? `:${line}` : ''}  ${message}  [${law}]`)
  if (faults.length > 0) process.exitCode = 1
  else console.log(`La maison est en ordre (${count} fichiers).`)
}

if (fs.realpathSync(process.argv[1]) === import.meta.filename) main()
