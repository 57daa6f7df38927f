// What script-free pages load, made into public/assets under names that change with what they hold: the stylesheet, its
// fonts, the few scripts that make a page nicer. Next makes its own for the pages it hydrates.
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { ROOT } from './data-folder.mjs'

const ENTRIES = ['app/globals.css', 'app/_parts/booking/communes.client.ts']
export const MANIFEST = path.join(ROOT, 'public', 'assets', 'manifest.json')

/** Builds once, or at each change when `isWatching`. What an earlier release left stays: its pages may still ask for it. */
export async function makeAssets({ isWatching = false } = {}) {
  const { build } = await import('vite') // plain Node loads this file before anything is installed
  return build({
    root: ROOT,
    configFile: false,
    publicDir: false,
    base: '/assets/',
    logLevel: 'warn',
    build: {
      outDir: 'public/assets',
      assetsDir: '',
      emptyOutDir: false,
      manifest: 'manifest.json',
      assetsInlineLimit: 0,
      modulePreload: false,
      watch: isWatching ? {} : null,
      rollupOptions: {
        input: ENTRIES.map((entry) => path.join(ROOT, entry)),
        // Changed under the eyes of a developer, a file keeps its name: the server reads the names once.
        ...(isWatching && { output: { entryFileNames: '[name].js', assetFileNames: '[name].[ext]' } }),
      },
    },
  })
}

/** For tests of what serves pages. */
export const setup = async () => void (await makeAssets())

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await makeAssets()
