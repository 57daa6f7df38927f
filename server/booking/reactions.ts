import type { Ctx } from '@/server/platform/ctx'
import { writeExport } from './commands/write-export'
import type { ExportAsked, RdvStatusSet } from './events'
import { askToFill } from './jobs/waitlist'
import { isCancelled } from './rules/status'

/** The file is written by the worker, while its author goes on. */
export const onExportAsked = (ctx: Ctx, { subject }: ExportAsked): Promise<void> =>
  writeExport(ctx, { exportId: subject.id })

type InTerritory = { readonly territoryId: number | null }

/** Somebody waits, lets an offer go, or gave their own time back: those who wait are looked for at once. */
export const onTimeFreed = (ctx: Ctx, event: InTerritory): Promise<void> => fill(ctx, event, 'at-once')
/** An agent freed a time, or opened some: once they have had the time to think better of it. */
export const onTimeFreedByAgent = (ctx: Ctx, event: InTerritory): Promise<void> => fill(ctx, event, 'settled')

export async function onStatusSet(ctx: Ctx, event: RdvStatusSet): Promise<void> {
  if (isCancelled(event.payload.to)) await fill(ctx, event, 'settled')
}

async function fill(ctx: Ctx, { territoryId }: InTerritory, when: 'at-once' | 'settled'): Promise<void> {
  if (territoryId !== null) await askToFill(ctx, territoryId, when)
}
