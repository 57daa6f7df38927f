import * as z from 'zod'

export const tellJobSchema = z.object({ rdvId: z.coerce.number(), byAgent: z.boolean() })
export const tellAgentsJobSchema = z.object({ rdvId: z.coerce.number() })
export const sendJobSchema = z.object({ messageId: z.coerce.number() })
