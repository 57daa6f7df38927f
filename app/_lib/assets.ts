import { readFileSync } from 'node:fs'
import path from 'node:path'
import * as z from 'zod'

const manifestSchema = z.record(z.string(), z.object({ file: z.string() }))

let known: z.infer<typeof manifestSchema> | null = null

/** What scripts/assets.mjs makes, by the name pages call it. */
const SOURCES = {
  style: 'app/globals.css',
  communes: 'app/_parts/booking/communes.client.ts',
} as const
export type Asset = keyof typeof SOURCES

/**
 * The address of what scripts/assets.mjs made from a source file: it changes with what the file holds. Read once: a
 * later build in the same folder makes files this process does not serve, and leaves those it does.
 */
export function assetHref(asset: Asset): string {
  known ??= manifestSchema.parse(
    JSON.parse(readFileSync(path.join(process.cwd(), 'public', 'assets', 'manifest.json'), 'utf8')),
  )
  const source = SOURCES[asset]
  const made = known[source]
  if (!made) throw new Error(`${source} is not among the assets: npm run build makes them`)
  return `/assets/${made.file}`
}
