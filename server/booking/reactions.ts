import type { Ctx } from '@/server/platform/ctx'
import { writeExport } from './commands/write-export'
import type { ExportAsked } from './events'

/** The file is written by the worker, while its author goes on. */
export const onExportAsked = (ctx: Ctx, { subject }: ExportAsked): Promise<void> =>
  writeExport(ctx, { exportId: subject.id })
