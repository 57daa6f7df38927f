import * as z from 'zod'
import { idField } from '@/server/kernel/fields'

export const fillWaitlistJobSchema = z.object({ territoryId: z.number().int() })

/** The draft of somebody who has no RDV: where, for what, and how to reach them. */
export const joinByDraftSchema = z.object({ draftId: z.uuid() })
export const waitOfRdvSchema = z.object({ rdvId: idField })
export const waitlistOfSchema = z.object({ territoryId: idField })
/** From 1. */
export const waitsPageSchema = z.object({ page: z.number().int().min(1).max(1000) })
export const waitSchema = z.object({ entryId: idField })
