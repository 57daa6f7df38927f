import * as z from 'zod'

/** What a person types to find their commune or address. */
export const searchSchema = z.object({ q: z.string().trim().max(200) })
