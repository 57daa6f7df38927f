import type { BoardRdv } from '@/server/booking/rules/board'
import type { Status } from '@/server/booking/rules/status'

/** Where what the server drew of an RDV is kept, to be changed by what the person does here. */
export const drawnKey = (rdvId: number, readAtMs?: number): (string | number)[] => [
  'rdv-drawn',
  rdvId,
  ...(readAtMs === undefined ? [] : [readAtMs]),
]

/** An RDV of a board once it has that status: whoever waited waits no more. */
export const withStatus = (rdv: BoardRdv, status: Status): BoardRdv => ({
  ...rdv,
  status,
  isWaiting: rdv.isWaiting && status === 'unknown',
})
