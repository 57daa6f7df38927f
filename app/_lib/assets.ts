import { readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import * as z from 'zod'

const manifestSchema = z.record(z.string(), z.object({ file: z.string() }))

let known: { madeAtMs: number; manifest: z.infer<typeof manifestSchema> } | null = null

/** What scripts/assets.mjs makes, by the name pages call it. */
const SOURCES = {
  style: 'app/globals.css',
  communes: 'app/_parts/booking/communes.client.ts',
} as const
export type Asset = keyof typeof SOURCES

/** The address of what scripts/assets.mjs made from a source file: it changes with what the file holds. */
export function assetHref(asset: Asset): string {
  const file = path.join(process.cwd(), 'public', 'assets', 'manifest.json')
  const madeAtMs = statSync(file).mtimeMs
  if (known?.madeAtMs !== madeAtMs) {
    known = { madeAtMs, manifest: manifestSchema.parse(JSON.parse(readFileSync(file, 'utf8'))) }
  }
  const source = SOURCES[asset]
  const made = known.manifest[source]
  if (!made) throw new Error(`${source} is not among the assets: npm run build makes them`)
  return `/assets/${made.file}`
}
