import * as z from 'zod'
import { idField } from '@/server/kernel/fields'

export const tellJobSchema = z.object({ rdvId: z.coerce.number(), byAgent: z.boolean() })
export const tellAgentsJobSchema = z.object({ rdvId: z.coerce.number() })
export const sendJobSchema = z.object({ messageId: z.coerce.number() })
export const participationIdSchema = z.object({ participationId: idField })
