import type { Gateway } from '@/server/kernel/gateways'
import type { Fate } from './fate'

/** So many in a row, and a gateway is left alone. */
const MAX_SILENCES = 3
/** How long at first; twice as long each time it says nothing again, up to the longest. */
const FIRST_PAUSE_MS = 60_000
const LONGEST_PAUSE_MS = 8 * 60_000
/** An answer that takes this long holds a worker's place: a slow gateway has this many of them. */
const SLOW_MS = 4000
const SLOW_AT_ONCE = 2

type Circuit = { asking: number; silences: number; pauseMs: number; closedUntilMs: number; isSlow: boolean }

export type Circuits = ReturnType<typeof makeCircuits>

/**
 * What a worker knows of the gateways that do not answer, so that those of one territory do not hold the places of all. Silence
 * is to say nothing, or nothing by which to know what became of an SMS. `clockMs`: of this process alone.
 */
export function makeCircuits(clockMs: () => number = () => performance.now()) {
  const circuits = new Map<string, Circuit>()
  const nameOf = ({ gatewayId, settings }: Gateway) => JSON.stringify([gatewayId ?? null, settings])

  /**
   * Not one that has fallen silent, but by one SMS now and then, nor one that is slow and has as many as it may. Somebody waits in
   * front of a screen for what is urgent: it waits for no slow one, and tries a silent one before its time.
   */
  const mayAsk = (gateway: Gateway, isUrgent: boolean): boolean => {
    const circuit = circuits.get(nameOf(gateway))
    if (!circuit) return true
    if (circuit.silences >= MAX_SILENCES) {
      return circuit.asking === 0 && (clockMs() >= circuit.closedUntilMs || isUrgent)
    }
    return !circuit.isSlow || circuit.asking < SLOW_AT_ONCE || isUrgent
  }

  const note = (circuit: Circuit, fate: Fate['fate'], tookMs: number) => {
    circuit.isSlow = tookMs >= SLOW_MS
    const isSilent = fate === 'unknown' || (fate === 'later' && circuit.isSlow)
    circuit.silences = isSilent ? circuit.silences + 1 : 0
    if (!isSilent) circuit.pauseMs = 0
    if (circuit.silences < MAX_SILENCES || clockMs() < circuit.closedUntilMs) return
    circuit.pauseMs = Math.min(circuit.pauseMs * 2 || FIRST_PAUSE_MS, LONGEST_PAUSE_MS)
    circuit.closedUntilMs = clockMs() + circuit.pauseMs
  }

  /** Gives it one SMS, and notes how it answers. */
  const through = async (gateway: Gateway, give: () => Promise<Fate>): Promise<Fate> => {
    const name = nameOf(gateway)
    const circuit = circuits.get(name) ?? { asking: 0, silences: 0, pauseMs: 0, closedUntilMs: 0, isSlow: false }
    circuits.set(name, circuit)
    circuit.asking += 1
    const sinceMs = clockMs()
    try {
      const fate = await give()
      note(circuit, fate.fate, clockMs() - sinceMs)
      return fate
    } finally {
      circuit.asking -= 1
      if (circuit.asking === 0 && circuit.silences === 0 && !circuit.isSlow) circuits.delete(name)
    }
  }

  return { mayAsk, through }
}
