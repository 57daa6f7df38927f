import * as z from 'zod'
import { cityCodeField } from '@/server/kernel/fields'

/** What a person types to find their commune or address. */
export const searchSchema = z.object({ q: z.string().trim().max(200) })

export const communeSchema = z.object({ code: cityCodeField })
