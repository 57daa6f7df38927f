import { beforeEach, describe, expect, test } from 'vitest'
import type { Gateway } from '@/server/kernel/gateways'
import { makeCircuits } from './circuit'
import { deliverInOrder } from './deliver'
import { LATER, UNKNOWN, type Fate } from './fate'

const SMS = { to: '+33612345678', text: 'RDV demain', sender: 'MDS Arras', key: 'one-key' }
const gateway = (gatewayId: number): Gateway => ({ gatewayId, settings: { kind: 'brevo' }, secret: 'x' })
const SENT: Fate = { fate: 'sent', reference: 'r' }

let nowMs: number
let circuits: ReturnType<typeof makeCircuits>
let asked: (number | undefined)[]
beforeEach(() => {
  nowMs = 0
  asked = []
  circuits = makeCircuits(() => nowMs)
})

/** One SMS given to these gateways, each of which takes so long and says so. */
const given = (gatewayIds: readonly number[], fate: Fate, tookMs: number, isUrgent = false) =>
  deliverInOrder(
    gatewayIds.map((gatewayId) => gateway(gatewayId)),
    SMS,
    {
      isUrgent,
      circuits,
      give: ({ gatewayId }) => {
        asked.push(gatewayId)
        nowMs += tookMs
        return Promise.resolve(gatewayId === 1 ? fate : SENT)
      },
    },
  )

async function falls(gatewayId: number) {
  for (let times = 0; times < 3; times++) await given([gatewayId], LATER, 5000)
  asked = []
}

describe('a gateway that falls silent', () => {
  test('is asked no more after three silences, and the next is asked at once', async () => {
    await falls(1)
    expect(await given([1], SENT, 0)).toEqual({ fate: LATER, gateway: null, isAsked: false })
    expect(await given([1, 2], SENT, 0)).toMatchObject({ fate: SENT, gateway: { gatewayId: 2 } })
    expect(asked).toEqual([2])
  })

  test('holds nobody else up: another territory’s is asked as ever', async () => {
    await falls(1)
    expect(await given([2], SENT, 0)).toMatchObject({ fate: SENT })
  })

  test('is tried by one SMS a minute later, then after twice as long, and is as ever once it answers', async () => {
    await falls(1)
    nowMs += 60_000
    await given([1], UNKNOWN, 15_000)
    await given([1], SENT, 0)
    expect(asked).toEqual([1])
    nowMs += 119_000
    await given([1], SENT, 0)
    expect(asked).toEqual([1])
    nowMs += 1000
    expect(await given([1], SENT, 0)).toMatchObject({ fate: SENT })
    expect(await given([1], SENT, 0)).toMatchObject({ fate: SENT })
    expect(asked).toEqual([1, 1, 1])
  })

  test('of several SMS that wait to try it, one does', async () => {
    await falls(1)
    nowMs += 60_000
    let answer: (fate: Fate) => void = () => undefined
    const give = () => new Promise<Fate>((answered) => (answer = answered))
    const probe = deliverInOrder([gateway(1)], SMS, { circuits, give })
    expect(await given([1], SENT, 0)).toMatchObject({ fate: LATER })
    answer(SENT)
    expect(await probe).toMatchObject({ fate: SENT })
    expect(asked).toEqual([])
  })

  test('is tried before its time by one SMS that somebody waits for, which opens it if it answers', async () => {
    await falls(1)
    expect(await given([1], SENT, 0)).toMatchObject({ fate: LATER })
    await given([1], UNKNOWN, 15_000, true)
    expect(asked).toEqual([1])
    expect(await given([1], SENT, 0)).toMatchObject({ fate: LATER })
    expect(await given([1], SENT, 0, true)).toMatchObject({ fate: SENT })
    expect(await given([1], SENT, 0)).toMatchObject({ fate: SENT })
    expect(asked).toEqual([1, 1, 1])
  })

  test('one that cannot say what became of three SMS is left alone too: each is one more in doubt', async () => {
    for (let times = 0; times < 3; times++) await given([1], UNKNOWN, 10)
    expect(await given([1], SENT, 0)).toMatchObject({ fate: LATER })
  })

  test('one that answers at once that it is busy, or refuses us, is not silent', async () => {
    for (let times = 0; times < 5; times++) expect(await given([1], LATER, 10)).toMatchObject({ isAsked: true })
    for (let times = 0; times < 5; times++) await given([1], { fate: 'denied' }, 10)
    expect(asked).toHaveLength(10)
  })
})

describe('a gateway that is slow', () => {
  const hanging = () => {
    let answer: (fate: Fate) => void = () => undefined
    const give = () => {
      asked.push(1)
      return new Promise<Fate>((answered) => (answer = answered))
    }
    return { delivery: deliverInOrder([gateway(1)], SMS, { circuits, give }), answer: (fate: Fate) => answer(fate) }
  }

  test('has two SMS at once, no more; the others wait, unless somebody is waiting for theirs', async () => {
    await given([1], SENT, 8000)
    const held = [hanging(), hanging()]
    asked = []
    expect(await given([1], SENT, 0)).toEqual({ fate: LATER, gateway: null, isAsked: false })
    expect(await given([1, 2], SENT, 0)).toMatchObject({ fate: SENT, gateway: { gatewayId: 2 } })
    expect(await given([1], SENT, 8000, true)).toMatchObject({ fate: SENT })
    expect(asked).toEqual([2, 1])
    for (const one of held) one.answer(SENT)
    await Promise.all(held.map(({ delivery }) => delivery))
  })

  test('one that is quick has as many as there are', async () => {
    const held = [hanging(), hanging(), hanging(), hanging()]
    expect(asked).toHaveLength(4)
    for (const one of held) one.answer(SENT)
    await Promise.all(held.map(({ delivery }) => delivery))
  })
})
