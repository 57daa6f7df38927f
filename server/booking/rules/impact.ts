import type { AgentRdv } from './agent-views'

/** What becomes of an RDV that a change of planning leaves without its hours: kept where it is unless told otherwise. */
export const FATES = ['keep', 'move', 'cancel'] as const
export type Fate = (typeof FATES)[number]
/** To move with no time given: left where it is, to be moved afterwards. `sequence`: the RDV that was seen. */
export type ChosenFate =
  | { readonly rdvId: number; readonly fate: 'cancel' }
  | {
      readonly rdvId: number
      readonly fate: 'move'
      readonly to?: { readonly startAt: Date; readonly sequence: number } | undefined
    }

/** As many as a page shows, and a person may decide of at once. */
export const MAX_HURT = 500

type Hurt = Pick<AgentRdv, 'id' | 'level' | 'status' | 'moves'>

/** What may be chosen for one: only whoever may write it changes it, and only as its status allows (domain §4.2). */
export function fatesOf({ level, status, moves }: Omit<Hurt, 'id'>): readonly Fate[] {
  if (level !== 'write' || status !== 'unknown') return ['keep']
  return moves.includes('revoked') ? FATES : ['keep', 'move']
}

/** `gone`: it is no longer among those the change hurts, nor perhaps open any more. */
export type FateRefusal = 'gone' | 'not-allowed'

/** The choices that cannot be followed, and why; none when all can. */
export const whyNotFates = (
  hurt: readonly Hurt[],
  chosen: readonly ChosenFate[],
): { rdvId: number; reason: FateRefusal }[] =>
  chosen.flatMap(({ rdvId, fate }): { rdvId: number; reason: FateRefusal }[] => {
    const rdv = hurt.find(({ id }) => id === rdvId)
    if (!rdv) return [{ rdvId, reason: 'gone' }]
    return fatesOf(rdv).includes(fate) ? [] : [{ rdvId, reason: 'not-allowed' }]
  })
