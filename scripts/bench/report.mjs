// What a bench says at its end: a table for people, or one JSON document for programs.
import os from 'node:os'
import { GOALS } from './goals.mjs'

export function describeMachine() {
  const cpus = os.cpus()
  return {
    cpu: cpus[0]?.model.trim() ?? 'unknown',
    cores: cpus.length,
    memoryGiB: Math.round(os.totalmem() / 2 ** 30),
    system: `${os.type()} ${os.release()} ${os.arch()}`,
    node: process.versions.node,
    loadAtStart: os.loadavg()[0],
    measuredAt: new Date().toISOString(),
  }
}

export const printDocument = (report) => void process.stdout.write(`${JSON.stringify(report)}\n`)

export function printTable({ machine, results }) {
  const rows = results.map(({ name, value, unit, ratioToBound, runs }) => [
    name,
    `${figure(value)} ${unit}`,
    ratioToBound === undefined ? '' : `× ${figure(ratioToBound)}`,
    GOALS[name] ?? '',
    String(runs),
  ])
  const table = [['mesure', 'valeur', 'à la borne', 'objectif', 'passages'], ...rows]
  const widths = table[0].map((_, column) => Math.max(...table.map((row) => row[column].length)))
  const { cpu, cores, memoryGiB, node, loadAtStart } = machine
  const lines = table.map((row) => row.map((cell, i) => cell[i === 0 ? 'padEnd' : 'padStart'](widths[i])).join('   '))
  lines.splice(1, 0, '-'.repeat(lines[0].length))
  const head = `${cpu}, ${cores} cœurs, ${memoryGiB} Gio, Node ${node}, charge ${loadAtStart.toFixed(2)} au départ`
  process.stdout.write(`\n${head}\n\n${lines.join('\n')}\n`)
}

/** Three significant digits, never a power of ten. */
function figure(value) {
  if (!Number.isFinite(value)) return '–'
  const decimals = value === 0 ? 0 : Math.min(4, Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value)))))
  return value.toLocaleString('fr-FR', { maximumFractionDigits: decimals })
}
