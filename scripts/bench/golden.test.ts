import { expect, test } from 'vitest'
import { instantMs } from '@/server/scheduling/rules/civil'
import { uniqueStartsMin } from '@/server/scheduling/rules/slot-table'
import { nextAvailability, searchSlots } from '@/server/scheduling/rules/slots'
import { firstStartMin, sweepPairs, unionOf } from './bound'
import { W1, W2, W3, type Workload, makeWorkload } from './workloads'

const PARIS = 'Europe/Paris'
const FIRST_FREE_MS = instantMs(PARIS, '2027-04-30', 540)

function searchOf({ agendas, question }: Workload) {
  const table = searchSlots(agendas, question)
  if (!table.ok) throw new Error(table.reason)
  return { pairs: table.value.count, starts: [...uniqueStartsMin(table.value)] }
}

test.each([
  ['W1', W1, 853, 60],
  ['W2', W2, 155_995, 684],
])('%s has its known answer, and the bound agrees start by start', (_, spec, pairs, starts) => {
  const workload = makeWorkload(spec)
  const found = searchOf(workload)
  expect([found.pairs, found.starts.length]).toEqual([pairs, starts])
  expect(found.starts).toEqual([...unionOf(sweepPairs(workload))])
})

test('W3 is first free on 30 April 2027 at 9:00, with 50 agents × 12 slots that day', () => {
  const workload = makeWorkload(W3)
  const next = nextAvailability(workload.agendas, workload.question)
  expect(next).toMatchObject({ ok: true, value: { startMs: FIRST_FREE_MS, agentId: 1 } })
  expect(firstStartMin(workload)).toBe(FIRST_FREE_MS / 60_000)
  const [fromMs, toMs] = [instantMs(PARIS, '2027-04-30', 0), instantMs(PARIS, '2027-05-01', 0)]
  const thatDay = searchOf({ ...workload, question: { ...workload.question, fromMs, toMs } })
  expect([thatDay.pairs, thatDay.starts.length]).toEqual([600, 12])
})
