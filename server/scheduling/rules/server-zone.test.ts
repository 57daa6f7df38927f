import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const run = promisify(execFile)

// The answers of both rules over clock changes, month ends and odd zones, as one line of text.
const ANSWERS = `
import { addDays, instantMs, wallClock, weekdayOf } from './server/scheduling/rules/civil.ts'
import { occurrencesOf, parseRecurrence } from './server/scheduling/rules/recurrence.ts'
const zones = ['Europe/Paris', 'Indian/Reunion', 'America/Guadeloupe', 'America/Miquelon', 'America/Havana']
const days = ['2026-03-07', '2026-03-08', '2026-03-28', '2026-03-29', '2026-10-24', '2026-10-25', '2026-11-01', '2027-01-01']
const minutes = [0, 60, 90, 119, 120, 150, 180, 181, 600, 1380, 1439, 1440]
const instants = zones.flatMap((zone) => days.flatMap((day) => minutes.map((minute) => instantMs(zone, day, minute))))
const clocks = zones.flatMap((zone) => instants.map((ms) => Object.values(wallClock(zone, ms)).join(' ')))
const rules = ['FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO', 'FREQ=MONTHLY;BYDAY=-1SU', 'FREQ=MONTHLY;BYMONTHDAY=31;UNTIL=20261031']
const series = rules.map((rrule) => occurrencesOf({ firstDay: '2026-01-31', rrule, exceptions: [] }, 20500, 20800))
const calendar = days.map((day) => [addDays(day, 1), weekdayOf(day)])
console.log(JSON.stringify([new Date(2026, 9, 25, 2, 30).getTime(), { instants, clocks, series, calendar, rules: rules.map(parseRecurrence) }]))
`

async function answersUnder(zone: string): Promise<[own: number, answers: unknown]> {
  const env = { ...process.env, NODE_OPTIONS: '', TZ: zone }
  const args = ['--import', 'tsx', '--input-type=module', '--eval', ANSWERS]
  const { stdout } = await run(process.execPath, args, { env, maxBuffer: 2 ** 24 })
  return JSON.parse(stdout) as [number, unknown]
}

test('wall-clock time and recurrence answer alike whatever the zone of the server', async () => {
  const zones = ['UTC', 'Europe/Paris', 'Indian/Reunion', 'America/Guadeloupe']
  const all = await Promise.all(zones.map(answersUnder))
  expect(new Set(all.map(([own]) => own)).size).toBe(zones.length)
  for (const [, answers] of all) expect(answers).toEqual(all[0]?.[1])
  expect(all[0]?.[1]).toHaveProperty('instants.length', 5 * 8 * 12)
})
