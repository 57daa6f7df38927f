type Waiting = { rdvId: number | null; usagerId: number; isFileOpen: boolean }

/** Where an agent finds somebody who waits: their RDV or, without one, their file; null when it is closed to them. */
export function waitHref({ rdvId, usagerId, isFileOpen }: Waiting): string | null {
  if (rdvId !== null) return `/agent/rdvs/${rdvId}`
  return isFileOpen ? `/agent/usagers/${usagerId}` : null
}
